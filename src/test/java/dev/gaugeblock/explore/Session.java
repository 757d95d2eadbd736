package dev.gaugeblock.explore;

import dev.gaugeblock.contract.Breach;
import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.contract.MemoryMap;
import dev.gaugeblock.contract.Result;
import dev.gaugeblock.contract.State;
import dev.gaugeblock.contract.frames.Owner;
import dev.gaugeblock.explore.harness.InvariantChecker;
import dev.gaugeblock.explore.harness.ProgramListener;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.condition.Always;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.harness.program.Reaction;
import dev.gaugeblock.highmem.AtomicKmap;
import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.highmem.KmType;
import dev.gaugeblock.machine.LockMisuse;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.MachineLayout;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.MemoryTuning;
import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.ZoneMarks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Carries out actions on the reference, one after the other, and holds it after each against the contract, the
 * invariants, and statistics that are kept on the side. What is found is an {@link AssertionError} that tells the
 * actions as a litmus script, and as events that {@code check} reads.
 */
final class Session implements ProgramListener {
    /** The machine: sizes of its zones in frames, its CPUs, how it boots. */
    record Shape(int dma, int normal, int high, int cpus, String boot) {}

    /** Slots of the kmap window. */
    static final int SLOTS = 2;

    private static final String[] ZONES = {"DMA", "Normal", "HighMem"};

    private final Shape shape;
    private final List<SessionAction.Step> steps;
    private final Simulation simulation;
    private final Consumer<Simulation> tamper;
    private final Contract contract = new Contract(Contract.Failures.RESOURCE_AWARE);
    private final InvariantChecker checker = new InvariantChecker(true);
    private final MemoryTuning tuning;
    private final Map<Integer, Integer> references = new HashMap<>();
    private final Map<Integer, Integer> maps = new HashMap<>();
    private final long[] allocated = new long[Zone.COUNT];
    private long freed;
    private final State state;
    private final StringBuilder script = new StringBuilder();
    private final List<String> events = new ArrayList<>();

    /** A session on a fresh machine. The defect {@code tamper} strikes after each action, before it is looked at. */
    private Session(Shape shape, List<SessionAction> actions, Consumer<Simulation> tamper) {
        this.shape = shape;
        this.steps = SessionAction.plan(actions, shape.cpus);
        this.tamper = tamper;
        MemoryLayout layout = new MemoryLayout(0, shape.dma, shape.normal, shape.high);
        HighmemLayout highmem = new HighmemLayout(SLOTS, false, false);
        Program[] programs = steps.stream()
                .map(step -> new Program(
                        step.cpu(), false, false, false, false, step.operations(), new Reaction[0], new Reaction[0]))
                .toArray(Program[]::new);
        this.simulation = new Simulation(
                new MachineSpec(
                        new int[shape.cpus],
                        MachineLayout.of(layout),
                        shape.boot,
                        false,
                        List.of(),
                        highmem,
                        List.of()),
                new LitmusOperation[0],
                programs,
                Collections.nCopies(Math.max(1, steps.size()), "v").toArray(new String[0]),
                Always.NOTHING,
                new SequentialScheduler());
        this.tuning = simulation.allocator().tuning();
        this.state = State.of(
                new MemoryMap(0, new int[] {shape.dma, shape.normal, shape.high}, List.of()),
                shape.cpus,
                Owner.FREE,
                highmem,
                Declarations.NONE);
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            allocated[zone] = simulation.allocator().allocated(zone);
        }
        freed = simulation.allocator().freed();
        script.append("machine\n  cpus ").append(shape.cpus).append('\n');
        int[] sizes = {shape.dma, shape.normal, shape.high};
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            script.append(sizes[zone] == 0 ? "" : "  zone " + ZONES[zone] + " " + sizes[zone] + "\n");
        }
        script.append("  pkmap ")
                .append(SLOTS)
                .append("\n  boot ")
                .append(shape.boot)
                .append('\n');
        event("'op':'zones','sizes':[" + shape.dma + "," + shape.normal + "," + shape.high + "],'node_start':0");
        event("'op':'ncpu','n':" + shape.cpus);
        event("'op':'bootq','mode':'" + shape.boot + "'");
    }

    /**
     * Carries the actions out, up to one that has to wait for others; returns what was done, and with what result.
     * {@link AssertionError} for the first that goes wrong.
     */
    static List<String> run(Shape shape, List<SessionAction> actions, Consumer<Simulation> tamper) {
        Session session = new Session(shape, actions, tamper);
        try {
            return session.run();
        } catch (RuntimeException | AssertionError wrong) {
            throw new AssertionError(wrong.getMessage() + "\n" + session.script + "\n" + session.file(), wrong);
        }
    }

    private List<String> run() {
        if (shape.boot.equals("kernel")) {
            judge(new Call.HoldBack(0));
        }
        List<String> done = new ArrayList<>();
        for (int index = 0; index < steps.size(); index++) {
            SessionAction.Step step = steps.get(index);
            if (!isPossible(step)) {
                continue;
            }
            script.append("cpu ").append(step.cpu()).append('\n');
            try {
                carryOut(step, index);
            } catch (LockMisuse misuse) {
                if (!misuse.getMessage().contains("would sleep for ever")) {
                    throw misuse;
                }
                sleeps(step);
                done.add(step.action().kind() + " sleeps");
                return done;
            }
            tamper.accept(simulation);
            look();
            boolean failed = step.action().kind() == SessionAction.Kind.ALLOC && simulation.value(index) == null;
            done.add(step.action().kind() + (failed ? " fails" : ""));
        }
        return done;
    }

    private void carryOut(SessionAction.Step step, int index) {
        switch (step.action().kind()) {
            case MIN_FREE, RATIO -> tune(step.action());
            case ATOMIC -> {
                mapAtomically(simulation.value(step.target()), KmType.USER0, step, simulation.task(index));
            }
            default -> simulation.run(index, 0, this);
        }
    }

    /** Nobody is there to wake it. A kmap has to sleep then, and a request only where it might as well have failed. */
    private void sleeps(SessionAction.Step step) {
        LitmusOperation operation = step.operations()[0];
        if (operation.kind == LitmusOperation.KMAP) {
            int pfn = simulation.value(operation.target).pfn;
            event("'op':'kmap','pfn':" + pfn + ",'r':'BLOCKED'");
            judge(new Call.Kmap(pfn, Result.WAITING, List.of()));
            return;
        }
        require("a request that sleeps may wait", Gfp.WAIT, operation.gfp & (Gfp.WAIT | Gfp.NORETRY));
        event("'op':'alloc','cpu':" + step.cpu() + ",'gfp':" + operation.gfp + ",'order':" + operation.order
                + ",'task':0,'r':'STUCK'");
        judge(alloc(step.cpu(), operation, Result.WAITING));
    }

    /** The build has no compound blocks. */
    private Call alloc(int cpu, LitmusOperation operation, Result result) {
        return new Call.Alloc(line(), cpu, operation.gfp & ~Gfp.COMP, operation.order, result, List.of());
    }

    /** Maps a frame in one window, and while it is mapped in the next one, too, and uses both. */
    private void mapAtomically(PageFrame frame, int type, SessionAction.Step step, Task task) {
        script.append("  kmap-atomic v")
                .append(step.target())
                .append(" USER")
                .append(type - KmType.USER0)
                .append('\n');
        AtomicKmap atomic = simulation.highmem().atomic();
        long address = atomic.map(frame, type, task);
        int window = KmType.number(type, false);
        event("'op':'katomic','cpu':" + step.cpu() + ",'pfn':" + frame.pfn + ",'type':" + window + ",'r':" + address);
        judge(new Call.AtomicMap(step.cpu(), frame.pfn, window, Result.given(address)));
        if (type == KmType.USER0) {
            mapAtomically(frame, KmType.USER1, step, task);
        }
        if (frame.has(PageFlags.HIGHMEM)) {
            require("the frame used at " + address, frame.pfn, atomic.use(address, task));
        }
        event("'op':'ktopage','vaddr':" + address + ",'r':" + atomic.pfnAt(address));
        judge(new Call.FrameAt(address, atomic.pfnAt(address)));
        atomic.unmap(address, window, task);
        event("'op':'kunatomic','cpu':" + step.cpu() + ",'vaddr':" + address + ",'type':" + window);
        judge(new Call.AtomicUnmap(step.cpu(), address, window, false));
    }

    /**
     * Not if the request for the block failed, nor without the kmap that a kunmap ends. Of the kmaps that would sleep,
     * and so end the session, most are left out.
     */
    private boolean isPossible(SessionAction.Step step) {
        if (step.target() < 0) {
            return true;
        }
        PageFrame frame = simulation.value(step.target());
        boolean high = frame != null && frame.has(PageFlags.HIGHMEM);
        return switch (step.action().kind()) {
            case ALLOC -> true;
            case KMAP ->
                frame != null
                        && (!high
                                || maps.containsKey(frame.pfn)
                                || maps.size() < SLOTS
                                || step.action().pick() % 4 == 0);
            case KUNMAP -> frame != null && (!high || maps.containsKey(frame.pfn));
            case FREE, FREE_COLD -> frame != null && (references.get(frame.pfn) > 1 || !maps.containsKey(frame.pfn));
            default -> frame != null;
        };
    }

    @Override
    public void begins(int program, LitmusOperation operation) {
        script.append("  ").append(operation).append('\n');
    }

    /** What was asked and answered goes to the contract, and into the file. */
    @Override
    public void ended(int program, LitmusOperation operation, String result) {
        int cpu = steps.get(program).cpu();
        PageFrame frame = operation.target < 0 ? null : simulation.value(operation.target);
        int order = operation.order;
        switch (operation.kind) {
            case LitmusOperation.ALLOC -> {
                event("'op':'alloc','cpu':" + cpu + ",'gfp':" + operation.gfp + ",'order':" + order + ",'task':0,'r':"
                        + (frame == null ? "null" : frame.pfn));
                judge(alloc(cpu, operation, frame == null ? Result.NOTHING : Result.given(frame.pfn)));
                if (frame != null) {
                    references.put(frame.pfn, 1);
                    allocated[memory().zoneNumber(frame)] += 1L << order;
                }
            }
            case LitmusOperation.FREE, LitmusOperation.FREE_COLD -> {
                event("'op':'free','cpu':" + cpu + ",'pfn':" + frame.pfn + ",'order':" + order);
                judge(new Call.Free(cpu, frame.pfn, 1 << order, Call.Reception.ACCEPTED));
                if (references.merge(frame.pfn, -1, Integer::sum) == 0) {
                    freed += 1L << order;
                }
            }
            case LitmusOperation.GET -> {
                event("'op':'get','pfn':" + frame.pfn + ",'count':" + references.merge(frame.pfn, 1, Integer::sum));
                judge(new Call.Get(frame.pfn, true));
                judge(new Call.References(frame.pfn, frame.biasedCount() + 1L));
            }
            case LitmusOperation.DRAIN -> {
                event("'op':'drain','cpu':" + cpu);
                judge(new Call.Drain(cpu));
            }
            case LitmusOperation.KMAP -> {
                long address = simulation.highmem().addresses().find(frame, simulation.task(program));
                event("'op':'kmap','pfn':" + frame.pfn + ",'r':" + address);
                judge(new Call.Kmap(frame.pfn, Result.given(address), List.of()));
                if (frame.has(PageFlags.HIGHMEM)) {
                    maps.merge(frame.pfn, 1, Integer::sum);
                }
            }
            case LitmusOperation.KUNMAP -> {
                event("'op':'kunmap','pfn':" + frame.pfn + ",'irq':0");
                judge(new Call.Kunmap(frame.pfn, false, false));
                maps.computeIfPresent(frame.pfn, (pfn, users) -> users == 1 ? null : users - 1);
            }
            default -> throw new IllegalArgumentException("no action does " + operation);
        }
    }

    private void tune(SessionAction action) {
        if (action.kind() == SessionAction.Kind.MIN_FREE) {
            tuning.setMinFreeKbytes(action.pick() % 100, Task.process(simulation.cpu(0)));
        } else {
            tuning.setRatio(1 + action.pick() % 7, 1 + action.pick() % 5, Task.process(simulation.cpu(0)));
        }
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            ZoneMarks marks = memory().zone(zone).marks;
            List<Long> reserve = List.of(
                    (long) marks.lowmemReserve(0), (long) marks.lowmemReserve(1), (long) marks.lowmemReserve(2));
            event("'op':'wm','zone':" + zone + ",'v':[" + marks.min() + "," + marks.low() + "," + marks.high() + "]");
            event("'op':'lmr','zone':" + zone + ",'v':" + reserve.toString().replace(" ", ""));
            judge(new Call.SetMin(zone, marks.min()));
            judge(new Call.SetReserve(zone, reserve));
        }
        script.append("  # ")
                .append(action.kind())
                .append(' ')
                .append(action.pick())
                .append('\n');
    }

    /** The invariants, the free counts, and the statistics. */
    private void look() {
        checker.check(simulation);
        simulation.goesOnGhost();
        judge(new Call.FreeCounts(free(Zone.DMA), free(Zone.NORMAL), free(Zone.HIGHMEM)));
        addFreeCounts();
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            require(
                    "pgalloc of " + ZONES[zone],
                    allocated[zone],
                    simulation.allocator().allocated(zone));
        }
        require("pgfree", freed, simulation.allocator().freed());
        require("nr_free_pages", free(Zone.DMA) + free(Zone.NORMAL) + free(Zone.HIGHMEM), memory().freePages());
    }

    /** To the last event, if it is one that answers them. */
    private void addFreeCounts() {
        int last = events.size() - 1;
        String event = events.get(last);
        if (event.contains("\"alloc\"") || event.contains("\"free\"") || event.contains("\"drain\"")) {
            String counts = ",\"fp\":[" + free(Zone.DMA) + "," + free(Zone.NORMAL) + "," + free(Zone.HIGHMEM) + "]}";
            events.set(last, event.substring(0, event.length() - 1) + counts);
        }
    }

    private static void require(String statistic, long expected, long actual) {
        if (expected != actual) {
            throw new AssertionError(statistic + " is " + actual + ", and should be " + expected);
        }
    }

    private void judge(Call call) {
        Breach breach = contract.step(state, call);
        if (breach != null) {
            throw new AssertionError(breach.rule().id() + ": " + breach.reason() + " " + breach.involved());
        }
    }

    private Memory memory() {
        return simulation.allocator().memory();
    }

    private int free(int zone) {
        return memory().zone(zone).counts.freePages.peek();
    }

    /** The line that the last event has in the file. */
    private long line() {
        return events.size() + 1L;
    }

    private void event(String members) {
        events.add(("{'i':" + events.size() + "," + members + "}").replace('\'', '"'));
    }

    /** A file of events, as {@code check} reads it. */
    private String file() {
        return ("{'header':1,'scenario':'session','desc':'a failing session','binary':'reference','last_pkmap':" + SLOTS
                                + ",'hugetlb':false,'debug_highmem':false,'pae_window':false,'source':'the reference',"
                                + "'config':{}}\n")
                        .replace('\'', '"')
                + String.join("\n", events) + "\n";
    }
}
