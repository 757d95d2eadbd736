package dev.gaugeblock.explore.subject;

import dev.gaugeblock.api.Subject;
import dev.gaugeblock.api.Window;
import dev.gaugeblock.explore.harness.foreign.FrameWindow;
import dev.gaugeblock.highmem.HighmemObserver;
import dev.gaugeblock.highmem.PageTable;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageFrame;

/** The window of somebody's allocator: a page table as the reference has one, at other addresses. */
final class SubjectWindow implements Window, FrameWindow, Stateful {
    /** Where no window of the reference is, whose invariants look at what TLBs know of its own. */
    private static final long BASE = 0xE000_0000L;

    private final Subject.Mapping subject;
    private final PageTable table;

    /** Nothing is mapped. */
    SubjectWindow(Subject.Mapping subject, int slots, Cpu[] cpus, Scheduler scheduler) {
        this.subject = subject;
        this.table = new PageTable("window", slots, cpus, new Unheard(), scheduler);
    }

    private static long address(int slot) {
        return BASE + (long) PageFrame.SIZE * slot;
    }

    @Override
    public int slots() {
        return table.length();
    }

    @Override
    public int frame(int slot, Task task) {
        return table.get(slot, task);
    }

    @Override
    public void set(int slot, int frame, Task task) {
        table.set(slot, frame, task);
    }

    @Override
    public void flush(int slot, Task task) {
        long address = address(slot);
        table.flushRange(address, address + 1, task);
    }

    @Override
    public int map(PageFrame frame, Task task) {
        return subject.kmap(frame.pfn, task);
    }

    @Override
    public void unmap(PageFrame frame, Task task) {
        subject.kunmap(frame.pfn, task);
    }

    @Override
    public int use(int slot, Task task) {
        return table.use(slot, address(slot), task);
    }

    @Override
    public PageTable table() {
        return table;
    }

    @Override
    public void writeState(StateSink out) {
        table.writeState(out);
    }

    /** Nobody asks what was flushed. */
    private static final class Unheard implements HighmemObserver {
        @Override
        public void flushedOne(long address) {}

        @Override
        public void flushedRange(long start, long end) {}

        @Override
        public void cleared(PageFrame frame, long address) {}
    }
}
