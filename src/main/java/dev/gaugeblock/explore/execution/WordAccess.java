package dev.gaugeblock.explore.execution;

import dev.gaugeblock.machine.Mortal;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a step accesses, for a reader.
 *
 * @param word the word or lock; {@code null} for nothing
 * @param alsoRead a second word that it reads; {@code null} for none
 * @param place the line of the allocator that makes the access, {@code FILE:LINE}; empty where it is none of its
 */
record WordAccess(@Nullable Object word, @Nullable Object alsoRead, String place) {
    /** Of a step that accesses nothing, or whose access nobody reads of. */
    static final WordAccess NOTHING = new WordAccess(null, null, "");

    private static final String KERNEL = "dev\\.gaugeblock\\.(mm|highmem|reclaim|pagebuf)\\..*";

    /** The access that the running task announces now. */
    static WordAccess now(@Nullable Object word, @Nullable Object alsoRead) {
        boolean isEnd =
                word instanceof Mortal mortal && mortal.endsWith(alsoRead); // That it is not freed goes without saying.
        return new WordAccess(word, isEnd ? null : alsoRead, callerInTheAllocator());
    }

    private static String callerInTheAllocator() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> frame.getClassName().matches(KERNEL))
                        .findFirst()
                        .filter(frame -> frame.getLineNumber() > 0) // Blind defects have no lines.
                        .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                        .orElse(""));
    }
}
