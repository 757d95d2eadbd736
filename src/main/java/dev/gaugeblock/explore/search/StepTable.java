package dev.gaugeblock.explore.search;

import dev.gaugeblock.explore.state.Renaming;
import dev.gaugeblock.explore.state.Step;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The different steps that an exploration has met, each with the locks that its task holds meanwhile, numbered from 0,
 * and which of them depend on which.
 */
public final class StepTable {
    private record Access(Step step, Set<String> locks) {}

    private final Map<Access, Integer> numbers = new HashMap<>();
    private final List<Access> accesses = new ArrayList<>();
    private final List<BitSet> rivals = new ArrayList<>();
    /** For each renaming, one more than what becomes of each number; 0 if that was not asked yet. */
    private final List<int[]> renamings = new ArrayList<>();

    public int number(Step step, Set<String> locks) {
        Access access = new Access(step, locks);
        Integer number = numbers.get(access);
        return number == null ? add(access) : number;
    }

    private int add(Access access) {
        int number = accesses.size();
        numbers.put(access, number);
        accesses.add(access);
        BitSet ofThis = new BitSet();
        rivals.add(ofThis);
        for (int other = 0; other < number; other++) {
            if (step(other).task() != access.step.task() && step(other).dependsOn(access.step)) {
                ofThis.set(other);
                rivals.get(other).set(number);
            }
        }
        return number;
    }

    /** The same steps by other numbers. The set itself if the renaming leaves all as it is. */
    public BitSet renamed(BitSet set, Renaming renaming) {
        if (renaming.isNone()) {
            return set;
        }
        BitSet renamed = new BitSet();
        for (int number = set.nextSetBit(0); number >= 0; number = set.nextSetBit(number + 1)) {
            renamed.set(renamed(number, renaming));
        }
        return renamed;
    }

    private int renamed(int number, Renaming renaming) {
        while (renamings.size() <= renaming.index) {
            renamings.add(new int[0]);
        }
        int[] known = renamings.get(renaming.index);
        if (known.length <= number) {
            known = Arrays.copyOf(known, 2 * number + 1);
            renamings.set(renaming.index, known);
        }
        if (known[number] == 0) {
            Access access = accesses.get(number);
            known[number] = 1 + number(renaming.of(access.step), access.locks);
        }
        return known[number] - 1;
    }

    Step step(int number) {
        return accesses.get(number).step;
    }

    public int size() {
        return accesses.size();
    }

    void save(DataOutputStream out) throws IOException {
        out.writeInt(accesses.size());
        for (Access access : accesses) {
            Step step = access.step;
            out.writeInt(step.task());
            out.writeUTF(step.kind().name());
            out.writeUTF(step.object());
            out.writeInt(step.cpu());
            out.writeUTF(step.alsoRead());
            out.writeBoolean(step.watched());
            out.writeInt(step.buffer());
            out.writeInt(step.sharedCpu());
            out.writeUTF(step.hold().name());
            out.writeUTF(String.join("\n", access.locks));
        }
    }

    void restore(DataInputStream in) throws IOException {
        int length = in.readInt();
        for (int i = 0; i < length; i++) {
            Step step = new Step(
                    in.readInt(),
                    Step.Kind.valueOf(in.readUTF()),
                    in.readUTF(),
                    in.readInt(),
                    in.readUTF(),
                    in.readBoolean(),
                    in.readInt(),
                    in.readInt(),
                    Step.Hold.valueOf(in.readUTF()));
            String locks = in.readUTF();
            number(step, locks.isEmpty() ? Set.of() : Set.of(locks.split("\n")));
        }
    }

    /** The steps of other tasks that depend on this one. Not to be changed. */
    BitSet rivals(int number) {
        return rivals.get(number);
    }

    /** Whether two steps depend on each other by what they access. */
    boolean meetInMemory(int one, int other) {
        return step(one).touchesWhat(step(other));
    }

    /** Whether somebody looks at what two steps may change. */
    boolean areWatched(int one, int other) {
        return step(one).isWatchedAs(step(other));
    }

    /** Whether two steps can come in two orders only because of their CPU, which one of them takes for itself. */
    boolean clashOnCpu(int one, int other) {
        return step(one).clashesOnCpu(step(other));
    }

    /**
     * Whether both tasks hold a lock in common, or one keeps the other off their CPU, so that never both steps are
     * possible. A store that drains was made under its CPU's own locks.
     */
    boolean excludeEachOther(int one, int other) {
        boolean beside = step(one).isDrainBeside(step(other)) || step(other).isDrainBeside(step(one));
        boolean kept = step(one).keepsAway(step(other)) || step(other).keepsAway(step(one));
        return kept || !beside && !Collections.disjoint(accesses.get(one).locks, accesses.get(other).locks);
    }

    /**
     * Whether everything that depends on {@code later}, too, and comes before {@code earlier} has a fixed order with
     * {@code earlier}: it writes the one thing that {@code later} accesses, and is watched if that is. The draining of
     * a store has no fixed order with loads of its own CPU, which a write depends on.
     */
    boolean hides(int earlier, int later) {
        Step before = step(earlier);
        Step after = step(later);
        boolean hasOrderWithAll = before.kind() != Step.Kind.DRAIN || after.onlyReads();
        return !before.onlyReads()
                && hasOrderWithAll
                && after.alsoRead().isEmpty()
                && after.cpu() < 0
                && after.sharedCpu() < 0
                && (before.watched() || !after.watched())
                && before.object().equals(after.object());
    }
}
