package dev.gaugeblock.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The proof that the checks can fail: with a defect in the allocator, they do, and say what is wrong. */
class SeededDefectsTest {
    /** Who sleeps, on what, and whose operation should have woken it; behind this, since which step that runs. */
    private static final String LOST_WAKEUP =
            "kmap-lost-wakeup: CPU 1 sleeps on pkmap_map_wait though slot 0 has no users"
                    + " (count 1), and no wake-up is on its way: the last user, CPU 0 in kunmap p";

    @TempDir
    private Path folder;

    /** Defect, shipped litmus test, and what its counterexample says: the violation's id and what is wrong. */
    static List<Arguments> explored() {
        return List.of(
                arguments(
                        "buddy-index-added",
                        "split-and-merge",
                        "buddy-merged: free block 2 of order 1 and its buddy at 0 are not merged"),
                arguments(
                        "free-without-lock",
                        "two-cpus-alloc-free",
                        "lock-not-held: CPU 0 touches what DMA.lock guards, but does not hold it: DMA.lock is free"),
                arguments(
                        "zone-lock-irqs-on",
                        "watermark-race",
                        "lock-misuse: CPU 0 acquires DMA.lock with interrupts on; interrupt handlers take it too"),
                arguments(
                        "refill-with-interrupts-on",
                        "interrupt-in-refill",
                        "lock-not-held: CPU 0 touches the hot list of CPU 0 in zone DMA with interrupts on"),
                arguments(
                        "watermark-not-strict",
                        "atomic-reserve",
                        "grant-justified: CPU 0 got order 0 from zone DMA with gfp 0x20 with 6 frames free, mark 6 and"
                                + " reserve 0"),
                arguments(
                        "reserve-index-own-zone",
                        "lowmem-reserve",
                        "grant-justified: CPU 1 got order 0 from zone DMA with gfp 0x20 with 1 frames free, mark 0 and"
                                + " reserve 1"),
                arguments(
                        "memalloc-left-set", "reclaim-allocates", "memalloc-restored: CPU 0 is left with PF_MEMALLOC"),
                arguments("kmap-wakeup-left-out", "kunmap-wakes-the-waiter", LOST_WAKEUP),
                arguments("kmap-waiter-test-too-early", "kunmap-wakes-the-waiter", LOST_WAKEUP),
                arguments(
                        "kmap-no-recheck",
                        "mapped-while-asleep",
                        "kmap-one-slot: frame 2 is mapped at slot 0 and at slot 1"),
                arguments(
                        "kmap-no-flush-at-wrap",
                        "kmap-against-last-kunmap",
                        "kmap-flushed: slot 1 is free, but the TLB of CPU 1 still translates its address"),
                arguments(
                        "kmap-flush-one-cpu",
                        "kmap-against-last-kunmap",
                        "kmap-flushed: slot 1 is free, but the TLB of CPU 1 still translates its address"),
                arguments(
                        "kmap-slot-0-first",
                        "kmap-against-last-kunmap",
                        "kmap-hand: slot 0 has count 2, but there was no flush yet"),
                arguments(
                        "kunmap-without-lock",
                        "kmap-against-last-kunmap",
                        "lock-not-held: CPU 0 touches what kmap_lock guards, but does not hold it: kmap_lock is free"),
                arguments(
                        "unlock-page-wakes-before-clearing",
                        "three-lock-page",
                        "page-bit-waiters-woken: CPU 2 sleeps on DMA.wait_table[3] for PG_locked of frame 0 to clear;"
                                + " it is clear, and no wake-up is on its way"));
    }

    /** Defect, and vectors that the program with it does not answer as the original did. */
    static List<Arguments> checked() {
        return List.of(
                arguments("buddy-index-added", "s02_tiny16_buddy_direct"),
                arguments("drain-after-insertion", "s05_pcp_hotcold"),
                arguments("kmap-slot-0-first", "s31_kmap_pk4"));
    }

    @ParameterizedTest
    @MethodSource("explored")
    void shouldBeFoundByExploration(String id, String litmus, String violation) throws IOException {
        SeededDefect defect = SeededDefect.compile(id, folder);

        SeededDefect.Result explored = defect.run("explore", "model-tests/litmus/" + litmus + ".litmus");

        assertEquals(1, explored.exitCode(), explored.output());
        assertContains(violation, explored.output());
        assertContains("explore model-tests/litmus/" + litmus + ".litmus --replay ", explored.output());
        assertContains("explore: " + violation.substring(0, violation.indexOf(':')), defect.foundBy());
    }

    @ParameterizedTest
    @MethodSource("checked")
    void shouldBeFoundByExactVectors(String id, String vectors) throws IOException {
        SeededDefect defect = SeededDefect.compile(id, folder);

        SeededDefect.Result checked = defect.run("check", "--exact", "spec/vectors/" + vectors + ".jsonl.gz");

        assertEquals(1, checked.exitCode(), checked.output());
        assertContains("VIOLATED", checked.output());
        assertContains("check", defect.foundBy());
    }

    @Test
    void shouldTestEveryDefect() throws IOException {
        TreeSet<Object> tested = new TreeSet<>();
        Stream.concat(explored().stream(), checked().stream()).forEach(defect -> tested.add(defect.get()[0]));

        assertEquals(SeededDefect.ids(), List.copyOf(tested));
    }

    private static void assertContains(String expected, String text) {
        assertTrue(text.contains(expected), text);
    }
}
