package dev.gaugeblock.highmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.WaitQueue;
import dev.gaugeblock.machine.Wakeup;
import dev.gaugeblock.mm.Boot;
import dev.gaugeblock.mm.BootFreeing;
import dev.gaugeblock.mm.Collaborators;
import dev.gaugeblock.mm.KernelLog;
import dev.gaugeblock.mm.KswapdQueue;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * A booted machine with 8 low frames, 0..7, and high ones from 8 on. It notes what the hardware is told, who sleeps and
 * who wakes whom, in the words of the vectors.
 */
final class HighmemMachine implements HighmemObserver, KswapdQueue, KernelLog {
    /** Number of the first high frame. */
    static final int HIGH = 8;

    /** A task sleeps, and the test has nothing happen meanwhile: it never returns. */
    private static final class FallsAsleep extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    final Cpu[] cpus;
    final Memory memory;
    final PageAllocator allocator;
    final Highmem highmem;
    final Kmap kmap;
    final AtomicKmap atomic;
    final PageWaitTable waitTable;

    /** An ordinary process on CPU 0, and one on the last CPU. */
    final Task task;

    final Task other;
    final Scheduler scheduler = new Scheduler();
    private final List<String> calls = new ArrayList<>();
    private final Queue<Runnable> meanwhile = new ArrayDeque<>();
    private Runnable onWakeUp = () -> {};
    private Wakeup asleep;

    private HighmemMachine(HighmemLayout layout, int cpuCount, int highFrames) {
        cpus = Cpu.create(cpuCount, scheduler);
        task = Task.process(cpus[0]);
        other = Task.process(cpus[cpuCount - 1]);
        highmem = new Highmem(layout, cpus, this, scheduler);
        MemoryLayout frames = new MemoryLayout(0, HIGH, 0, highFrames);
        Collaborators collaborators = new Collaborators(
                (zones, gfp, order, who) -> 0,
                (gfp, who) -> {},
                this,
                (write, jiffies, who) -> {},
                highmem.clearer(),
                this,
                (zone, gfp, order, mark, who) -> {});
        allocator = Boot.start(frames, cpus, false, collaborators, scheduler);
        memory = allocator.memory();
        highmem.boot(memory);
        new BootFreeing(allocator, frames, task).free("blocks");
        kmap = highmem.kmap();
        atomic = highmem.atomic();
        waitTable = highmem.waitTable();
    }

    /** Two CPUs; so many slots, and 16 high frames more than that. */
    static HighmemMachine withSlots(int slots) {
        return new HighmemMachine(new HighmemLayout(slots, false, false), 2, slots + 16);
    }

    /** Two CPUs, {@code CONFIG_DEBUG_HIGHMEM}. */
    static HighmemMachine withDebugging() {
        return new HighmemMachine(new HighmemLayout(4, false, true), 2, 16);
    }

    static HighmemMachine withCpus(int cpuCount) {
        return new HighmemMachine(new HighmemLayout(4, false, false), cpuCount, 16);
    }

    /** Enough high frames for a page wait table with collisions. */
    static HighmemMachine withHighFrames(int highFrames) {
        return new HighmemMachine(new HighmemLayout(4, false, false), 2, highFrames);
    }

    PageFrame low(int number) {
        return memory.frame(number);
    }

    /** A high frame, numbered from 0. */
    PageFrame high(int number) {
        return memory.frame(HIGH + number);
    }

    /** Maps a high frame. Returns its slot. */
    int map(int number) {
        return kmap.slot(kmap.map(high(number), task));
    }

    void unmap(int number) {
        kmap.unmap(high(number), task);
    }

    /** Maps the first high frames, one in each slot. */
    HighmemMachine fill() {
        for (int i = 0; i < highmem.layout().lastPkmap(); i++) {
            map(i);
        }
        takeCalls();
        return this;
    }

    /** The counts of all slots, from slot 0 on. */
    List<Integer> counts() {
        List<Integer> counts = new ArrayList<>();
        for (int slot = 0; slot < highmem.layout().lastPkmap(); slot++) {
            counts.add(kmap.count(slot));
        }
        return counts;
    }

    /** {@code page_address} of a high frame. */
    long address(int number) {
        return highmem.addresses().find(high(number), task);
    }

    /** The calls since this was asked last. */
    List<String> takeCalls() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    /** The trace of one flush of the whole kmap window. */
    String flushOfWindow() {
        HighmemLayout layout = highmem.layout();
        return "flush_range:" + Long.toHexString(layout.pkmapBase()) + "-" + Long.toHexString(layout.pkmapEnd());
    }

    /** The next sleeper returns after this, woken or not. */
    void whileAsleep(Runnable action) {
        meanwhile.add(action);
    }

    /** Done when a wake-up goes out, before anybody has heard it. */
    void onWakeUp(Runnable action) {
        onWakeUp = action;
    }

    /** Runs something that falls asleep, and leaves it so. Returns what it sleeps for. */
    Wakeup fallAsleep(Runnable action) {
        assertThrows(FallsAsleep.class, action::run);
        return asleep;
    }

    static void assertBug(String expected, Runnable action) {
        assertEquals(expected, assertThrows(KernelBug.class, action::run).getMessage());
    }

    @Override
    public void flushedOne(long address) {
        calls.add("flush_one:" + Long.toHexString(address));
    }

    @Override
    public void flushedRange(long start, long end) {
        calls.add("flush_range:" + Long.toHexString(start) + "-" + Long.toHexString(end));
    }

    @Override
    public void cleared(PageFrame frame, long address) {
        calls.add("clear:" + Long.toHexString(address));
    }

    @Override
    public boolean isAsleep(int node, Task who) {
        return false;
    }

    @Override
    public void wakeUp(int node, Task who) {}

    @Override
    public void allocationFailure(int gfp, int order) {}

    @Override
    public void badPage(String function, PageFrame frame) {}

    @Override
    public void wrongZoneAlignment(Zone zone) {}

    /** One task at a time; what happens while it sleeps, the test says. */
    private final class Scheduler extends SequentialScheduler {
        @Override
        public void sleepUntil(Wakeup wakeup, Task who) {
            calls.add("schedule");
            asleep = wakeup;
            Runnable action = meanwhile.poll();
            if (action == null) {
                throw new FallsAsleep();
            }
            action.run();
        }

        @Override
        protected void wokeUp(WaitQueue queue) {
            if (!queue.waiters().isEmpty()) {
                calls.add("wake_up");
                onWakeUp.run();
            }
        }
    }
}
