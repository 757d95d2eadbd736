package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Breach;
import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Owner;
import dev.gaugeblock.contract.State;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.oracle.replay.MachineSetup;
import dev.gaugeblock.oracle.trace.Build;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.Times;
import dev.gaugeblock.text.TextFormatException;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Judges events against the contract: sets up a machine as they say, and takes what they say of it to the contract.
 * A machine that is used before it was booted is one in the middle of its life.
 */
public final class ContractJudge {
    private final Build build;
    private final Tally tally;
    private final Timeline timeline;
    private MachineSetup setup;

    public ContractJudge(Build build, Contract.Failures failures) {
        this(build, failures, new Tally());
    }

    /** A judge whose work is counted. */
    ContractJudge(Build build, Contract.Failures failures, Tally tally) {
        this.build = build;
        this.tally = tally;
        this.timeline = new Timeline(new Contract(failures), tally);
        this.setup = new MachineSetup(build);
    }

    /** A judge of what happens to a machine that is under way already. */
    static ContractJudge on(State state, Build build, Contract.Failures failures) {
        ContractJudge judge = new ContractJudge(build, failures);
        judge.timeline.begin(state);
        return judge;
    }

    /** What the contract remembers, {@code null} if there is no machine yet. */
    @Nullable
    State state() {
        return timeline.state();
    }

    /** Whether there is a machine, so that events may be given as calls. */
    boolean isSetUp() {
        return timeline.state() != null;
    }

    /** Whether nothing is running, so that {@link #judge(Call, Call)} may be used. */
    boolean isIdle() {
        return timeline.isIdle();
    }

    /**
     * Judges an event that does not overlap others, given as calls, while {@link #isSetUp} and {@link #isIdle}. After a
     * breach nothing more can be judged.
     *
     * @param second may be {@code null}
     */
    @Nullable
    Breach judge(Call first, @Nullable Call second) {
        Breach breach = timeline.judge(first);
        if (breach == null && second != null) {
            breach = timeline.judge(second);
        }
        if (breach == null) {
            tally.addEvent();
        }
        return breach;
    }

    /**
     * Judges an event that lasted, given as calls of which some are judged, while {@link #isSetUp}; else like {@link
     * #judge(Operation, Event)}.
     */
    @Nullable
    Rejection judge(Event event, Times times, List<Call> calls) throws TextFormatException {
        return counted(timeline.judge(event, times, calls));
    }

    /**
     * Judges an event, as far as that can be done before those that overlap it are known.
     *
     * @return {@code null} if nothing is wrong so far
     * @throws IllegalArgumentException if it asks for something that its machine does not have
     * @throws TextFormatException likewise, for an event before it that had not ended
     */
    public @Nullable Rejection judge(Operation operation, Event event) throws TextFormatException {
        return switch (operation) {
            case RESET, ZONES, NCPU, HOLES, RESERVE, BOOT, BOOTQ -> {
                Rejection unfinished = timeline.finish();
                yield unfinished == null ? setUp(operation, event) : unfinished;
            }
            default -> judgeCalls(operation, event);
        };
    }

    /** Judges what has not ended, after the last event. */
    @Nullable
    Rejection end() throws TextFormatException {
        return timeline.finish();
    }

    private @Nullable Rejection setUp(Operation operation, Event event) throws TextFormatException {
        if (operation == Operation.RESET) {
            setup = new MachineSetup(build);
            timeline.begin(null);
            return null;
        }
        if (timeline.state() != null) {
            throw new IllegalArgumentException("the machine is in use already: \"reset\" comes first");
        }
        switch (operation) {
            case ZONES -> setup.zones(event.integers("sizes"), event.integer("node_start"));
            case NCPU -> setup.cpus(event.integer("n"));
            case HOLES -> setup.holes(event.integers("holes"));
            case RESERVE -> setup.reserve(event.integer("pfn"), event.integer("count"));
            default -> {
                return boot(operation, event);
            }
        }
        return null;
    }

    private @Nullable Rejection boot(Operation operation, Event event) throws TextFormatException {
        boolean freed = !event.text("mode").equals("none");
        timeline.begin(
                State.of(setup.requireZones(), setup.cpus(), freed ? Owner.FREE : Owner.RESERVED, build.layout()));
        if (event.has("r")) { // BUG: boot was given up half-way
            for (int zone = 0; zone < Zone.COUNT; zone++) {
                timeline.judge(new Call.Disturb(zone));
            }
        }
        if (event.text("mode").equals("kernel")) {
            timeline.judge(new Call.HoldBack(0));
        }
        return judgeCalls(operation, event);
    }

    private @Nullable Rejection judgeCalls(Operation operation, Event event) throws TextFormatException {
        switch (operation) {
            case KMAP, KUNMAP, KWAITERS, KDUMP, KDIGEST -> build.requireWindow();
            default -> {
                // All others do without.
            }
        }
        List<Call> calls = ContractCalls.of(operation, event, build.hugetlb());
        if (timeline.state() == null && !calls.isEmpty()) {
            MemoryLayout layout = setup.layout();
            timeline.begin(
                    layout == null
                            ? State.unknown(build.layout())
                            : State.of(layout, setup.cpus(), Owner.UNKNOWN, build.layout()));
        }
        Times times = Times.of(event);
        Rejection rejection = times == null ? timeline.judge(event, calls) : timeline.judge(event, times, calls);
        if (calls.stream().anyMatch(Call::isJudged)) {
            return counted(rejection);
        }
        if (!isTakenIn(operation)) {
            tally.addNotJudged(operation.spelling);
        }
        return rejection;
    }

    private @Nullable Rejection counted(@Nullable Rejection rejection) {
        if (rejection == null) {
            tally.addEvent();
        }
        return rejection;
    }

    /** Whether an operation without an answer that could be judged still tells the contract something. */
    private static boolean isTakenIn(Operation operation) {
        return switch (operation) {
            case BOOT, BOOTQ, SETUP, MINFREE, RATIO, WM, LMR, DRAIN, GET -> true;
            default -> false;
        };
    }
}
