package dev.gaugeblock.oracle.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.oracle.Compilers;
import dev.gaugeblock.oracle.ContractCheck;
import dev.gaugeblock.oracle.FileVerdict;
import dev.gaugeblock.oracle.Ruling;
import dev.gaugeblock.report.DriveReport;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kits compile without a warning, make the bursts of {@code spec/events.md}, and let bugs be found. */
class KitTest {
    private static final Path KIT = Path.of("docs", "examples", "kit").toAbsolutePath();
    private static final Path BUDDY = Path.of("docs", "examples", "c-buddy").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Contract.Failures AWARE = Contract.Failures.RESOURCE_AWARE;
    private static final int LINES_OF_AN_EXAMPLE = 30;

    @TempDir
    private Path folder;

    private Path c(String name, String source, String... more) throws IOException, InterruptedException {
        Compilers.require("cc");
        Path file = Files.writeString(folder.resolve(name + ".c"), source.replace("../c-buddy", BUDDY.toString()));
        Path program = folder.resolve(name);
        List<String> command = new ArrayList<>(
                List.of("cc", "-std=c99", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror", "-pthread"));
        command.addAll(List.of("-I", KIT.toString(), "-o", program.toString(), file.toString()));
        command.addAll(List.of(more));
        Compilers.run(command);
        return program;
    }

    private Path example(String name, String source) throws IOException, InterruptedException {
        return c(name, source, BUDDY.resolve("buddy.c").toString());
    }

    private static DriveVerdict drive(Path program, int tries) throws IOException, TextFormatException {
        try (Driver driver = Driver.byContract(List.of(program.toString()), LIMIT, AWARE)) {
            return driver.drive(1, tries);
        }
    }

    @Test
    void shouldDriveTheExampleInC() throws IOException, InterruptedException, TextFormatException {
        Path source = KIT.resolve("example.c");
        assertTrue(Files.readAllLines(source).size() <= LINES_OF_AN_EXAMPLE);
        DriveVerdict verdict = drive(example("right", Files.readString(source)), 5);
        assertTrue(verdict.holds(), () -> verdict.failure().orElse(""));
        assertEquals(10, verdict.bursts());
        String said =
                DriveReport.of(verdict, "buddy", null, Duration.ZERO).text().get(0);
        assertTrue(said.contains("10 bursts of threads among them, a sample of what threads can do"), said);
        assertTrue(verdict.operations() > 20_000, verdict.toString());
    }

    /** The free takes no lock: some burst finds it, and what is saved is a trace that is rejected. */
    @Test
    void shouldFindALockThatIsLeftOut() throws IOException, InterruptedException, TextFormatException {
        String source = Files.readString(KIT.resolve("example.c"));
        int give = source.indexOf("static int give(");
        String forgetful = source.substring(0, give)
                + source.substring(give).replaceAll("pthread_mutex_(un)?lock\\(&lock\\);", "");
        assertNotEquals(source, forgetful);
        Path program = example("forgetful", forgetful);
        for (int seed = 1; seed <= 3; seed++) {
            Transcript found = firstFailing(program, seed);
            Transcript.Failure failure = found.failure();
            assertTrue(failure != null, "seed " + seed);
            if (found.isAnswered()) {
                assertTrue(found.events().stream().anyMatch(event -> event.containsKey("t0")), failure.toString());
            }
        }
    }

    private static Transcript firstFailing(Path program, int seed) throws IOException, TextFormatException {
        Declarations threads = new Declarations(
                10, false, false, false, false, 1, false, false, false, true, Declarations.PER_CPU, false, 4);
        Transcript last = null;
        for (int number = 0; number < 400; number++) {
            Sequence sequence = SequenceGenerator.burst(seed, number, Set.of(), threads, 4);
            try (DrivenProgram running = DrivenProgram.start(List.of(program.toString()), LIMIT, 1)) {
                last = Dialogue.run(running, sequence, AnswerJudge.byContract(Driver.BUILD, AWARE));
                if (last.failure() != null) {
                    return last;
                }
            }
        }
        throw new AssertionError("seed " + seed + ": 400 bursts hold, the last of which is " + last);
    }

    /** Header and example are C++, too; and the freestanding part needs no library. */
    @Test
    void shouldCompileAsCppAndWithoutALibrary() throws IOException, InterruptedException {
        Compilers.require("cc");
        Compilers.require("c++");
        List<String> warnings = List.of("-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror", "-fsyntax-only");
        List<String> cpp = new ArrayList<>(List.of("c++", "-x", "c++", "-std=c++17"));
        cpp.addAll(warnings);
        cpp.add(KIT.resolve("example.c").toString());
        Compilers.run(cpp);
        Path kernel = Files.writeString(
                folder.resolve("kernel.c"),
                "#define GB_FREESTANDING\n#include \"gaugeblock.h\"\nvoid gb_putc(char c) { (void)c; }\n");
        List<String> freestanding =
                new ArrayList<>(List.of("cc", "-std=c99", "-ffreestanding", "-nostdinc", "-I", KIT.toString()));
        freestanding.addAll(warnings);
        freestanding.add(kernel.toString());
        Compilers.run(freestanding);
    }

    /** What an allocator writes as it goes, to a file or over a line that takes one character, is judged. */
    @Test
    void shouldWriteTraces() throws IOException, InterruptedException {
        String calls =
                """
                gb_trace_cpus(2);
                gb_trace_reserve(0, 1);
                gb_trace_boot();
                gb_trace_alloc(0, 0, 0, 5);
                gb_trace_free(1, 5, 0);
                gb_trace_alloc(0, 0, 11, -1);
                gb_trace_alloc(0, 0, 0, LAST);
                """;
        String hosted =
                """
                #include "gaugeblock.h"
                int main(int argc, char **argv) {
                    static const long sizes[] = {0, 64, 0};
                    if (argc < 2 || !gb_trace_begin(argv[1], NULL, sizes, 3, 0))
                        return 1;
                """;
        String kernel =
                """
                #define GB_FREESTANDING
                #include "gaugeblock.h"
                #include <stdio.h>
                void gb_putc(char c) { putchar(c); }
                int main(void) {
                    static const long sizes[] = {0, 64, 0};
                    gb_trace_zones("{\\"max_order\\":9}", sizes, 3, 0);
                """;
        Path file = folder.resolve("trace.jsonl");
        Path right = c("hosted", hosted + calls.replace("LAST", "5") + "abort(); }\n");
        assertTrue(new ProcessBuilder(right.toString(), file.toString()).start().waitFor() != 0);
        FileVerdict verdict = ContractCheck.check(file, AWARE, false);
        assertEquals(Ruling.HOLDS, verdict.ruling(), verdict.reason());
        assertEquals(4, verdict.events());
        Path wrong = c("kernel", kernel + calls.replace("LAST", "0") + "return 0; }\n");
        ProcessBuilder serial = new ProcessBuilder(wrong.toString());
        assertEquals(0, serial.redirectOutput(file.toFile()).start().waitFor());
        FileVerdict reserved = ContractCheck.check(file, AWARE, false);
        assertTrue(reserved.reason().contains("alloc-reserved"), reserved.reason());
    }

    @Test
    void shouldDriveTheExampleInRust() throws IOException, InterruptedException, TextFormatException {
        Compilers.require("rustc");
        assertTrue(Files.readAllLines(KIT.resolve("example.rs")).size() <= LINES_OF_AN_EXAMPLE);
        DriveVerdict right = drive(rust("right", "unchanged", ""), 3);
        assertTrue(right.holds(), () -> right.failure().orElse(""));
        assertEquals(6, right.bursts());
        DriveVerdict wrong = drive(rust("wrong", ".pop()", ".last().copied()"), 3);
        assertEquals("alloc-disjoint", wrong.name(), () -> wrong.failure().orElse(""));
    }

    private Path rust(String name, String from, String to) throws IOException, InterruptedException {
        Path sources = Files.createDirectories(folder.resolve(name + "-sources"));
        for (String source : List.of("gaugeblock.rs", "pages.rs", "example.rs")) {
            Files.writeString(
                    sources.resolve(source),
                    Files.readString(KIT.resolve(source)).replace(from, to));
        }
        Path program = folder.resolve(name + "-rust");
        Compilers.run(List.of(
                "rustc",
                "--edition",
                "2021",
                "-O",
                "-D",
                "warnings",
                "-o",
                program.toString(),
                sources.resolve("example.rs").toString()));
        return program;
    }
}
