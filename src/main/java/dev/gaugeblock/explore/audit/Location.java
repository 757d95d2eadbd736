package dev.gaugeblock.explore.audit;

import org.checkerframework.checker.nullness.qual.Nullable;

/** Who has last touched one field, element, static or collection in an execution. */
final class Location {
    /** What is known of an access: enough to name it. */
    record Touch(int task, int segment, int site, int step, String callers) {}

    private @Nullable Touch write;
    /** By task: its last read. */
    private final @Nullable Touch[] reads;

    Location(int tasks) {
        reads = new Touch[tasks];
    }

    /** The last write, {@code null} if there was none. */
    @Nullable
    Touch write() {
        return write;
    }

    void write(Touch by) {
        write = by;
    }

    @Nullable
    Touch read(int task) {
        return reads[task];
    }

    void read(Touch by) {
        reads[by.task()] = by;
    }
}
