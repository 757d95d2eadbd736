package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/**
 * Programs that jqwik makes up keep to the contract, and to every invariant, in all their interleavings. If one does
 * not, the smallest that was met is in {@code target/smallest.litmus}.
 */
class ConcurrentMachinesTest {
    private static final Path SMALLEST = Path.of("target/smallest.litmus");
    private static String smallest = "";

    @Provide
    Arbitrary<ConcurrentProgram> programs() {
        return ConcurrentProgram.all();
    }

    /** The same programs in each build. */
    @Property(seed = "18", tries = 50, edgeCases = EdgeCasesMode.NONE)
    void shouldKeepToTheContract(@ForAll("programs") ConcurrentProgram program) throws IOException {
        explore(program);
    }

    /** Others in each build. */
    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void shouldKeepToTheContractWhateverTheSeed(@ForAll("programs") ConcurrentProgram program) throws IOException {
        explore(program);
    }

    private static void explore(ConcurrentProgram program) throws IOException {
        String text = program.toString();
        Exploration exploration = ProgramTrying.explored(text);
        String wrong = ProgramTrying.wrong(exploration);
        if (!wrong.isEmpty() && (smallest.isEmpty() || text.length() < smallest.length())) {
            smallest = text;
            Files.writeString(SMALLEST, text + "# " + wrong.replace("\n", " ") + "\n");
        }
        assertEquals("", wrong, text);
        Statistics.label("explored to the end").collect(exploration.verdict() == Verdict.HOLDS);
        Statistics.label("explored to the end")
                .coverage(coverage -> coverage.check(true).percentage(share -> share >= 60));
    }
}
