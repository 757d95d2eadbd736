package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.litmus.BufferFlags;
import dev.gaugeblock.highmem.PageTable;
import dev.gaugeblock.machine.AtomicWord;
import dev.gaugeblock.machine.Semaphore;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.Tlb;
import dev.gaugeblock.machine.WaitQueue;
import dev.gaugeblock.mm.PageFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What a word of the machine holds, as a reader wants it: flags by name, references as the original counts them. */
final class WordText {
    /** Bits that tasks change without a lock, lowest first. */
    private static final List<String> FLAGS = List.of(
            "PG_locked",
            "PG_error",
            "PG_referenced",
            "PG_uptodate",
            "PG_dirty",
            "PG_lru",
            "PG_active",
            "PG_slab",
            "PG_highmem",
            "PG_checked",
            "PG_arch_1",
            "PG_reserved",
            "PG_private",
            "PG_writeback",
            "PG_nosave",
            "PG_compound",
            "PG_swapcache",
            "PG_mappedtodisk",
            "PG_reclaim",
            "PG_nosave_free");

    /** An entry of a page table. */
    private static final String ENTRY = "(atomic_)?pte\\[\\d+]";

    private static final String NONE = "none";

    private WordText() {}

    /** The text; empty for what is no word, or has no short one. */
    static String of(@Nullable Object word) {
        if (word instanceof SharedWord shared) {
            return of(shared);
        }
        if (word instanceof Tlb tlb) {
            return tlb.size() == 0 ? "empty" : tlb.size() + (tlb.size() == 1 ? " translation" : " translations");
        }
        if (word instanceof AtomicWord atomic) {
            return of(atomic);
        }
        if (word instanceof WaitQueue queue) {
            return queue.hasWaiters()
                    ? queue.waiters().stream()
                            .map(waiter -> waiter.task.toString())
                            .collect(Collectors.joining(", "))
                    : "nobody";
        }
        return word instanceof Semaphore lock ? BufferTelling.lockText(lock) : "";
    }

    private static String of(SharedWord word) {
        if (!word.toString().matches(ENTRY)) {
            return Integer.toString(word.peek());
        }
        return word.peek() == PageTable.NONE ? "nothing" : "frame " + word.peek();
    }

    private static String of(AtomicWord word) {
        if (word.owner() instanceof PageFrame frame) {
            return word == frame.flagsWord() ? flags(word.peek()) : Integer.toString(frame.references());
        }
        if (word.toString().startsWith("flags of buffer ")) {
            List<String> names = BufferFlags.names(word.peek());
            return names.isEmpty() ? NONE : String.join("|", names);
        }
        return Integer.toString(word.peek());
    }

    private static String flags(int bits) {
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < FLAGS.size(); bit++) {
            if ((bits & 1 << bit) != 0) {
                names.add(FLAGS.get(bit));
            }
        }
        return names.isEmpty() ? NONE : String.join("|", names);
    }
}
