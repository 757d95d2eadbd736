package dev.gaugeblock.bench;

import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Watermark;
import dev.gaugeblock.mm.Zone;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The allocator alone, without invariants and assertions, in millions of operations a second. An operation is one
 * allocation, one free, or one watermark test.
 *
 * <p>The garbage collector is the one that the launcher chooses: what a list operation costs depends on it.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 5,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-da"})
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class AllocatorBenchmark {
    private static final int BURST = 512;
    private static final int WALK_LIMIT = 8192;
    private static final int SINGLES = 100_000;
    private static final int MIXED = 20_000;
    private static final int MIXED_ORDERS = 4;

    /** Rounds of the cases that do the same over and over, so that the call of the benchmark itself does not count. */
    private static final int ROUNDS = 256;

    private final PageFrame[] frames = new PageFrame[WALK_LIMIT];
    private int live;

    /** A machine with 100 000 frames in use. */
    @State(Scope.Thread)
    public static class WithLiveFrames extends BenchMachine {
        private final PageFrame[] live = new PageFrame[SINGLES];

        @Setup
        public void allocate() {
            for (int i = 0; i < SINGLES; i++) {
                live[i] = alloc(0);
            }
        }
    }

    /** A machine with 20 000 blocks of orders 0..3 in use. */
    @State(Scope.Thread)
    public static class WithLiveBlocks extends BenchMachine {
        private final PageFrame[] live = new PageFrame[MIXED];
        private final int[] orders = new int[MIXED];

        @Setup
        public void allocate() {
            for (int i = 0; i < MIXED; i++) {
                orders[i] = random(MIXED_ORDERS);
                live[i] = alloc(orders[i]);
            }
        }
    }

    /**
     * A machine with a block of order 1 in use, so that its buddy and the blocks that were split off before it stay
     * apart.
     */
    @State(Scope.Thread)
    public static class WithNeighbour extends BenchMachine {
        @Setup
        public void allocate() {
            alloc(1);
        }
    }

    @Benchmark
    @OperationsPerInvocation(2 * ROUNDS)
    public void order0PingPong(BenchMachine machine) {
        for (int i = 0; i < ROUNDS; i++) {
            machine.free(machine.alloc(0), 0);
        }
    }

    /** Every burst refills the hot list 32 times and relieves it as often. */
    @Benchmark
    @OperationsPerInvocation(2 * BURST)
    public void order0Bursts(BenchMachine machine) {
        for (int i = 0; i < BURST; i++) {
            frames[i] = machine.alloc(0);
        }
        for (int i = 0; i < BURST; i++) {
            machine.free(frames[i], 0);
        }
    }

    /** Up or down by a coin: one frame more, or the newest one less, between 0 and 8192. */
    @Benchmark
    @OperationsPerInvocation(ROUNDS)
    public void order0RandomWalk(BenchMachine machine) {
        for (int i = 0; i < ROUNDS; i++) {
            boolean up = machine.random(2) == 0;
            if (live == 0 || up && live < WALK_LIMIT) {
                frames[live++] = machine.alloc(0);
            } else {
                machine.free(frames[--live], 0);
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(2 * ROUNDS)
    public void order0Replacing100k(WithLiveFrames machine) {
        for (int i = 0; i < ROUNDS; i++) {
            int slot = machine.random(SINGLES);
            machine.free(machine.live[slot], 0);
            machine.live[slot] = machine.alloc(0);
        }
    }

    @Benchmark
    @OperationsPerInvocation(2 * ROUNDS)
    public void orders0To3Mixed20k(WithLiveBlocks machine) {
        for (int i = 0; i < ROUNDS; i++) {
            int slot = machine.random(MIXED);
            machine.free(machine.live[slot], machine.orders[slot]);
            machine.orders[slot] = machine.random(MIXED_ORDERS);
            machine.live[slot] = machine.alloc(machine.orders[slot]);
        }
    }

    /** A block in use beside them keeps blocks of both orders from merging: nothing is split. */
    @Benchmark
    @OperationsPerInvocation(4 * ROUNDS)
    public void orders1And2PingPong(WithNeighbour machine) {
        for (int i = 0; i < ROUNDS; i++) {
            machine.free(machine.alloc(1), 1);
            machine.free(machine.alloc(2), 2);
        }
    }

    /**
     * A frame straight from the buddy lists, and back: a block of order 10 is halved ten times, and merged ten times.
     * The per-CPU lists, the checks on allocation and the watermarks have no part in it.
     */
    @Benchmark
    @OperationsPerInvocation(2 * ROUNDS)
    public void buddySplitAndMerge(BenchMachine machine) {
        Zone zone = machine.memory.zone(Zone.NORMAL);
        for (int i = 0; i < ROUNDS; i++) {
            PageFrame frame = machine.allocator.takeUnprepared(zone, 0, machine.task);
            machine.allocator.freeUnreferenced(frame, 0, machine.task);
        }
    }

    /** For the orders 0..3 in turn. */
    @Benchmark
    @OperationsPerInvocation(ROUNDS)
    public int watermarkTest(BenchMachine machine) {
        Zone zone = machine.memory.zone(Zone.NORMAL);
        int passed = 0;
        for (int i = 0; i < ROUNDS; i++) {
            passed += isAboveLow(zone, i % MIXED_ORDERS, machine) ? 1 : 0;
        }
        return passed;
    }

    /**
     * Called as the scan of the zonelist calls the test; not inlined, so that the compiler cannot do 256 tests in one.
     */
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private static boolean isAboveLow(Zone zone, int order, BenchMachine machine) {
        int freePages = zone.counts.freePages.get(machine.task);
        return Watermark.isOk(zone, freePages, order, zone.marks.low(), Zone.NORMAL, Watermark.STRICT, machine.task);
    }
}
