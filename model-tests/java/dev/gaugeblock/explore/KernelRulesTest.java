package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.Reduction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules that kernels have for programs: each is broken by one program, under every reduction, and kept by one that
 * differs little.
 */
class KernelRulesTest {
    private static final String SMALL =
            "litmus t\n\"S.\"\nmachine\n  cpus 2\n  zone HighMem 4\n  pkmap 1\n  spinlock A\n"
                    + "  spinlock B\n  spinlock gate\nbefore\n  p = alloc HIGHUSER 0\n";
    private static final String DEVICE = "litmus t\n\"S.\"\nmachine\n  cpus 2\n  zone DMA 4\n  device synchronous\n";

    static List<Arguments> programs() {
        List<Arguments> rows = new ArrayList<>();
        for (Reduction reduction : Reduction.values()) {
            row(rows, reduction, "sleep-in-atomic", SMALL + "cpu 0\n  lock A\n  kmap p\n  unlock A\n  kunmap p\n");
            row(rows, reduction, "", SMALL + "cpu 0\n  kmap p\n  lock A\n  unlock A\n  kunmap p\n");
            row(rows, reduction, "sleep-in-atomic", SMALL + "irq 0\n  q = alloc HIGHUSER 0\n");
            row(rows, reduction, "", SMALL + "irq 0\n  q = alloc ATOMIC|HIGHMEM 0\n");
            row(
                    rows,
                    reduction,
                    "sleep-in-atomic",
                    SMALL + "cpu 0\n  kmap-atomic p USER0\n  lock-page p\n  unlock-page p\n  kunmap-atomic p USER0\n");
            row(
                    rows,
                    reduction,
                    "sleep-in-atomic",
                    SMALL + "cpu 0\n  lock-page p\n  unlock-page p\ncpu 1\n  lock A\n  wait-page p\n  unlock A\n");
            row(rows, reduction, "frame-used-after-free", SMALL + "cpu 0\n  free p\n  lock-page p\n");
            row(rows, reduction, "frame-used-after-free", SMALL + "cpu 0\n  wait-page p\ncpu 1\n  free p\n");
            row(rows, reduction, "", SMALL + "cpu 0\n  get p\n  free p\n  wait-page p\n  free p\n");
            row(
                    rows,
                    reduction,
                    "lock-order",
                    SMALL + "cpu 0\n  lock gate\n  lock A\n  lock B\n  unlock B\n  unlock A\n  unlock gate\n"
                            + "cpu 1\n  lock gate\n  lock B\n  lock A\n  unlock A\n  unlock B\n  unlock gate\n");
            row(
                    rows,
                    reduction,
                    "deadlock",
                    SMALL + "cpu 0\n  lock A\n  lock B\n  unlock B\n  unlock A\n"
                            + "cpu 1\n  lock B\n  lock A\n  unlock A\n  unlock B\n");
            row(
                    rows,
                    reduction,
                    "buffer-used-after-free",
                    DEVICE + "before\n  b = get-buf 8 8\n  unlock-buf b\ncpu 0\n  pin b\n  unpin b\ncpu 1\n  rele b\n");
            row(
                    rows,
                    reduction,
                    "",
                    "litmus t\n\"S.\"\nmachine\n  cpus 1\n  zone HighMem 1\nbefore\n  v = alloc ATOMIC|HIGHMEM 0\n"
                            + "cpu 0\n  kmap-atomic v USER0\n  read v\n  kunmap-atomic v USER0\n"
                            + "irq 0\n  kmap-atomic v IRQ0\n  read v\n  kunmap-atomic v IRQ0\n");
        }
        return rows;
    }

    private static void row(List<Arguments> rows, Reduction reduction, String violation, String text) {
        rows.add(Arguments.of(reduction, violation, text));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void shouldFindWhatBreaksARuleAndNothingElse(Reduction reduction, String violation, String text) {
        Exploration exploration;
        try (Explorer explorer = new Explorer(reduction, Budget.ofExecutions(20_000)).withoutShortening()) {
            exploration = explorer.explore(LitmusParser.parse("t.litmus", text));
        }
        String found =
                exploration.counterexample().map(shown -> shown.violationId()).orElse("");
        assertEquals(violation, found, exploration.reason());
        assertEquals(violation.isEmpty() ? Verdict.HOLDS : Verdict.VIOLATED, exploration.verdict());
        assertTrue(exploration.reason().startsWith(violation), exploration.reason());
    }
}
