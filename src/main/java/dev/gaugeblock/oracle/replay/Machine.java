package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.highmem.Highmem;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.WaitQueue;
import dev.gaugeblock.machine.Waiter;
import dev.gaugeblock.machine.Wakeup;
import dev.gaugeblock.mm.Boot;
import dev.gaugeblock.mm.BootFreeing;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.MemoryTuning;
import dev.gaugeblock.mm.Node;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.oracle.trace.Build;
import dev.gaugeblock.oracle.trace.Script;
import dev.gaugeblock.reclaim.ZoneLru;
import java.util.List;
import java.util.function.Consumer;

/** A booted machine with the reference allocator, and what an event can do to it from outside. */
public final class Machine {
    public final PageAllocator allocator;
    final Memory memory;
    /** The only node. */
    final Node node;

    final MemoryTuning tuning;

    @SuppressWarnings("nullness:methodref.receiver.bound") // Called in operations only.
    public final ScriptedSurroundings surroundings = new ScriptedSurroundings(this::perform);

    private final MemoryLayout layout;
    private final Build build;
    private final Cpu[] cpus;
    private final Scheduler scheduler = new Scheduler();

    /**
     * Carried from one event to the next, and from one CPU to the other: the vectors were taken with a single thread.
     */
    private int preemptCount;

    private int pretendedWaiters;
    /** What reclaim counts, by the number of the zone. */
    final ZoneLru[] lru;

    private final Highmem highmem;
    /** Most machines of the vectors never map anything, and there are thousands of them. */
    private boolean highmemBooted;

    public Machine(MemoryLayout layout, int cpuCount, Build build) {
        this.layout = layout;
        this.build = build;
        this.cpus = Cpu.create(cpuCount, scheduler);
        this.highmem = new Highmem(build.layout(), cpus, surroundings, scheduler);
        this.allocator =
                Boot.start(layout, cpus, build.hugetlb(), surroundings.collaborators(highmem.clearer()), scheduler);
        this.memory = allocator.memory();
        this.node = memory.node(0);
        this.tuning = allocator.tuning();
        this.lru = ZoneLru.of(memory, scheduler);
    }

    /** The high-memory parts, set up when they are first asked for. */
    public Highmem highmem() {
        if (!highmemBooted) {
            highmem.boot(memory);
            highmemBooted = true;
        }
        return highmem;
    }

    /** Hands the memory to the allocator, in the order of a boot mode. */
    public void free(String bootMode) {
        new BootFreeing(allocator, layout, Task.process(cpus[0])).free(bootMode);
    }

    Build build() {
        return build;
    }

    public int cpuCount() {
        return cpus.length;
    }

    /** An ordinary process on a CPU. */
    public Task process(int cpu) {
        return Task.process(cpu(cpu));
    }

    /** A task with the bits of {@code alloc}: 1 real-time, 2 in interrupt, 4 PF_MEMALLOC, 8 TIF_MEMDIE. */
    Task task(int cpu, int bits) {
        Task task = new Task("CPU " + cpu, cpu(cpu), (bits & 2) != 0, (bits & 1) != 0);
        task.memalloc = (bits & 4) != 0;
        task.memdie = (bits & 8) != 0;
        return task;
    }

    private Cpu cpu(int number) {
        if (number >= cpus.length) {
            throw new IllegalArgumentException("CPU " + number + " does not exist: the machine has " + cpus.length);
        }
        return cpus[number];
    }

    /** Runs something as a process that has the machine's preempt count, and keeps what it makes of the count. */
    void countingPreemption(int cpu, Consumer<Task> action) {
        Task task = process(cpu);
        task.preemptCount = preemptCount;
        action.accept(task);
        preemptCount = task.preemptCount;
    }

    int preemptCount() {
        return preemptCount;
    }

    /** {@code free_pages} of the three zones. */
    public List<Object> freePages() {
        return List.of(freePages(Zone.DMA), freePages(Zone.NORMAL), freePages(Zone.HIGHMEM));
    }

    private Object freePages(int zone) {
        return (long) node.zone(zone).counts.freePages.peek();
    }

    /** Throws {@link IllegalArgumentException} if the script has an action that this machine cannot perform. */
    void requireFits(Script script) {
        for (Script.Action action : script.actions()) {
            cpu(action.cpu());
            memory.frame(action.pfn());
            int highest = action.kind() == Script.Kind.FREE ? BuddyLists.MAX_ORDER - 1 : 0;
            if (action.order() > highest) {
                throw new IllegalArgumentException("order " + action.order() + " in a script is not in 0.." + highest);
            }
        }
    }

    private void perform(Script.Action action) {
        Task task = process(action.cpu());
        PageFrame frame = memory.frame(action.pfn());
        switch (action.kind()) {
            case FREE -> allocator.free(frame, action.order(), task);
            case FREE_COLD -> allocator.freeCold(frame, task);
            case KUNMAP -> highmem().kmap().unmap(frame, task);
            case KMAP -> {
                long address = highmem().kmap().map(frame, task);
                surroundings.note("other_kmap:" + frame.pfn + ":" + Long.toHexString(address));
            }
        }
    }

    /** Pretends that so many tasks sleep on kmap's queue. */
    void pretendWaiters(int count) {
        pretendedWaiters = count;
        forgetSleepers();
    }

    /** Only those that an event pretends stay on kmap's queue. */
    private void forgetSleepers() {
        WaitQueue queue = highmem().kmap().waiting();
        queue.clear();
        for (int i = 0; i < pretendedWaiters; i++) {
            queue.add(new Waiter(queue, process(0), false, false));
        }
    }

    /** After a BUG the memory stays as it was left, but nobody holds a lock or keeps interrupts off any more. */
    void recover() {
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            node.zone(zone).lock.breakOpen();
        }
        highmem().breakLocksOpen();
        for (Cpu cpu : cpus) {
            cpu.interrupts.set(true);
        }
        preemptCount = 0;
        forgetSleepers();
    }

    /** A sleeper waits for ever: it goes away, and whoever else waits with it. */
    void giveSleepersUp() {
        pretendWaiters(0);
    }

    /** Runs one operation after the other, and notes where one offers its CPU to others, sleeps, or wakes others. */
    private final class Scheduler extends SequentialScheduler {
        @Override
        public void condResched(Task task) {
            surroundings.note("cond_resched");
        }

        /** Whatever the script lets happen meanwhile ends the sleep, whether it is a wake-up or not. */
        @Override
        public void sleepUntil(Wakeup wakeup, Task task) {
            surroundings.sleep();
        }

        @Override
        protected void wokeUp(WaitQueue queue) {
            if (queue == highmem().kmap().waiting()) {
                surroundings.note("wake_up");
            }
        }
    }
}
