package dev.gaugeblock.kernel.trace;

import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.util.Arrays;

/**
 * Whether the stamps of each CPU go on. A single line that stands out of its place is counted; where they go back for
 * longer, two traces stand in one file, or its lines were sorted.
 */
final class Stamps {
    /** So many lines in a row that are behind are no single line out of its place. */
    private static final int MOST = 3;

    private long[] last = {};
    private long[] before = {};
    private int[] behind = {};
    private long[] firstBehind = {};
    private long outOfPlace;
    private long firstOutOfPlace;

    /**
     * Takes note of the next line's stamp.
     *
     * @param cpu its CPU, -1 for none
     */
    void note(int cpu, long stamp, Position position) throws TextFormatException {
        int index = cpu + 1;
        if (index >= last.length) {
            grow(index + 1);
        }
        if (stamp >= last[index]) {
            before[index] = last[index];
            last[index] = stamp;
            behind[index] = 0;
            return;
        }
        if (behind[index] == 0) {
            firstBehind[index] = position.line();
            outOfPlace++;
            firstOutOfPlace = firstOutOfPlace == 0 ? position.line() : firstOutOfPlace;
        }
        if (stamp >= before[index]) {
            last[index] = stamp; // the line before was the one that is out of its place
        } else if (++behind[index] == MOST) {
            throw new Position(position.file(), firstBehind[index])
                    .error("the stamps" + (cpu < 0 ? "" : " of CPU " + cpu)
                            + " go back from here on: two traces in one file, or lines that were sorted;"
                            + " give each trace as its kernel printed it");
        }
    }

    private void grow(int size) {
        int from = last.length;
        last = Arrays.copyOf(last, size);
        before = Arrays.copyOf(before, size);
        behind = Arrays.copyOf(behind, size);
        firstBehind = Arrays.copyOf(firstBehind, size);
        Arrays.fill(last, from, size, -1);
        Arrays.fill(before, from, size, -1);
    }

    /** How many lines are out of their place. */
    long outOfPlace() {
        return outOfPlace;
    }

    /** The first line at which one shows, from 1; 0 for none. */
    long firstOutOfPlace() {
        return firstOutOfPlace;
    }
}
