package dev.gaugeblock.contract;

import dev.gaugeblock.mm.Zone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The memory of a machine that is judged: zones one after the other, however many and whatever they are called; frames
 * that are missing, and frames that are never handed out. All in frames. Methods throw {@link IllegalArgumentException}
 * for what no machine has.
 */
public final class MemoryMap {
    /** Frames from {@code first} on. */
    public record Range(int first, int count) {}

    private static final List<String> OF_LINUX =
            List.of(Zone.name(Zone.DMA), Zone.name(Zone.NORMAL), Zone.name(Zone.HIGHMEM));

    private final int start;
    private final int[] sizes;
    private final int[] holes;
    private final List<String> names;
    private final List<Range> reserved = new ArrayList<>();

    /**
     * Memory without holes.
     *
     * @param start number of the first frame, from 0
     * @param sizes of the zones, 0 for one that is not there
     * @param names of the zones; empty for those of Linux if there are three, else for their numbers
     */
    public MemoryMap(int start, int[] sizes, List<String> names) {
        if (sizes.length == 0) {
            throw new IllegalArgumentException("sizes: a machine has one zone at least");
        }
        if (!names.isEmpty() && names.size() != sizes.length) {
            throw new IllegalArgumentException(
                    "names: " + names.size() + " names for " + sizes.length + " zones; each zone has one");
        }
        this.start = start;
        this.sizes = sizes.clone();
        this.holes = new int[sizes.length];
        this.names = names.isEmpty() ? namesOf(sizes.length) : List.copyOf(names);
        long end = start + Arrays.stream(sizes).asLongStream().sum();
        if (end > Limits.MOST_FRAMES) {
            throw new IllegalArgumentException("memory ends at frame " + end + "; a machine that is judged ends at "
                    + Limits.MOST_FRAMES + " at most");
        }
    }

    private static List<String> namesOf(int zones) {
        if (zones == OF_LINUX.size()) {
            return OF_LINUX;
        }
        List<String> numbers = new ArrayList<>();
        for (int zone = 0; zone < zones; zone++) {
            numbers.add(String.valueOf(zone));
        }
        return numbers;
    }

    /** Says how many frames of each zone do not exist; nobody says which. */
    public void holes(int[] missing) {
        requireEachZone("holes", missing.length);
        for (int zone = 0; zone < missing.length; zone++) {
            if (missing[zone] > sizes[zone]) {
                throw new IllegalArgumentException("holes of zone " + names.get(zone) + ", " + missing[zone]
                        + " frames, are not in 0.." + sizes[zone] + ", its size");
            }
            holes[zone] = missing[zone];
        }
    }

    /** Keeps frames from ever being handed out. */
    public void reserve(int pfn, int count) {
        require(pfn, count);
        reserved.add(new Range(pfn, count));
    }

    /** Throws {@link IllegalArgumentException} unless the machine has these frames. */
    void require(int pfn, int count) {
        if (pfn < start || (long) pfn + count > end()) {
            throw new IllegalArgumentException("reserved frames " + pfn + ".." + ((long) pfn + count - 1)
                    + " are not inside the memory, frames " + start + ".." + (end() - 1));
        }
    }

    /**
     * How many frames of each zone ranges cover; a frame of two of them counts once.
     *
     * @param ranges first frame and how many, each inside the memory
     */
    public long[] framesIn(List<int[]> ranges) {
        BitSet covered = new BitSet();
        for (int[] range : ranges) {
            require(range[0], range[1]);
            covered.set(range[0], range[0] + range[1]);
        }
        long[] frames = new long[sizes.length];
        int first = start;
        for (int zone = 0; zone < sizes.length; zone++) {
            frames[zone] = covered.get(first, first + sizes[zone]).cardinality();
            first += sizes[zone];
        }
        return frames;
    }

    /** Throws {@link IllegalArgumentException} for a list that does not have a number for each zone. */
    void requireEachZone(String list, int length) {
        if (length != sizes.length) {
            throw new IllegalArgumentException(
                    list + ": " + length + " numbers, and the machine has " + sizes.length + " zones: one for each");
        }
    }

    /** Whether its zones are DMA, Normal and HighMem, so that gfp says which of them a request permits. */
    boolean isOfLinux() {
        return names.equals(OF_LINUX);
    }

    /** The first frame. */
    public int start() {
        return start;
    }

    /** The frame after the last. */
    public int end() {
        return start + frames();
    }

    /** All frames, holes included. */
    public int frames() {
        return Arrays.stream(sizes).sum();
    }

    /** How many zones there are. */
    public int zones() {
        return sizes.length;
    }

    /** Frames of a zone, holes included. */
    public int size(int zone) {
        return sizes[zone];
    }

    int holes(int zone) {
        return holes[zone];
    }

    /** The name of a zone. */
    public String name(int zone) {
        return names.get(zone);
    }

    List<Range> reserved() {
        return reserved;
    }
}
