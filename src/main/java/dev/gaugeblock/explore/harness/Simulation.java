package dev.gaugeblock.explore.harness;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Boot;
import dev.gaugeblock.mm.BootFreeing;
import dev.gaugeblock.mm.Collaborators;
import dev.gaugeblock.mm.MemoryTuning;
import dev.gaugeblock.mm.Node;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.PerCpuPages;

/** One run of a litmus test: its machine, booted, its tasks, its variables, and the blocks that its programs own. */
public final class Simulation {
    private final Program[] programs;
    private final Cpu[] cpus;
    private final Task[] tasks;
    private final SpinLock[] locks;
    private final PageAllocator allocator;
    private final Unscripted surroundings;
    private final LiveBlocks liveBlocks;
    private final PageFrame[] values;
    private final boolean[] assigned;
    private final boolean[] busy;

    /** Boots the machine and runs the {@code before} operations on CPU 0. */
    public Simulation(MachineSpec machine, Operation[] before, Program[] programs, int variables, Scheduler scheduler) {
        this.programs = programs;
        this.cpus = Cpu.create(machine.cpus(), scheduler);
        this.surroundings = new Unscripted(scheduler);
        Collaborators collaborators =
                new Collaborators(surroundings, surroundings, surroundings, surroundings, surroundings, surroundings);
        this.allocator = Boot.start(machine.layout(), cpus, false, collaborators, scheduler);
        this.liveBlocks = new LiveBlocks(allocator.node(), cpus.length);
        this.values = new PageFrame[variables];
        this.assigned = new boolean[variables];
        this.busy = new boolean[programs.length];
        this.locks = new SpinLock[machine.locks().size()];
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new SpinLock("lock " + machine.locks().get(i), SpinLock.UNCHECKED, scheduler);
        }
        this.tasks = new Task[programs.length];
        for (int i = 0; i < programs.length; i++) {
            tasks[i] = taskOf(programs[i]);
        }
        Task boot = Task.process(cpus[0]);
        configure(machine, boot);
        for (Operation operation : before) {
            perform(operation, boot);
        }
    }

    private Task taskOf(Program program) {
        Cpu cpu = cpus[program.cpu];
        String name = program.interrupt ? "interrupt on CPU " + cpu.id : "CPU " + cpu.id;
        Task task = new Task(name, cpu, program.interrupt, program.realTime);
        task.memalloc = program.memalloc;
        task.memdie = program.memdie;
        return task;
    }

    /** Bounds before boot frees anything through the hot lists; marks after, as the kernel's initcall comes after boot. */
    private void configure(MachineSpec machine, Task boot) {
        Node node = allocator.node();
        for (MachineSpec.Bounds bounds : machine.bounds()) {
            for (int cpu = 0; cpu < cpus.length; cpu++) {
                PerCpuPages list = bounds.cold()
                        ? node.zone(bounds.zone()).pageset(cpu).cold
                        : node.zone(bounds.zone()).pageset(cpu).hot;
                list.setBounds(bounds.low(), bounds.high(), bounds.batch());
            }
        }
        new BootFreeing(allocator, machine.layout(), boot).free(machine.bootMode());
        if (machine.setUp()) {
            new MemoryTuning(node).initialise();
        }
        for (MachineSpec.Marks marks : machine.marks()) {
            node.zone(marks.zone()).marks.set(marks.min(), marks.low(), marks.high());
        }
        for (MachineSpec.Reserve reserve : machine.reserves()) {
            for (int classZone = 0; classZone < reserve.frames().size(); classZone++) {
                node.zone(reserve.zone())
                        .marks
                        .setLowmemReserve(classZone, reserve.frames().get(classZone));
            }
        }
    }

    /** Runs a program to its end, on the calling thread. */
    public void run(int program, ProgramListener listener) {
        Task task = tasks[program];
        for (int i = 0; i < programs[program].length(); i++) {
            Operation operation = programs[program].operation(i);
            busy[program] = true;
            listener.begins(program, operation);
            perform(operation, task);
            busy[program] = false;
            listener.ended(program, operation, result(operation));
        }
    }

    private void perform(Operation operation, Task task) {
        int target = operation.target;
        switch (operation.kind) {
            case Operation.ALLOC -> alloc(operation, task);
            case Operation.DRAIN -> allocator.drain(task);
            case Operation.LOCK -> locks[target].acquire(task);
            case Operation.UNLOCK -> locks[target].release(task);
            default -> {
                if (values[target] != null) {
                    performOn(values[target], operation, task);
                }
            }
        }
    }

    private void alloc(Operation operation, Task task) {
        PageFrame block = allocator.alloc(operation.gfp, operation.order, task);
        values[operation.target] = block;
        assigned[operation.target] = true;
        if (block != null) {
            liveBlocks.add(block, operation.order);
        }
    }

    private void performOn(PageFrame block, Operation operation, Task task) {
        switch (operation.kind) {
            case Operation.FREE -> {
                liveBlocks.dropReference(block, operation.order);
                allocator.free(block, operation.order, task);
            }
            case Operation.FREE_COLD -> {
                liveBlocks.dropReference(block, 0);
                allocator.freeCold(block, task);
            }
            case Operation.GET -> {
                liveBlocks.addReference(block);
                allocator.get(block, task);
            }
            default ->
                throw new IllegalArgumentException("operation kind " + operation.kind + " of \"" + operation + "\"");
        }
    }

    private String result(Operation operation) {
        return operation.kind == Operation.ALLOC ? frameName(values[operation.target]) : "";
    }

    private static String frameName(PageFrame frame) {
        return frame == null ? "NULL" : frame.toString();
    }

    /** Whether no program is in the middle of an operation. */
    public boolean isIdle() {
        for (boolean oneBusy : busy) {
            if (oneBusy) {
                return false;
            }
        }
        return true;
    }

    /** What a variable holds: the first frame of a block that it was given, or {@code null}. */
    public PageFrame value(int variable) {
        return values[variable];
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

    /** Whether kswapd was woken. */
    public boolean isKswapdAwake() {
        return surroundings.isKswapdAwake();
    }
}
