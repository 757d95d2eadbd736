package dev.gaugeblock.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.cli.Main;
import dev.gaugeblock.explore.audit.AuditedProgram;
import dev.gaugeblock.explore.subject.SourceCompiler;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule that names nothing any more is noticed before anything is said to hold, each by its own canary. */
class AuditCanaryTest {
    @ParameterizedTest
    @CsvSource({
        "unannounced-access, harness/Trespasses, plain++;, ",
        "word-misused, harness/Trespasses, word.peek() != 0, word == null",
        "strikable-in-between, harness/Trespasses, plain++, plain = 1",
        "unhashed-state, audit/StateWatch, return own || seen, return true",
        "ghost-read, harness/Trespasses, ghost != 0, plain != 0"
    })
    void shouldMissTheCanaryOfARuleThatNamesNothing(String rule, String file, String sound, String wrong)
            throws Exception {
        String source = "src/main/java/dev/gaugeblock/explore/" + file + ".java";
        String text = Files.readString(Path.of(source));
        assertTrue(text.contains(sound), sound);
        String changed = text.replace(sound, wrong == null ? "" : wrong);
        Map<String, byte[]> classes = SourceCompiler.compile(Map.of(source, changed), List.of());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Method run = new AuditedProgram(classes)
                .loadClass(Main.class.getName())
                .getDeclaredMethod("runInACopy", PrintWriter.class, PrintWriter.class, String[].class);
        run.setAccessible(true);
        Object code = run.invoke(null, new PrintWriter(out), new PrintWriter(err), new String[] {
            "explore", "--audit", "--reduction", "dpor+cache", "zone-edge"
        });

        assertEquals(70, code, out.toString() + err);
        assertEquals(
                "gaugeblock: BROKEN: the audit's canary of " + rule + " was not found: it named [] instead\n",
                err.toString());
    }
}
