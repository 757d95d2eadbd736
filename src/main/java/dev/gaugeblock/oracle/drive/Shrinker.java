package dev.gaugeblock.oracle.drive;

import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.oracle.trace.DeclarationForm;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Makes a sequence that fails as short and as simple as it can be while it fails in the same way. */
final class Shrinker {
    /** Asks a sequence. */
    interface Runner {
        Transcript run(Sequence sequence) throws IOException, TextFormatException;
    }

    /** Most operations to ask, where each sequence counts as some more: it may have to start the program anew. */
    private static final long MOST_OPERATIONS = 2_000_000;

    private static final int A_SEQUENCE = 750;

    /** Most sequences with an answer that does not come: a program that hangs takes its time each time it does. */
    private static final int HANGS = 10;

    /** A sequence of so many moves is not worth looking for a shorter one. */
    private static final int SHORT = 3;

    private static final int BRIEF_ONES = 1000;

    /** Up to so many frames are tried in place of a request's own number. */
    private static final int MOST_FRAMES = 8;

    private final Runner runner;
    private String failure = "";
    private Declarations declares = Declarations.NONE;
    private long operations = MOST_OPERATIONS;
    private int hangs = HANGS;
    private Sequence best;
    private Transcript bestTranscript;

    @SuppressWarnings("nullness:initialization.fields.uninitialized") // shrink() begins by setting them.
    Shrinker(Runner runner) {
        this.runner = runner;
    }

    /**
     * The transcript of the shortest sequence found.
     *
     * @param failed what came of the sequence before; the answer, if the sequence does not fail again
     */
    Transcript shrink(Sequence sequence, Transcript failed) throws IOException, TextFormatException {
        best = sequence;
        declares = DeclarationForm.of(failed.declared());
        bestTranscript = runner.run(sequence);
        Transcript.Failure again = bestTranscript.failure();
        if (again == null) {
            Transcript.Failure before = Objects.requireNonNull(failed.failure());
            return failed.with(before.with(" (asked again, the program did nothing wrong)"));
        }
        failure = again.name();
        shorten();
        if (best.moves().size() > SHORT && tryBriefOnes(failed.also())) {
            shorten();
        }
        return bestTranscript;
    }

    private void shorten() throws IOException, TextFormatException {
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            for (int length = best.moves().size(); length > 0; length /= 2) {
                shorter |= dropRuns(length);
            }
            shorter |= simplify();
        }
    }

    /**
     * A shorter way to the same failure may not lead over shorter parts of this sequence: looks for it on small
     * machines.
     */
    private boolean tryBriefOnes(Set<String> also) throws IOException, TextFormatException {
        // The small machines are not for allocators that need larger ones.
        for (int number = 0; number < BRIEF_ONES && declares.minFrames() <= 1; number++) {
            Sequence brief = SequenceGenerator.brief(number, also, declares);
            if (brief.moves().size() < best.moves().size() && isAsGood(brief)) {
                return true;
            }
        }
        return false;
    }

    /** Leaves out runs of moves, from the end. */
    private boolean dropRuns(int length) throws IOException, TextFormatException {
        boolean dropped = false;
        for (int end = best.moves().size(); end > 0; end -= length) {
            List<Move> rest = new ArrayList<>(best.moves());
            rest.subList(Math.max(0, end - length), end).clear();
            dropped |= isAsGood(best.with(rest));
        }
        return dropped;
    }

    /** Tries smaller machines, smaller orders, and the plainest request. */
    private boolean simplify() throws IOException, TextFormatException {
        boolean simpler = trySmallerMachines();
        for (int i = 0; i < best.moves().size(); i++) {
            if (best.moves().get(i) instanceof Move.Alloc alloc) {
                simpler |= replace(i, new Move.Alloc(alloc.block(), 0, 0, alloc.order()));
                for (long order = 0; order < Math.min(alloc.order(), BuddyLists.MAX_ORDER); order++) {
                    if (replace(i, new Move.Alloc(alloc.block(), alloc.cpu(), alloc.gfp(), order))) {
                        simpler = true;
                        break;
                    }
                }
                for (long frames = 1; frames < Math.min(alloc.wishes().frames(), MOST_FRAMES); frames++) {
                    Call.Wishes fewer = new Call.Wishes(
                            List.of(),
                            frames,
                            alloc.wishes().align(),
                            alloc.wishes().below());
                    if (replace(i, new Move.Alloc(alloc.block(), alloc.cpu(), alloc.gfp(), alloc.order(), fewer))) {
                        simpler = true;
                        break;
                    }
                }
            } else if (best.moves().get(i) instanceof Move.Free free) {
                simpler |= replace(i, new Move.Free(free.block(), 0));
            }
        }
        return simpler;
    }

    private boolean trySmallerMachines() throws IOException, TextFormatException {
        List<List<Long>> machines = new ArrayList<>(SequenceGenerator.SMALL_MACHINES);
        machines.addAll(SequenceGenerator.MACHINES);
        for (long start : SequenceGenerator.STARTS) {
            for (List<Long> sizes : machines) {
                if (sizes.get(0) + sizes.get(1) + sizes.get(2) < declares.minFrames()) {
                    continue;
                }
                Sequence smaller = Sequence.on(DrivenMachine.whole(sizes, start), best.moves());
                if (smaller.setUp().equals(best.setUp())) {
                    return false;
                }
                if (isAsGood(smaller)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean replace(int index, Move move) throws IOException, TextFormatException {
        List<Move> moves = new ArrayList<>(best.moves());
        return !moves.set(index, move).equals(move) && isAsGood(best.with(moves));
    }

    private boolean isAsGood(Sequence candidate) throws IOException, TextFormatException {
        if (operations <= 0 || hangs == 0) {
            return false;
        }
        Transcript transcript = runner.run(candidate);
        operations -= A_SEQUENCE + transcript.operations();
        boolean same =
                transcript.failure() != null && transcript.failure().name().equals(failure);
        if (transcript.failure() != null && transcript.failure().name().equals(ProgramFault.Kind.HANG.id)) {
            hangs--;
        }
        if (same) {
            best = candidate;
            bestTranscript = transcript;
        }
        return same;
    }
}
