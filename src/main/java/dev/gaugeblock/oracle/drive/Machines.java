package dev.gaugeblock.oracle.drive;

import dev.gaugeblock.contract.Declarations;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes up machines: sizes that no power of two fits, several largest blocks in a zone, memory that begins anywhere,
 * and frames that are missing at its edges and in the midst of it. The same numbers make the same.
 */
final class Machines {
    /** Sizes that lie beside those of blocks. */
    private static final int[] ODD = {3, 5, 7, 33, 511, 513, 1023, 1025, 2047, 2049, 3071, 4097};

    private static final int[] STARTS = {0, 0, 0, 1024, 2048, 3072, 5120, 7168};

    private static final List<List<Long>> CROWDED = List.of(
            List.of(0L, 8L, 0L),
            List.of(0L, 16L, 0L),
            List.of(0L, 37L, 0L),
            List.of(0L, 64L, 0L),
            List.of(16L, 16L, 16L),
            List.of(0L, 100L, 0L),
            List.of(0L, 1024L, 0L));

    /** Frames that every block up to the usual largest starts at a multiple of. */
    private static final long UNIT = 1024;

    private final Random random;
    private final Declarations declares;

    Machines(Random random, Declarations declares) {
        this.random = random;
        this.declares = declares;
    }

    /** Any machine on which the allocator boots. */
    DrivenMachine any() {
        return random.nextBoolean()
                ? withMissing(
                        grown(SequenceGenerator.MACHINES.get(random.nextInt(SequenceGenerator.MACHINES.size()))),
                        start())
                : odd();
    }

    /** A machine of several largest blocks and a bit more, for a long sequence. */
    DrivenMachine large() {
        return withMissing(grown(List.of(0L, 4 * UNIT + random.nextInt(100), 0L)), start());
    }

    /** A machine that a few threads fill and empty in no time. */
    DrivenMachine crowded() {
        return DrivenMachine.whole(grown(CROWDED.get(random.nextInt(CROWDED.size()))), start());
    }

    /** Where memory may begin: where every block that fits into it would be aligned. */
    private long start() {
        long largest = 1L << Math.max(10, Math.min(declares.maxOrder(), 13));
        return STARTS[random.nextInt(STARTS.length)] / largest * largest;
    }

    /** One zone of an odd size; below it, perhaps, one after which a largest block may begin. */
    private DrivenMachine odd() {
        int zone = random.nextInt(3);
        long[] sizes = new long[3];
        sizes[zone] = random.nextInt(4) > 0 ? ODD[random.nextInt(ODD.length)] : 1 + random.nextInt(3000);
        if (zone > 0 && declares.maxOrder() <= 10 && random.nextInt(3) == 0) {
            sizes[random.nextInt(zone)] = UNIT * (1 + random.nextInt(2));
        }
        return withMissing(grown(List.of(sizes[0], sizes[1], sizes[2])), start());
    }

    /** The same, with as many frames as the allocator needs to boot: more of its last zone. */
    private List<Long> grown(List<Long> sizes) {
        long frames = sizes.get(0) + sizes.get(1) + sizes.get(2);
        List<Long> grown = new ArrayList<>(sizes);
        int last = sizes.get(2) > 0 ? 2 : sizes.get(1) > 0 ? 1 : 0;
        grown.set(last, sizes.get(last) + Math.max(0, declares.minFrames() - frames));
        return grown;
    }

    /** A third of the machines lack a few frames: the first, the last, some in the midst. */
    private DrivenMachine withMissing(List<Long> sizes, long start) {
        long frames = sizes.get(0) + sizes.get(1) + sizes.get(2);
        List<DrivenMachine.Range> reserved = new ArrayList<>();
        if (frames >= 16 && random.nextInt(3) == 0) {
            int few = 1 + random.nextInt(3);
            if (random.nextBoolean()) {
                reserved.add(new DrivenMachine.Range(start, few));
            }
            if (random.nextBoolean()) {
                reserved.add(new DrivenMachine.Range(start + frames - few, few));
            }
            for (int more = reserved.isEmpty() ? 1 : random.nextInt(3); more > 0; more--) {
                reserved.add(new DrivenMachine.Range(start + 4 + random.nextInt((int) frames - 8), few));
            }
        }
        return new DrivenMachine(sizes, start, reserved, !reserved.isEmpty() && random.nextInt(4) == 0);
    }
}
