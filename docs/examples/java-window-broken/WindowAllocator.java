import dev.gaugeblock.api.MachineDescription;
import dev.gaugeblock.api.Subject;
import dev.gaugeblock.api.Window;
import dev.gaugeblock.api.ZoneDescription;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.WaitQueue;
import dev.gaugeblock.machine.Waiter;

/** Broken: a slot is used for another frame without a flush. A bit for each frame; and high frames in a window, each slot of which counts its users. A lock for either. */
public final class WindowAllocator implements Subject, Subject.Mapping {
    private MachineDescription machine;
    private Scheduler scheduler;
    private SpinLock lock;
    /** Guarded by the lock. */
    private boolean[] free;

    private Window window;
    private SpinLock windowLock;
    /** What each slot maps, and for how many users; guarded by the window's lock. */
    private int[] frames;

    private int[] users;
    private WaitQueue waiting;

    @Override
    public void boot(MachineDescription description, Cpu[] cpus, Scheduler decides) {
        machine = description;
        scheduler = decides;
        lock = new SpinLock("bits.lock", SpinLock.IRQ_SAFE, scheduler);
        free = new boolean[machine.endFrame()];
        for (int frame = 0; frame < free.length; frame++) {
            free[frame] = machine.isUsable(frame);
        }
    }

    @Override
    public void bootWindow(Window empty) {
        window = empty;
        windowLock = new SpinLock("window.lock", SpinLock.PROCESS_ONLY, scheduler);
        waiting = new WaitQueue("window.waiting", scheduler);
        frames = new int[window.slots()];
        users = new int[window.slots()];
        for (int slot = 0; slot < frames.length; slot++) {
            frames[slot] = Window.NONE;
        }
    }

    @Override
    public int alloc(int gfp, int order, Task task) {
        boolean were = task.cpu.interrupts.save(task);
        lock.acquire(task);
        int found = takeLocked(machine.zonesFor(gfp, task.cpu.node), 1 << order);
        lock.release(task);
        task.cpu.interrupts.restore(were, task);
        return found;
    }

    private int takeLocked(int[] zones, int length) {
        for (int index : zones) {
            ZoneDescription zone = machine.zone(index);
            for (int at = zone.first(); at + length <= zone.first() + zone.frames(); at += length) {
                int frame = at;
                while (frame < at + length && free[frame]) {
                    frame++;
                }
                if (frame == at + length) {
                    setLocked(at, length, false);
                    return at;
                }
            }
        }
        return NONE;
    }

    private void setLocked(int first, int length, boolean value) {
        for (int frame = first; frame < first + length; frame++) {
            free[frame] = value;
        }
    }

    @Override
    public void free(int first, int order, Task task) {
        boolean were = task.cpu.interrupts.save(task);
        lock.acquire(task);
        setLocked(first, 1 << order, true);
        lock.release(task);
        task.cpu.interrupts.restore(were, task);
    }

    @Override
    public int kmap(int frame, Task task) {
        windowLock.acquire(task);
        int slot = slotFor(frame);
        while (slot == NONE) {
            Waiter waiter = new Waiter(waiting, task, false, false);
            waiting.add(waiter);
            windowLock.release(task);
            waiter.sleep(scheduler);
            waiting.remove(waiter);
            windowLock.acquire(task);
            slot = slotFor(frame);
        }
        users[slot]++;
        if (frames[slot] != frame) {
            frames[slot] = frame;
            window.set(slot, frame, task);
        }
        windowLock.release(task);
        return slot;
    }

    /** The slot that maps a frame, or one without users, or {@link #NONE}. */
    private int slotFor(int frame) {
        int unused = NONE;
        for (int slot = 0; slot < frames.length; slot++) {
            if (frames[slot] == frame) {
                return slot;
            }
            unused = users[slot] == 0 ? slot : unused;
        }
        return unused;
    }

    @Override
    public void kunmap(int frame, Task task) {
        windowLock.acquire(task);
        int slot = slotFor(frame);
        if (slot == NONE || frames[slot] != frame || users[slot] == 0) {
            throw new KernelBug("kunmap", "not_mapped");
        }
        users[slot]--;
        boolean wake = users[slot] == 0 && waiting.isActive(task);
        windowLock.release(task);
        if (wake) {
            waiting.wakeUp(null, null, task);
        }
    }
}
