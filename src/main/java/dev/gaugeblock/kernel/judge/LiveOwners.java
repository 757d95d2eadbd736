package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.kernel.trace.KmemEvent;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Who asked for the blocks that are live: a row for each, by the line of its allocation. */
final class LiveOwners {
    /**
     * Who asked for a block.
     *
     * @param line of the allocation
     * @param task number among the reader's tasks, or -1
     * @param cpu or -1
     * @param stamp or -1
     * @param stack number among the reader's call chains, or -1
     */
    record Row(long line, int task, int cpu, long stamp, int stack) {}

    /** Line of the allocation; 0 for an empty row. */
    private long[] lines = new long[1 << 10];

    private long[] stamps = new long[1 << 10];
    private int[] tasks = new int[1 << 10];
    private int[] cpus = new int[1 << 10];
    private int[] stacks = new int[1 << 10];
    /** Frames of the block that have not come back. */
    private int[] left = new int[1 << 10];

    private int rows;

    void put(KmemEvent event) {
        if (4 * (rows + 1) > 3 * lines.length) {
            grow();
        }
        int row = empty(event.line());
        set(row, event.line(), event.stamp(), event.task(), event.cpu(), event.stack(), (int) event.frames());
        rows++;
    }

    /** The call chain of an allocation, which stands behind it. */
    void stack(long line, int stack) {
        int row = find(line);
        if (row >= 0) {
            stacks[row] = stack;
        }
    }

    /** So many frames of a block came back, or are forgotten. */
    void released(long line, int frames) {
        int row = find(line);
        if (row >= 0) {
            left[row] -= frames;
            if (left[row] <= 0) {
                remove(row);
            }
        }
    }

    /** Who asked for a block; {@code null} if nobody knows. */
    @Nullable
    Row of(long line) {
        int row = find(line);
        return row < 0 ? null : new Row(line, tasks[row], cpus[row], stamps[row], stacks[row]);
    }

    void clear() {
        Arrays.fill(lines, 0);
        rows = 0;
    }

    private int place(long line) {
        return (int) (line * 0x9E3779B97F4A7C15L >>> 40) & lines.length - 1;
    }

    private int empty(long line) {
        int row = place(line);
        while (lines[row] != 0) {
            row = row + 1 & lines.length - 1;
        }
        return row;
    }

    private int find(long line) {
        int row = place(line);
        while (lines[row] != 0) {
            if (lines[row] == line) {
                return row;
            }
            row = row + 1 & lines.length - 1;
        }
        return -1;
    }

    private void set(int row, long line, long stamp, int task, int cpu, int stack, int frames) {
        lines[row] = line;
        stamps[row] = stamp;
        tasks[row] = task;
        cpus[row] = cpu;
        stacks[row] = stack;
        left[row] = frames;
    }

    /** Empties a row, and moves up those behind it that would not be found over the gap. */
    private void remove(int removed) {
        int gap = removed;
        int mask = lines.length - 1;
        lines[gap] = 0;
        rows--;
        for (int row = gap + 1 & mask; lines[row] != 0; row = row + 1 & mask) {
            int home = place(lines[row]);
            if ((row - home & mask) >= (row - gap & mask)) {
                set(gap, lines[row], stamps[row], tasks[row], cpus[row], stacks[row], left[row]);
                lines[row] = 0;
                gap = row;
            }
        }
    }

    private void grow() {
        int size = 2 * lines.length;
        LiveOwners old = new LiveOwners();
        old.lines = lines;
        old.stamps = stamps;
        old.tasks = tasks;
        old.cpus = cpus;
        old.stacks = stacks;
        old.left = left;
        lines = new long[size];
        stamps = new long[size];
        tasks = new int[size];
        cpus = new int[size];
        stacks = new int[size];
        left = new int[size];
        for (int row = 0; row < old.lines.length; row++) {
            if (old.lines[row] != 0) {
                set(
                        empty(old.lines[row]),
                        old.lines[row],
                        old.stamps[row],
                        old.tasks[row],
                        old.cpus[row],
                        old.stacks[row],
                        old.left[row]);
            }
        }
    }
}
