package dev.gaugeblock.explore.harness;

import dev.gaugeblock.highmem.Highmem;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Boot;
import dev.gaugeblock.mm.Collaborators;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.pagebuf.PageBuf;
import dev.gaugeblock.reclaim.Kswapd;
import org.checkerframework.checker.nullness.qual.Nullable;

/** One run of a litmus test: its machine, booted, its tasks, its variables, and the blocks that its programs own. */
public final class Simulation implements Stateful {
    /** Stands for a program where the booting CPU runs the operations of {@code before}. */
    private static final int BOOT = -1;

    private final Program[] programs;
    private final Cpu[] cpus;
    private final Task[] tasks;
    private final SpinLock[] locks;
    private final PageAllocator allocator;
    private final Surroundings surroundings;
    private final Grants grants = new Grants();
    private final Highmem highmem;
    private final HighmemUses uses;
    /** {@code null} if the test has no device. */
    private final @Nullable BufferUses buffers;

    private final LiveBlocks liveBlocks;
    /** {@code null} if nothing is really reclaimed in this test. */
    private final @Nullable Reclaimers reclaimers;

    /** {@code null} if nobody can be killed in this test. */
    private final @Nullable Processes processes;

    private final Scheduler scheduler;

    private final @Nullable PageFrame[] values;
    private final boolean[] assigned;
    /** Number of the operation that each program is in, or has ended. */
    private final int[] positions;

    private final boolean[] busy;
    private final boolean[] done;
    private final boolean[] slept;
    private final ProgramListener[] listeners;

    /** Boots the machine and runs the {@code before} operations on CPU 0. */
    // Its surroundings keep it, and ask when programs run.
    @SuppressWarnings({"nullness:argument", "nullness:assignment"})
    public Simulation(
            MachineSpec machine, LitmusOperation[] before, Program[] programs, int variables, Scheduler scheduler) {
        this.programs = programs;
        this.cpus = Cpu.create(machine.nodeOfCpu, scheduler);
        this.highmem = new Highmem(machine.highmem, cpus, new Unobserved(), scheduler);
        this.surroundings = new Surroundings(this, machine.layout.nodes(), grants, programs, scheduler);
        Collaborators collaborators = new Collaborators(
                surroundings, surroundings, surroundings, surroundings, highmem.clearer(), surroundings, grants);
        this.allocator = Boot.start(machine.layout, cpus, false, collaborators, scheduler);
        grants.observe(allocator.memory());
        highmem.boot(allocator.memory());
        this.uses = new HighmemUses(highmem, programs.length, variables);
        this.buffers = machine.device == null
                ? null
                : new BufferUses(machine.device, allocator, highmem.waitTable(), surroundings, variables, scheduler);
        this.values = new PageFrame[variables];
        this.assigned = new boolean[variables];
        this.positions = new int[programs.length];
        this.busy = new boolean[programs.length];
        this.done = new boolean[programs.length];
        this.slept = new boolean[programs.length];
        this.listeners = new ProgramListener[programs.length];
        this.locks = new SpinLock[machine.locks.size()];
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new SpinLock("lock " + machine.locks.get(i), SpinLock.UNCHECKED, scheduler);
            locks[i].guards(new Nothing());
        }
        this.tasks = new Task[programs.length];
        for (int i = 0; i < programs.length; i++) {
            tasks[i] = taskOf(programs[i], cpus[programs[i].cpu]);
        }
        this.scheduler = scheduler;
        boolean someoneIsAProcess = !machine.processes.isEmpty() || Processes.count(programs) > 0;
        this.processes =
                someoneIsAProcess ? new Processes(machine.processes, programs, tasks, surroundings, scheduler) : null;
        if (processes != null) {
            surroundings.use(processes);
        }
        this.reclaimers = reclaimers(machine.hasLru(), programs, tasks, allocator, surroundings, scheduler);
        if (reclaimers != null) {
            surroundings.use(reclaimers);
        }
        this.liveBlocks = new LiveBlocks(allocator.memory(), cpus.length, buffers, reclaimers);
        Task boot = Task.process(cpus[0]);
        new MachineSettings(machine, allocator, cpus.length).apply(reclaimers, boot);
        for (LitmusOperation operation : before) {
            perform(operation, BOOT, boot);
        }
    }

    private static @Nullable Reclaimers reclaimers(
            boolean hasLru,
            Program[] programs,
            Task[] tasks,
            PageAllocator allocator,
            Surroundings surroundings,
            Scheduler scheduler) {
        @Nullable Task[] kswapds = new Task[allocator.memory().nodes()];
        boolean real = hasLru;
        for (int i = 0; i < programs.length; i++) {
            if (programs[i].kswapd) {
                kswapds[tasks[i].cpu.node] = tasks[i];
                real = true;
            }
        }
        return real ? new Reclaimers(allocator, surroundings, kswapds, scheduler) : null;
    }

    private static Task taskOf(Program program, Cpu cpu) {
        String name = program.kswapd ? "kswapd" : program.interrupt ? "interrupt on CPU " + cpu.id : "CPU " + cpu.id;
        Task task = new Task(name, cpu, program.interrupt, program.realTime);
        task.memalloc = program.memalloc;
        task.memdie = program.memdie;
        return task;
    }

    /** Runs a program to its end, on the calling thread; kswapd has none. */
    public void run(int program, ProgramListener listener) {
        listeners[program] = listener;
        Kswapd kswapd = kswapdOf(program);
        while (kswapd != null) {
            beginOwned(program, 0);
            listener.begins(program, LitmusOperation.KSWAPD_ROUND);
            kswapd.round(tasks[program]);
            listener.ended(program, LitmusOperation.KSWAPD_ROUND, "");
            endOwned(program);
        }
        for (int i = 0; i < programs[program].length() && !isKilled(program); i++) {
            beginOwned(program, i);
            tell(program, programs[program].operation(i));
            endOwned(program);
        }
        ProcessSpec process = programs[program].process;
        Processes all = processes;
        if (all != null && process != null) {
            all.sleepUntilKilled(program, tasks[program], scheduler);
            exit(program, process, all);
        }
        setDoneOwned(program);
    }

    private boolean isKilled(int program) {
        return processes != null && processes.isKilled(program, tasks[program]);
    }

    private void exit(int program, ProcessSpec process, Processes all) {
        beginOwned(program, programs[program].length());
        listeners[program].begins(program, LitmusOperation.EXIT);
        all.beginExit(program, tasks[program]);
        react(program, process.exit());
        all.endExit(program, tasks[program]);
        listeners[program].ended(program, LitmusOperation.EXIT, "");
        endOwned(program);
    }

    private void beginOwned(int program, int operation) {
        positions[program] = operation;
        busy[program] = true;
    }

    private void endOwned(int program) {
        busy[program] = false;
    }

    private void setDoneOwned(int program) {
        done[program] = true;
    }

    /** Notes that a program sleeps. */
    public void sleepsOwned(int program) {
        slept[program] = true;
    }

    /** Whether the program of a CPU, or its handler, has slept. */
    public boolean hasSlept(int cpu, boolean interrupt) {
        for (int i = 0; i < programs.length; i++) {
            if (programs[i].cpu == cpu && programs[i].interrupt == interrupt) {
                return slept[i];
            }
        }
        return false;
    }

    /** Runs what a program does inside reclaim or the OOM killer, as part of its present operation. */
    void react(int program, Reaction reaction) {
        for (int i = 0; i < reaction.length(); i++) {
            tell(program, reaction.operation(i));
        }
    }

    private void tell(int program, LitmusOperation operation) {
        listeners[program].begins(program, operation);
        perform(operation, program, tasks[program]);
        listeners[program].ended(program, operation, result(operation));
    }

    private void perform(LitmusOperation operation, int program, Task task) {
        int target = operation.target;
        switch (operation.kind) {
            case LitmusOperation.ALLOC -> alloc(operation, program, task);
            case LitmusOperation.DRAIN -> {
                allocator.drain(task);
                surroundings.freed(task);
            }
            case LitmusOperation.LOCK -> locks[target].acquire(task);
            case LitmusOperation.UNLOCK -> locks[target].release(task);
            case LitmusOperation.BUFFER -> performOnBuffers(operation, program, task);
            default -> {
                if (values[target] != null) {
                    performOn(values[target], operation, program, task);
                }
            }
        }
    }

    private void alloc(LitmusOperation operation, int program, Task task) {
        if (program != BOOT && operation.mayWait()) {
            surroundings.looks(program, task);
        }
        PageFrame block = allocator.alloc(operation.gfp, operation.order, task);
        assignOwned(operation, block);
    }

    private void performOnBuffers(LitmusOperation operation, int program, Task task) {
        BufferUses uses = buffers;
        BufferCall call = operation.buffer;
        if (uses == null || call == null) {
            throw new IllegalArgumentException("\"" + operation + "\" needs a device");
        }
        if (program != BOOT && operation.mayWait()) {
            surroundings.looks(program, task);
        }
        uses.perform(operation, call, task);
        if (call.mayFree()) {
            surroundings.freed(task);
        }
        if (call.obtains()) {
            noteAssignedOwned(operation);
        }
    }

    private void noteAssignedOwned(LitmusOperation operation) {
        assigned[operation.target] = true;
    }

    private void assignOwned(LitmusOperation operation, @Nullable PageFrame block) {
        values[operation.target] = block;
        assigned[operation.target] = true;
        if (block != null) {
            liveBlocks.add(block, operation.order);
        }
    }

    private void performOn(PageFrame block, LitmusOperation operation, int program, Task task) {
        switch (operation.kind) {
            case LitmusOperation.FREE -> {
                liveBlocks.dropReferenceOwned(block, operation.order);
                allocator.free(block, operation.order, task);
                surroundings.freed(task);
            }
            case LitmusOperation.FREE_COLD -> {
                liveBlocks.dropReferenceOwned(block, 0);
                allocator.freeCold(block, task);
                surroundings.freed(task);
            }
            case LitmusOperation.GET -> {
                liveBlocks.addReferenceOwned(block);
                allocator.get(block, task);
            }
            default -> uses.perform(operation, block, program, task);
        }
    }

    /** Index of the program that a task runs. */
    int programOf(Task task) {
        for (int i = 0; i < tasks.length; i++) {
            if (tasks[i] == task) {
                return i;
            }
        }
        throw new InvariantBroken(
                "needs-reclaim",
                "before the programs start, " + task
                        + " needs reclaim or the OOM killer: give the machine more memory, or use ATOMIC");
    }

    @Invariant(
            id = "memalloc-restored",
            says = "PF_MEMALLOC is never left set: after an operation a task has it if it had it before.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String memallocRestored() {
        for (int i = 0; i < programs.length; i++) {
            if (!busy[i] && tasks[i].memalloc != programs[i].memalloc) {
                return tasks[i] + (tasks[i].memalloc ? " is left with" : " has lost") + " PF_MEMALLOC";
            }
        }
        return null;
    }

    @Invariant(
            id = "preempt-balanced",
            says = "A task that is done has allowed its preemption again as often as it had forbidden it.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String preemptBalanced() {
        for (int i = 0; i < programs.length; i++) {
            if (done[i] && tasks[i].preemptCount != 0) {
                return tasks[i] + " is done with a preempt count of " + tasks[i].preemptCount;
            }
        }
        return null;
    }

    /** All that can influence what happens next, except what the programs have in their hands: where they are, and what they have seen. */
    @Override
    public void writeState(StateSink out) {
        writeSharedState(out);
        for (int cpu = 0; cpu < cpus.length; cpu++) {
            writeCpu(cpu, out);
        }
        for (int program = 0; program < programs.length; program++) {
            writeProgram(program, out);
        }
        for (int variable = 0; variable < values.length; variable++) {
            writeVariable(variable, out);
        }
    }

    /** The part of the state that belongs to no CPU, no program and no variable. */
    public void writeSharedState(StateSink out) {
        allocator.memory().writeState(out);
        highmem.writeState(out);
        surroundings.writeState(out);
        if (reclaimers != null) {
            reclaimers.writeState(out);
        }
        if (processes != null) {
            processes.writeState(out);
        }
        liveBlocks.writeState(out);
        if (buffers != null) {
            buffers.writeState(out);
        }
    }

    /** The part of the state that belongs to a CPU, by its number. */
    public void writeCpu(int cpu, StateSink out) {
        out.put(cpus[cpu].interrupts.areOff() ? 1 : 0);
        cpus[cpu].tlb.writeState(out);
        allocator.memory().writeListsOf(cpu, out);
    }

    /** The part of the state that belongs to a program, but for what it has in its hands. */
    public void writeProgram(int program, StateSink out) {
        tasks[program].writeState(out);
        out.put((busy[program] ? 4 : 0) + (done[program] ? 2 : 0) + (slept[program] ? 1 : 0));
        surroundings.writeProgram(program, out);
        uses.writeStateOf(program, programs[program], positions[program], out);
    }

    /** What a variable holds. */
    public void writeVariable(int variable, StateSink out) {
        out.put(!assigned[variable] ? -2 : values[variable] == null ? -1 : values[variable].pfn);
    }

    private String result(LitmusOperation operation) {
        BufferCall call = operation.buffer;
        if (call != null && call.obtains() && buffers != null) {
            PageBuf buffer = buffers.value(operation.target);
            return buffer == null ? "NULL" : buffer.toString();
        }
        return operation.kind == LitmusOperation.ALLOC ? frameName(values[operation.target]) : "";
    }

    private static String frameName(@Nullable PageFrame frame) {
        return frame == null ? "NULL" : frame.toString();
    }

    /** Whether no program is in the middle of an operation, and kswapd sleeps. */
    public boolean isIdle() {
        for (int i = 0; i < busy.length; i++) {
            if (busy[i] && !isResting(i)) {
                return false;
            }
        }
        return true;
    }

    /** The kswapd that a program is, or {@code null}. */
    private @Nullable Kswapd kswapdOf(int program) {
        return programs[program].kswapd && reclaimers != null ? reclaimers.kswapd(tasks[program].cpu.node) : null;
    }

    private boolean isResting(int program) {
        Kswapd kswapd = kswapdOf(program);
        return kswapd != null && kswapd.isResting();
    }

    /** Whether a program is in the middle of an operation. */
    boolean isBusy(int program) {
        return busy[program];
    }

    /** What a variable holds: the first frame of a block that it was given, or {@code null}. */
    public @Nullable PageFrame value(int variable) {
        return values[variable];
    }

    /** What stands for the variable's value in an outcome: the number of a frame or of a buffer's first block; -1 for NULL. */
    public int number(int variable) {
        PageBuf buffer = buffers == null ? null : buffers.value(variable);
        if (buffer != null) {
            return buffer.block;
        }
        return values[variable] == null ? -1 : values[variable].pfn;
    }

    /** The page buffers, or {@code null} if the test has no device. */
    public @Nullable BufferUses buffers() {
        return buffers;
    }

    /** Whether a program has assigned the variable yet. */
    public boolean isAssigned(int variable) {
        return assigned[variable];
    }

    public int programs() {
        return programs.length;
    }

    public Program program(int index) {
        return programs[index];
    }

    public Task task(int program) {
        return tasks[program];
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

    /** Whether the OOM killer chose the process with this number. */
    public boolean isKilledProcess(int pid) {
        return processes != null && processes.isKilled(pid);
    }

    /** Whether the kswapd of a node was woken. */
    public boolean isKswapdAwake(int node) {
        return surroundings.isKswapdAwake(node);
    }

    /** What a lock of the test's own guards. */
    private static final class Nothing implements Stateful {
        @Override
        public void writeState(StateSink out) {}
    }
}
