package dev.gaugeblock.artefacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckMutationTest {
    private static final String MUTANT =
            "<mutation detected='%s' status='%s'><sourceFile>Node.java</sourceFile><mutatedClass>dev.gaugeblock.mm.%s"
                    + "</mutatedClass><mutatedMethod>%s</mutatedMethod><lineNumber>7</lineNumber></mutation>";

    private static final String PAGE =
            """
            # Mutants

            | package | mutants | killed | of them by time | survive | score |
            | --- | --- | --- | --- | --- | --- |
            | `mm` | 9 | 9 | 9 | 0 | 100 % |

            | method | mutants | why |
            | --- | --- | --- |
            | `mm/Node`, `all` | 2 | nobody can tell |
            """;

    private static String report(String... mutants) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<mutations>" + String.join("\n", mutants) + "</mutations>";
    }

    private static String mutant(String status, String subject, String method) {
        return MUTANT.formatted(status.equals("KILLED"), status, subject, method);
    }

    private static CheckMutation read(Path folder, String report) throws Exception {
        return CheckMutation.of(Files.writeString(folder.resolve("mutations.xml"), report));
    }

    @Test
    void shouldHoldThePageAgainstTheReport(@TempDir Path folder) throws Exception {
        CheckMutation mutation = read(
                folder,
                report(
                        mutant("SURVIVED", "Node", "all"),
                        mutant("NO_COVERAGE", "Node$Inner", "lambda$all$0"),
                        mutant("SURVIVED", "Zone", "&lt;init&gt;"),
                        mutant("KILLED", "Zone", "name"),
                        mutant("TIMED_OUT", "Zone", "name")));

        assertEquals(Map.of("mm/Node all", 2, "mm/Zone <init>", 1), mutation.surviving);
        assertEquals(List.of("mm/Zone <init>: 1 mutants survive, and the page has no row"), mutation.findings(PAGE));
        String written = mutation.written(PAGE);
        assertTrue(written.contains("\n| `mm` | 5 | 2 | 1 | 3 | 40 % |\n\n| method |"), written);
        assertTrue(written.endsWith("| 2 | nobody can tell |\n| `mm/Zone`, the constructor | 1 | WHY? |\n"), written);
        assertEquals(List.of("[mm/Zone <init>]: the page gives no reason"), mutation.findings(written));
    }

    @Test
    void shouldNotPassWhatTestedNothing(@TempDir Path folder) {
        assertThrows(IllegalStateException.class, () -> read(folder, report()));
        assertThrows(IllegalStateException.class, () -> read(folder, report(mutant("STARTED", "Node", "all"))));
    }
}
