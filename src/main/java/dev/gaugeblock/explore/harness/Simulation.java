package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.condition.Always;
import dev.gaugeblock.explore.harness.foreign.ForeignAllocator;
import dev.gaugeblock.explore.harness.foreign.FrameSource;
import dev.gaugeblock.explore.harness.program.FrameUse;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.program.ProcessSpec;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.harness.program.Reaction;
import dev.gaugeblock.explore.harness.refinement.ForeignFrames;
import dev.gaugeblock.explore.harness.refinement.FrameContract;
import dev.gaugeblock.explore.harness.refinement.ReferenceFrames;
import dev.gaugeblock.explore.harness.rules.FrameContents;
import dev.gaugeblock.explore.harness.rules.FrameUseRule;
import dev.gaugeblock.explore.harness.rules.SleepRule;
import dev.gaugeblock.highmem.Highmem;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Boot;
import dev.gaugeblock.mm.Collaborators;
import dev.gaugeblock.mm.FreeListKeeper;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.pagebuf.PageBuf;
import dev.gaugeblock.reclaim.Kswapd;
import org.checkerframework.checker.nullness.qual.Nullable;

/** One run of a litmus test: its machine, booted, its tasks, its variables, and the blocks that its programs own. */
public final class Simulation {
    /** Stands for a program where one CPU alone runs the operations of {@code before} or {@code after}. */
    private static final int BOOT = -1;

    private final ProgramTasks programs;
    private final Scheduler scheduler;
    private final Always[] always;
    private final Assignments assignments;
    private final Cpu[] cpus;
    private final SpinLock[] locks;
    private final PageAllocator allocator;
    /** {@code null} if the allocator is the reference. */
    private final @Nullable ForeignAllocator foreign;

    private final Surroundings surroundings;
    private final Grants grants;
    private final Highmem highmem;
    private final PageUses pages;
    private final FrameUseRule frameUse;
    private final FrameContents contents;
    private final SleepRule sleep = new SleepRule();
    private final HighmemUses addresses;
    /** {@code null} if the test has no device. */
    private final @Nullable BufferUses buffers;

    private final LiveBlocks liveBlocks;
    /** {@code null} if nothing is really reclaimed in this test. */
    private final @Nullable Reclaimers reclaimers;
    /** {@code null} if nobody can be killed in this test. */
    private final @Nullable Processes processes;

    private final FrameSource source;
    private final boolean framesAreOwn;

    private final ProgramListener[] listeners;
    private final SimulatedState state;
    private LitmusOperation[] after = {};

    /** Boots the machine and runs the {@code before} operations on CPU 0. */
    // Its surroundings keep it, and ask when programs run.
    @SuppressWarnings({"nullness:argument", "nullness:assignment"})
    public Simulation(
            MachineSpec machine,
            LitmusOperation[] before,
            Program[] programs,
            String[] names,
            Always[] always,
            Scheduler scheduler) {
        this.always = always;
        this.scheduler = scheduler;
        int variables = names.length;
        this.grants = new Grants(ProgramTasks.numbers(programs));
        this.cpus = Cpu.create(machine.nodeOfCpu, scheduler);
        this.programs = new ProgramTasks(programs, cpus);
        this.contents = new FrameContents(machine.layout.endPfn());
        this.highmem = new Highmem(machine.highmem, cpus, contents, scheduler);
        this.surroundings = new Surroundings(this, machine.layout.nodes(), grants, programs, scheduler);
        Collaborators collaborators = new Collaborators(
                surroundings, surroundings, surroundings, surroundings, highmem.clearer(), surroundings, grants);
        this.foreign = machine.allocator == null ? null : machine.allocator.make(machine, cpus, scheduler);
        FreeListKeeper.Maker lists = foreign == null ? null : foreign.keepers();
        this.allocator = Boot.start(machine.layout, cpus, machine.hugetlb, collaborators, lists, scheduler);
        FrameSource theirs = foreign == null ? null : foreign.frames();
        ForeignFrames whole = theirs == null ? null : new ForeignFrames(theirs, machine.layout);
        grants.observe(allocator.memory(), machine.layout, cpus);
        Task boot = Task.process(cpus[0]);
        MachineSettings settings = new MachineSettings(machine, programs, allocator, cpus.length);
        if (foreign != null && whole != null) {
            foreign.boot(allocator.memory(), boot);
        } else {
            settings.boot(FrameUse.hasBufferHeads(before, programs) ? scheduler : null, boot);
        }
        grants.refine(allocator.memory(), cpus.length, machine.without);
        highmem.boot(allocator.memory());
        this.addresses = new HighmemUses(highmem, foreign, machine.layout.endPfn(), programs.length, variables);
        this.buffers = machine.device == null
                ? null
                : new BufferUses(machine.device, allocator, highmem.waitTable(), surroundings, variables, scheduler);
        this.listeners = new ProgramListener[programs.length];
        this.locks = Nothing.locks(machine.locks, scheduler);
        Task[] tasks = this.programs.tasks();
        this.framesAreOwn = FrameUse.isByOneAtATime(before, programs, variables);
        this.processes = Processes.of(machine.processes, programs, tasks, surroundings, scheduler);
        this.reclaimers = Reclaimers.of(machine.hasLru(), programs, tasks, allocator, surroundings, scheduler);
        if (reclaimers != null) {
            surroundings.use(reclaimers);
            settings.fill(reclaimers, boot);
        }
        FrameContract contract = whole == null ? grants.refinement().contract() : whole.contract();
        this.liveBlocks = new LiveBlocks(allocator, whole == null, contract, buffers, reclaimers, addresses.kmaps());
        this.frameUse = new FrameUseRule(FrameUse.countedByOneUsedByMore(programs, variables), scheduler);
        this.assignments = new Assignments(names, programs, always, scheduler);
        this.source = whole == null ? new ReferenceFrames(allocator, cpus, grants.refinement()) : whole;
        this.pages = new PageUses(allocator, source, liveBlocks, surroundings, frameUse, contents, grants, assignments);
        this.state = new SimulatedState(this, surroundings, pages, addresses, frameUse, this.programs, variables);
        for (LitmusOperation operation : before) {
            perform(operation, BOOT, boot);
        }
        grants.refinement().startsGhost();
    }

    /** From now on, what the allocator decides is told. */
    public void tellDecisions(DecisionListener listener) {
        grants.tell(listener);
    }

    /** Runs a program to its end, on the calling thread; kswapd has none. Of a handler, a strike, counted from 0. */
    public void run(int program, int strike, ProgramListener listener) {
        listeners[program] = listener;
        Program text = programs.program(program);
        Task task = programs.task(program);
        Kswapd kswapd = kswapdOf(program);
        while (kswapd != null) {
            programs.beginGhost(program, 0);
            listener.begins(program, LitmusOperation.KSWAPD_ROUND);
            kswapd.round(task);
            surroundings.balancedGhost(allocator.memory().node(task.cpu.node), task);
            listener.ended(program, LitmusOperation.KSWAPD_ROUND, "");
            programs.endGhost(program);
        }
        int first = strike * text.lengthOfStrike();
        for (int i = first; i < first + text.lengthOfStrike() && !isKilled(program); i++) {
            programs.beginGhost(program, i);
            tell(program, text.operation(i));
            programs.endGhost(program);
        }
        Processes all = processes;
        if (all != null && text.process != null) {
            all.sleepUntilExit(program, text.process, task);
            exit(program, text.process, all);
        }
        programs.setDoneGhost(program);
    }

    private boolean isKilled(int program) {
        return processes != null && processes.isKilled(program, programs.task(program));
    }

    private void exit(int program, ProcessSpec process, Processes all) {
        programs.beginGhost(program, programs.program(program).length());
        listeners[program].begins(program, LitmusOperation.EXIT);
        all.beginExit(program, programs.task(program));
        react(program, process.exit());
        all.endExit(program, programs.task(program));
        listeners[program].ended(program, LitmusOperation.EXIT, "");
        programs.endGhost(program);
    }

    /**
     * A program is about to sleep.
     *
     * @param held the locks that it holds, as far as the engine knows of them; those of the test are known without
     * @param toBeNoted whether it counts as having slept: not where it may well sleep for good
     */
    @Ghost
    public void sleepsGhost(int program, String held, boolean toBeNoted) {
        sleep.sleepsGhost(programs.task(program), held, locks);
        if (toBeNoted) {
            programs.sleepsGhost(program);
        }
    }

    public boolean hasSlept(int program) {
        return programs.hasSlept(program);
    }

    /** Runs what a program does inside reclaim or the OOM killer, as part of its present operation. */
    void react(int program, Reaction reaction) {
        for (int i = 0; i < reaction.length(); i++) {
            tell(program, reaction.operation(i));
        }
    }

    private void tell(int program, LitmusOperation operation) {
        listeners[program].begins(program, operation);
        perform(operation, program, programs.task(program));
        listeners[program].ended(program, operation, pages.result(operation, buffers));
    }

    private void perform(LitmusOperation operation, int program, Task task) {
        if (program != BOOT && operation.mightSleep()) {
            sleep.mightSleepGhost(task, operation.text, locks);
        }
        if (program != BOOT && operation.mayWait()) {
            surroundings.looks(program, task);
        }
        switch (operation.kind) {
            case LitmusOperation.ALLOC, LitmusOperation.DRAIN, LitmusOperation.SYSCTL -> pages.perform(operation, task);
            case LitmusOperation.LOCK -> locks[operation.target].acquire(task);
            case LitmusOperation.UNLOCK -> locks[operation.target].release(task);
            case LitmusOperation.MB -> scheduler.barrier(task);
            case LitmusOperation.BUFFER -> pages.perform(operation, buffers, task);
            default -> pages.use(operation, addresses, program, task);
        }
    }

    /** What can influence what happens next, part by part. */
    public SimulatedState state() {
        return state;
    }

    /** A task goes on from a scheduling point, at which the invariants have been looked at. */
    @Ghost
    public void goesOnGhost() {
        grants.refinement().goesOnGhost();
    }

    /** Whether no program is in the middle of an operation, and kswapd sleeps. */
    public boolean isIdle() {
        for (int i = 0; i < programs.length(); i++) {
            Kswapd kswapd = kswapdOf(i);
            if (programs.isBusy(i) && (kswapd == null || !kswapd.isResting())) {
                return false;
            }
        }
        return true;
    }

    /** The kswapd that a program is, or {@code null}. */
    private @Nullable Kswapd kswapdOf(int program) {
        return programs.program(program).kswapd && reclaimers != null
                ? reclaimers.kswapd(programs.task(program).cpu.node)
                : null;
    }

    /** The rules for programs that no data of the machine shows. */
    Object[] rules() {
        if (processes == null) {
            return grants.rulesAnd(sleep, frameUse, contents, addresses.windows(), addresses.kmaps());
        }
        return grants.rulesAnd(sleep, frameUse, contents, addresses.windows(), addresses.kmaps(), processes.victims());
    }

    ProgramTasks tasks() {
        return programs;
    }

    /** What a variable holds: the first frame of a block that it was given, or {@code null}. */
    public @Nullable PageFrame value(int variable) {
        return pages.value(variable);
    }

    /** What stands for a variable in an outcome: the number of a frame or a buffer's first block, -1 for NULL. */
    public int number(int variable) {
        PageBuf buffer = buffers == null ? null : buffers.value(variable);
        if (buffer != null) {
            return buffer.block;
        }
        PageFrame frame = pages.value(variable);
        return frame == null ? -1 : frame.pfn;
    }

    /** The page buffers, or {@code null} if the test has no device. */
    public @Nullable BufferUses buffers() {
        return buffers;
    }

    /** Which variables are assigned. */
    public Assignments assignments() {
        return assignments;
    }

    /** What the test says is always so; not to be changed. */
    public Always[] always() {
        return always;
    }

    public int programs() {
        return programs.length();
    }

    public Program program(int index) {
        return programs.program(index);
    }

    public Task task(int program) {
        return programs.task(program);
    }

    public int cpuCount() {
        return cpus.length;
    }

    public Cpu cpu(int id) {
        return cpus[id];
    }

    public PageAllocator allocator() {
        return allocator;
    }

    /** Whom the programs ask for frames. */
    public FrameSource source() {
        return source;
    }

    public LiveBlocks liveBlocks() {
        return liveBlocks;
    }

    public Grants grants() {
        return grants;
    }

    public Highmem highmem() {
        return highmem;
    }

    /** What really reclaims memory, or {@code null} if nothing does. */
    public @Nullable Reclaimers reclaimers() {
        return reclaimers;
    }

    /** Those that the OOM killer can choose from, or {@code null} if there is none. */
    public @Nullable Processes processes() {
        return processes;
    }

    /** Somebody else's allocator, or {@code null} if it is the reference. */
    public @Nullable ForeignAllocator foreign() {
        return foreign;
    }

    /** What CPU 0 runs when all programs rest, if the test says so. */
    public void endWith(LitmusOperation[] operations) {
        after = operations.clone();
    }

    /**
     * All programs rest: runs what the test has behind them, and says whether that is anything. Throws
     * {@code InvariantBroken} if somebody else's allocator has lost a frame.
     */
    public boolean end() {
        for (int i = 0; i < after.length; i++) {
            perform(after[i], BOOT, Task.process(cpus[0]));
        }
        if (foreign != null && isIdle()) {
            foreign.requireAllFrames(liveBlocks.frames());
        }
        return after.length > 0;
    }

    /** Whether the kswapd of a node was woken. */
    public boolean isKswapdAwake(int node) {
        return surroundings.isKswapdAwake(node);
    }

    /** Whether no other task can name a word: then it is no scheduling point. */
    public boolean isOwn(Object word) {
        return framesAreOwn && FrameUse.isOfAFrame(word);
    }
}
