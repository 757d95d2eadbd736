package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.oracle.ContractCheck;
import dev.gaugeblock.oracle.FileVerdict;
import dev.gaugeblock.oracle.Ruling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every outcome that the explorer reaches has a linearization that the contract accepts: the execution that leads to it
 * is told as a trace, in which each operation lasts from its program's previous end to its own, and judged as any
 * other.
 */
class LinearizationTest {
    @TempDir
    private Path folder;

    @Test
    void shouldFindALegalOrderForEachOutcome() throws IOException {
        int traces = 0;
        long answers = 0;
        try (Explorer explorer = new Explorer(Reduction.DPOR)) {
            for (LitmusTest test : LitmusSuite.shipped().tests()) {
                if (test.knownBad().isPresent()) {
                    continue; // ends in a violation, and not with an outcome
                }
                if (test.machine().layout.nodes() > 1) {
                    continue; // a trace has no way to tell of several nodes
                }
                if (test.programs().stream().anyMatch(Program::setsSysctls)) {
                    continue; // nor of marks that change while others allocate
                }
                for (Schedule schedule : explorer.explore(test).outcomes().values()) {
                    History history = History.of(test, explorer.replay(test, schedule));
                    FileVerdict verdict = judge(history.lines());
                    assertTrue(
                            verdict.ruling() == Ruling.HOLDS
                                    || verdict.ruling() == Ruling.INCONCLUSIVE && !isJudgeable(history.lines()),
                            () -> test.name() + " " + schedule + ": " + verdict.reason() + "\n" + history.lines());
                    traces++;
                    answers += verdict.answers();
                }
            }
        }
        assertTrue(traces >= 50 && answers >= 100, traces + " traces with " + answers + " answers");
    }

    /** Whether some operation gave memory or an address. */
    private static boolean isJudgeable(List<String> lines) {
        return lines.stream().anyMatch(line -> line.contains("\"r\":"));
    }

    /** The same with a wrong answer is rejected: two programs get the same frame. */
    @Test
    void shouldFindNoOrderForADoubledFrame() throws IOException {
        LitmusTest test = LitmusParser.parse(
                "doubled.litmus",
                """
                litmus doubled
                "Two CPUs each take a frame."
                machine
                  cpus 2
                  zone DMA 2
                cpu 0
                  p = alloc ATOMIC 0
                cpu 1
                  q = alloc ATOMIC 0
                """);
        try (Explorer explorer = new Explorer(Reduction.DPOR)) {
            Schedule schedule =
                    explorer.explore(test).outcomes().values().iterator().next();
            List<String> lines =
                    History.of(test, explorer.replay(test, schedule)).lines();
            assertEquals(Ruling.HOLDS, judge(lines).ruling());
            List<String> doubled = lines.stream()
                    .map(line -> line.replace("\"r\":1", "\"r\":0"))
                    .toList();
            FileVerdict verdict = judge(doubled);
            assertEquals(
                    Optional.of(Rule.ALLOC_DISJOINT),
                    verdict.rejection().map(rejection -> rejection.breach().rule()),
                    verdict.reason());
        }
    }

    /** So is an address that two frames share while both are mapped. */
    @Test
    void shouldFindNoOrderForASharedAddress() throws IOException {
        LitmusTest test = LitmusParser.parse(
                "shared.litmus",
                """
                litmus shared
                "Two CPUs each map a frame."
                machine
                  cpus 2
                  zone HighMem 2
                  pkmap 2
                cpu 0
                  p = alloc HIGHMEM|ATOMIC 0
                  kmap p
                cpu 1
                  q = alloc HIGHMEM|ATOMIC 0
                  kmap q
                """);
        try (Explorer explorer = new Explorer(Reduction.DPOR)) {
            Schedule schedule =
                    explorer.explore(test).outcomes().values().iterator().next();
            List<String> lines =
                    History.of(test, explorer.replay(test, schedule)).lines();
            assertEquals(Ruling.HOLDS, judge(lines).ruling(), lines.toString());
            String first = "\"r\":" + test.machine().highmem.pkmapAddress(0);
            String second = "\"r\":" + test.machine().highmem.pkmapAddress(1);
            FileVerdict verdict = judge(
                    lines.stream().map(line -> line.replace(second, first)).toList());
            assertEquals(
                    Optional.of(Rule.MAP_DISTINCT),
                    verdict.rejection().map(rejection -> rejection.breach().rule()),
                    verdict.reason());
        }
    }

    private FileVerdict judge(List<String> lines) throws IOException {
        return ContractCheck.check(
                Files.write(folder.resolve("trace.jsonl"), lines), Contract.Failures.RESOURCE_AWARE, false);
    }
}
