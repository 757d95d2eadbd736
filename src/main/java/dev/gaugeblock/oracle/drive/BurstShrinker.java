package dev.gaugeblock.oracle.drive;

import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Looks for a burst of fewer threads and operations that fails in the same way. As threads do as they like, each is
 * asked several times before it counts as one that does not fail.
 */
final class BurstShrinker {
    /** How often a candidate is asked. */
    private static final int TIMES = 20;

    /** Most bursts that do not end, of which each takes the whole time limit. */
    private static final int HANGS = 6;

    private final Shrinker.Runner runner;
    private String failure = "";
    private int hangs = HANGS;
    private int failed;

    BurstShrinker(Shrinker.Runner runner) {
        this.runner = runner;
    }

    /**
     * The transcript of the smallest burst that fails; the given one, if nothing fails again.
     *
     * @param first what came of the sequence, which has one burst
     */
    Transcript shrink(Sequence sequence, Transcript first) throws IOException, TextFormatException {
        Transcript.Failure before = Objects.requireNonNull(first.failure());
        failure = before.name();
        Sequence best = sequence;
        Transcript shortest = first;
        for (Sequence smaller = next(best, 0); smaller != null; ) {
            Transcript found = failing(smaller);
            if (found != null) {
                best = smaller;
                shortest = found;
            }
            smaller = found != null ? next(best, 0) : after(best, smaller);
        }
        Transcript.Failure last = Objects.requireNonNull(shortest.failure());
        return shortest.with(last.with("; " + text(burst(best)) + ", " + again(best)));
    }

    /** How often the burst fails that is told of in the end. */
    private String again(Sequence best) throws IOException, TextFormatException {
        failed = 0;
        int asked = 0;
        for (; asked < TIMES && hangs > 0; asked++) {
            failed += fails(runner.run(best)) ? 1 : 0;
        }
        return asked == 0
                ? "not asked again, since it is waited for each time"
                : "asked again, it fails " + failed + " of " + asked + " times";
    }

    private @Nullable Transcript failing(Sequence candidate) throws IOException, TextFormatException {
        for (int asked = 0; asked < TIMES && hangs > 0; asked++) {
            Transcript transcript = runner.run(candidate);
            if (fails(transcript)) {
                return transcript;
            }
        }
        return null;
    }

    private boolean fails(Transcript transcript) {
        Transcript.Failure now = transcript.failure();
        boolean isSame = now != null && now.name().equals(failure);
        hangs -= now != null && now.name().equals(ProgramFault.Kind.HANG.id) ? 1 : 0;
        return isSame;
    }

    /** The first candidate that is smaller than a sequence, from the given one on; {@code null} after the last. */
    private static @Nullable Sequence next(Sequence best, int number) {
        List<Move.Burst> candidates = candidates(burst(best));
        return number < candidates.size() ? with(best, candidates.get(number)) : null;
    }

    private static @Nullable Sequence after(Sequence best, Sequence candidate) {
        return next(best, candidates(burst(best)).indexOf(burst(candidate)) + 1);
    }

    /** Fewer threads, the fewest first; then fewer operations. */
    private static List<Move.Burst> candidates(Move.Burst burst) {
        List<Move.Burst> smaller = new ArrayList<>();
        for (int threads = 2; threads < burst.threads(); threads++) {
            smaller.add(new Move.Burst(threads, burst.operations(), burst.seed()));
        }
        for (int less : new int[] {burst.operations() / 2, burst.operations() / 4, burst.operations() / 8, 1}) {
            boolean isLess = less > 0 && less < burst.operations();
            Move.Burst candidate = new Move.Burst(burst.threads(), burst.operations() - less, burst.seed());
            if (isLess && !smaller.contains(candidate)) {
                smaller.add(candidate);
            }
        }
        return smaller;
    }

    private static Sequence with(Sequence sequence, Move.Burst burst) {
        List<Move> moves = new ArrayList<>(sequence.moves());
        moves.replaceAll(move -> move instanceof Move.Burst ? burst : move);
        return sequence.with(moves);
    }

    private static Move.Burst burst(Sequence sequence) {
        return (Move.Burst) sequence.moves().stream()
                .filter(Move.Burst.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static String text(Move.Burst burst) {
        return "a burst of " + burst.threads() + " threads, " + burst.operations() + " operations each, seed "
                + burst.seed();
    }
}
