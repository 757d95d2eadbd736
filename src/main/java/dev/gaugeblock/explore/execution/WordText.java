package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.litmus.BufferFlags;
import dev.gaugeblock.highmem.PageTable;
import dev.gaugeblock.machine.AtomicWord;
import dev.gaugeblock.machine.Semaphore;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.Tlb;
import dev.gaugeblock.machine.WaitQueue;
import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.PageFrame;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What a word of the machine holds, as a reader wants it: flags by name, references as the original counts them. */
final class WordText {
    /** An entry of a page table. */
    private static final String ENTRY = "(atomic_)?pte\\[\\d+]";

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
            return word == frame.flagsWord()
                    ? orNone(PageFlags.toString(word.peek()))
                    : Integer.toString(frame.references());
        }
        if (word.toString().startsWith("flags of buffer ")) {
            return orNone(String.join("|", BufferFlags.names(word.peek())));
        }
        return Integer.toString(word.peek());
    }

    private static String orNone(String names) {
        return names.isEmpty() ? "none" : names;
    }
}
