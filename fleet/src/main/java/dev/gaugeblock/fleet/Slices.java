package dev.gaugeblock.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;

/** Packs work for a cluster: not a task for each file, as a task has its price, but several for each core. */
final class Slices {
    private static final int PER_CORE = 8;

    private Slices() {}

    /** How many slices so many pieces make. */
    static int count(int pieces, int cores) {
        return Math.max(1, Math.min(pieces, PER_CORE * cores));
    }

    /**
     * Packs the pieces, the heaviest first, each where there is least so far.
     *
     * @param number at least 1; so many slices come of it, none of them empty if there are as many pieces
     */
    static <T> List<ArrayList<T>> pack(List<T> pieces, int number, ToLongFunction<T> weight) {
        long[] weights = new long[number];
        List<ArrayList<T>> slices = new ArrayList<>();
        PriorityQueue<Integer> lightest = new PriorityQueue<>(
                Comparator.<Integer>comparingLong(slice -> weights[slice]).thenComparing(slice -> slice));
        for (int slice = 0; slice < number; slice++) {
            slices.add(new ArrayList<>());
            lightest.add(slice);
        }
        List<T> heaviest = new ArrayList<>(pieces);
        heaviest.sort(Comparator.comparingLong(weight).reversed());
        for (T piece : heaviest) {
            int slice = lightest.remove();
            slices.get(slice).add(piece);
            weights[slice] += weight.applyAsLong(piece);
            lightest.add(slice);
        }
        return slices;
    }

    /** Cuts a list into so many parts of about one length, in its order; none is empty if there are as many pieces. */
    static <T> List<ArrayList<T>> cut(List<T> pieces, int number) {
        List<ArrayList<T>> slices = new ArrayList<>();
        for (long slice = 0; slice < number; slice++) {
            int from = (int) (slice * pieces.size() / number);
            int to = (int) ((slice + 1) * pieces.size() / number);
            slices.add(new ArrayList<>(pieces.subList(from, to)));
        }
        return slices;
    }
}
