package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Breach;
import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.contract.MemoryMap;
import dev.gaugeblock.contract.State;
import dev.gaugeblock.contract.frames.Owner;
import dev.gaugeblock.oracle.trace.Build;
import dev.gaugeblock.oracle.trace.ContractForm;
import dev.gaugeblock.oracle.trace.DeclarationForm;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.Times;
import dev.gaugeblock.oracle.trace.TraceReader;
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
    private Declarations declares;
    /** Whether the header declares something, which a reset then cannot change. */
    private final boolean isDeclared;

    private final Sources sources = new Sources();
    private ContractSetup setup = new ContractSetup();
    private @Nullable String mostlyOwn;

    private final @Nullable ContractFindings findings;

    /** A judge that ends with the first rejection. */
    public ContractJudge(Build build, Contract.Failures failures, Declarations declares) {
        this(build, failures, declares, new Tally(), null);
    }

    /**
     * A judge whose work is counted.
     *
     * @param findings gets what is wrong, and the judge goes on behind it; {@code null} if it is to end there
     */
    ContractJudge(
            Build build,
            Contract.Failures failures,
            Declarations declares,
            Tally tally,
            @Nullable ContractFindings findings) {
        this.build = build;
        this.tally = tally;
        this.findings = findings;
        Sources places = sources;
        this.timeline = new Timeline(
                new Contract(failures),
                tally,
                (rejection, before, call) ->
                        findings != null && findings.add(places.explained(rejection), before, call));
        this.declares = declares;
        this.isDeclared = !declares.equals(Declarations.NONE);
    }

    /** A judge of what happens to a machine that is under way already. */
    static ContractJudge on(State state, Build build, Contract.Failures failures) {
        ContractJudge judge = new ContractJudge(build, failures, Declarations.NONE);
        judge.timeline.begin(state);
        return judge;
    }

    /** What the contract remembers, {@code null} if there is no machine yet. */
    @Nullable
    State state() {
        return timeline.state();
    }

    /** What the allocator is like, as far as it was declared by now. */
    public Declarations declares() {
        return declares;
    }

    /** Why most of some zone is the allocator's own, so that little was judged; {@code null} if it is not so. */
    public @Nullable String mostlyOwn() {
        return mostlyOwn;
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
     * Judges an event that does not overlap others, given as calls, while {@link #isSetUp} and {@link #isIdle}.
     *
     * @param second may be {@code null}
     * @param trace stands at the event, which is read only if something is wrong with it
     */
    @Nullable
    Rejection judge(Call first, @Nullable Call second, TraceReader trace) throws TextFormatException {
        Call wrong = first;
        Breach breach = timeline.judge(first);
        if (breach == null && second != null) {
            wrong = second;
            breach = timeline.judge(second);
        }
        if (breach == null) {
            trace.count();
            tally.addEvent();
            return null;
        }
        Event event = trace.event();
        reading(event);
        return withSources(timeline.broken(Rejection.of(event, breach), wrong));
    }

    /**
     * Judges an event that lasted, given as calls of which some are judged, while {@link #isSetUp}; else like {@link
     * #judge(Operation, Event)}.
     */
    @Nullable
    Rejection judge(Event event, Times times, List<Call> calls) throws TextFormatException {
        reading(event);
        long before = found();
        return withSources(counted(timeline.judge(event, times, calls), before));
    }

    /**
     * Judges an event, as far as that can be done before those that overlap it are known.
     *
     * @return {@code null} if nothing is wrong so far
     * @throws IllegalArgumentException if it asks for something that its machine does not have
     * @throws TextFormatException likewise, for an event before it that had not ended
     */
    public @Nullable Rejection judge(Operation operation, Event event) throws TextFormatException {
        reading(event);
        sources.note(event, timeline.state());
        return withSources(judgeEvent(operation, event));
    }

    /** A rejection with the places in the allocator's source, as far as events say them; {@code null} for none. */
    private @Nullable Rejection withSources(@Nullable Rejection rejection) {
        return rejection == null ? null : sources.explained(rejection);
    }

    private @Nullable Rejection judgeEvent(Operation operation, Event event) throws TextFormatException {
        return switch (operation) {
            case RESET, ZONES, NCPU, HOLES, BOOT, BOOTQ -> setUpNext(operation, event);
            case RESERVE -> timeline.state() == null ? setUpNext(operation, event) : reserve(event);
            default -> judgeCalls(operation, event);
        };
    }

    private @Nullable Rejection setUpNext(Operation operation, Event event) throws TextFormatException {
        Rejection unfinished = timeline.finish();
        if (unfinished != null) {
            return unfinished;
        }
        return ContractForm.isNoAnswer(event.get("r")) ? judgeCalls(operation, event) : setUp(operation, event);
    }

    /** Frames that nobody has are the allocator's own from now on. */
    private @Nullable Rejection reserve(Event event) throws TextFormatException {
        return timeline.judge(event, List.of(new Call.Reserve(event.integer("pfn"), event.integer("count"))));
    }

    /** Judges what has not ended, after the last event, or after the last that overlaps it. */
    public @Nullable Rejection end() throws TextFormatException {
        return withSources(timeline.finish());
    }

    private @Nullable Rejection setUp(Operation operation, Event event) throws TextFormatException {
        if (operation == Operation.RESET) {
            setup = new ContractSetup();
            timeline.begin(null);
            if (findings != null) {
                findings.beginMachine();
            }
            declare(event);
            return null;
        }
        if (timeline.state() != null) {
            throw new IllegalArgumentException("the machine is in use already: \"reset\" comes first");
        }
        switch (operation) {
            case ZONES ->
                setup.zones(
                        event.integers("sizes"),
                        event.integer("node_start"),
                        event.has("names") ? event.texts("names") : List.of());
            case NCPU -> setup.cpus(event.integer("n"));
            case HOLES -> setup.memory().holes(event.integers("holes"));
            case RESERVE -> setup.memory().reserve(event.integer("pfn"), event.integer("count"));
            default -> {
                return boot(operation, event);
            }
        }
        return null;
    }

    private void declare(Event event) {
        if (!event.has(DeclarationForm.KEY)) {
            return;
        }
        Declarations said = DeclarationForm.of(event.get(DeclarationForm.KEY));
        if (isDeclared && !said.equals(declares)) {
            throw new IllegalArgumentException(
                    "it declares something else than the header does: one of the two is wrong");
        }
        declares = said;
    }

    private @Nullable Rejection boot(Operation operation, Event event) throws TextFormatException {
        boolean freed = !event.text("mode").equals("none");
        MemoryMap memory = setup.memory();
        if (memory.frames() < declares.minFrames()) {
            throw new IllegalArgumentException("the machine has " + memory.frames()
                    + " frames, and the allocator declares \"min_frames\":" + declares.minFrames());
        }
        timeline.begin(State.of(memory, setup.cpus(), freed ? Owner.FREE : Owner.RESERVED, build.layout(), declares));
        if (event.has("r")) { // BUG: boot was given up half-way
            for (int zone = 0; zone < (declares.pool() ? 1 : memory.zones()); zone++) {
                timeline.judge(new Call.Disturb(zone));
            }
        }
        if (event.text("mode").equals("kernel")) {
            timeline.judge(new Call.HoldBack(0));
        }
        Rejection rejection = judgeCalls(operation, event);
        for (int[] own : setup.own(event)) {
            timeline.judge(new Call.Reserve(own[0], own[1]));
            tally.addOwn(own[1]);
        }
        mostlyOwn = mostlyOwn == null ? setup.mostlyOwn() : mostlyOwn;
        return rejection;
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
            timeline.begin(
                    setup.isDescribed()
                            ? State.of(setup.memory(), setup.cpus(), Owner.UNKNOWN, build.layout(), declares)
                            : State.unknown(build.layout(), declares));
        }
        Times times = Times.of(event);
        long before = found();
        Rejection rejection = times == null ? timeline.judge(event, calls) : timeline.judge(event, times, calls);
        if (calls.stream().anyMatch(Call::isJudged)) {
            return counted(rejection, before);
        }
        if (!isTakenIn(operation)) {
            tally.addNotJudged(operation.spelling);
        }
        return rejection;
    }

    private void reading(Event event) {
        if (findings != null) {
            findings.reading(event.position().line());
        }
    }

    /** How much was found wrong so far, behind which the judge went on. */
    private long found() {
        return findings == null ? 0 : findings.groups().all();
    }

    private @Nullable Rejection counted(@Nullable Rejection rejection, long foundBefore) {
        if (rejection == null && found() == foundBefore) {
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
