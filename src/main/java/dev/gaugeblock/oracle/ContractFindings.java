package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.MemoryMap;
import dev.gaugeblock.contract.State;
import dev.gaugeblock.contract.found.BreachGroups;
import dev.gaugeblock.contract.frames.Block;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a check of a file found so far. What goes wrong with frames that a breach has left in doubt follows from that;
 * so do counts that are off by no more than what was found before explains.
 */
final class ContractFindings {
    private final BreachGroups<ContractFinding> groups = new BreachGroups<>();

    /** By how many frames a zone's counts may be off, and because of what. */
    private record Excuse(long low, long high, BreachGroups.Group<ContractFinding> group) {
        Excuse with(long off) {
            return new Excuse(Math.min(low, off), Math.max(high, off), group);
        }
    }

    /** By the zone's index. */
    private final Map<Integer, Excuse> excuses = new TreeMap<>();

    /** The line up to which the file was read. */
    private long line;

    /** The file was read up to a line. */
    void reading(long newLine) {
        line = newLine;
    }

    /**
     * Takes note of a breach, and that the check goes on behind it: {@code true}.
     *
     * @param before the state in which the call broke a rule
     */
    boolean add(Rejection rejection, State before, Call call) {
        if (call instanceof Call.FreeCounts counts) {
            addCounts(rejection, Contract.off(before, counts));
        } else {
            addFrames(rejection, before, call);
        }
        return true;
    }

    private void addFrames(Rejection rejection, State before, Call call) {
        MemoryMap.Range range = Contract.concerned(before, call);
        BreachGroups.Group<ContractFinding> cause = range == null ? null : groups.cause(range.first(), range.count());
        for (Block block : rejection.breach().involved()) {
            cause = cause == null ? groups.cause(block.pfn(), block.frames()) : cause;
        }
        if (cause != null) {
            follow(cause, rejection);
        } else {
            cause = groups.add(new ContractFinding(rejection, line));
        }
        if (range != null) {
            groups.doubt(range.first(), range.count(), cause);
            excuse(before, range.count(), cause);
        }
        for (Block block : rejection.breach().involved()) {
            groups.doubt(block.pfn(), block.frames(), cause);
        }
    }

    /** Takes note of a breach behind which the check does not go on. */
    void addLast(Rejection rejection) {
        groups.add(new ContractFinding(rejection, line));
    }

    private static void follow(BreachGroups.Group<ContractFinding> cause, Rejection rejection) {
        cause.follow("line " + rejection.line() + ": "
                + rejection.breach().rule().id() + ": " + rejection.breach().reason());
    }

    private void excuse(State state, long frames, BreachGroups.Group<ContractFinding> cause) {
        for (int zone = 0; zone < state.zones(); zone++) {
            Excuse known = excuses.getOrDefault(zone, new Excuse(0, 0, cause));
            excuses.put(zone, new Excuse(known.low() - frames, known.high() + frames, known.group()));
        }
    }

    private void addCounts(Rejection rejection, long[] off) {
        BreachGroups.Group<ContractFinding> cause = null;
        boolean isExcused = true;
        for (int zone = 0; zone < off.length; zone++) {
            Excuse known = excuses.get(zone);
            boolean isKnown = off[zone] == 0 || known != null && off[zone] >= known.low() && off[zone] <= known.high();
            isExcused &= isKnown;
            cause = off[zone] != 0 && known != null && cause == null ? known.group() : cause;
        }
        if (isExcused && cause != null) {
            follow(cause, rejection);
            return;
        }
        BreachGroups.Group<ContractFinding> group = groups.add(new ContractFinding(rejection, line));
        for (int zone = 0; zone < off.length; zone++) {
            if (off[zone] != 0) {
                excuses.put(
                        zone,
                        excuses.getOrDefault(zone, new Excuse(0, 0, group)).with(off[zone]));
            }
        }
    }

    /** A new machine: nothing of it is in doubt. */
    void beginMachine() {
        groups.trustAll();
        excuses.clear();
    }

    /** What was found first; {@code null} if nothing was. */
    @Nullable
    ContractFinding first() {
        return groups.isEmpty() ? null : groups.groups().get(0).first();
    }

    BreachGroups<ContractFinding> groups() {
        return groups;
    }
}
