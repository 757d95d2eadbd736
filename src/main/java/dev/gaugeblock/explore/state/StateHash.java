package dev.gaugeblock.explore.state;

import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import java.util.function.ToLongFunction;

/**
 * 128 bits that stand for a sequence of numbers: the mixing of MurmurHash3 (Austin Appleby, public domain), each number
 * once into each half.
 *
 * <p>Two different sequences may have the same hash. As far as the hash spreads like chance, that happens among n
 * sequences with a probability below n² / 2^129: below 10^-24 for ten million.
 */
public final class StateHash implements StateSink {
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private long high;
    private long low;
    private long length;
    private ToLongFunction<Task> names = task -> task.cpu.id;

    /** From now on, what is put for a task that the state names; at first, the number of its CPU. */
    void callTasks(ToLongFunction<Task> names) {
        this.names = names;
    }

    void reset() {
        high = 0;
        low = 0;
        length = 0;
    }

    @Override
    public void put(long value) {
        high ^= Long.rotateLeft(value * C1, 31) * C2;
        high = (Long.rotateLeft(high, 27) + low) * 5 + 0x52dce729L;
        low ^= Long.rotateLeft(value * C2, 33) * C1;
        low = (Long.rotateLeft(low, 31) + high) * 5 + 0x38495ab5L;
        length++;
    }

    /** Puts a text. */
    public void put(String text) {
        long mixed = text.length();
        for (int at = 0; at < text.length(); at++) {
            mixed = (mixed + text.charAt(at)) * C1;
            mixed ^= mixed >>> 32;
        }
        put(mixed);
    }

    @Override
    public void name(Task task) {
        put(names.applyAsLong(task));
        put(2L * task.sibling + (task.inInterrupt ? 1 : 0));
    }

    /** The hash of what was put since {@link #reset}. */
    public StateKey key() {
        long one = high ^ length;
        long other = low ^ length;
        one += other;
        other += one;
        one = spread(one);
        other = spread(other);
        one += other;
        return new StateKey(one, other + one);
    }

    private static long spread(long value) {
        long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
