import dev.gaugeblock.api.MachineDescription;
import dev.gaugeblock.api.Subject;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;

/** Single frames from a shelf, the lowest first. */
public final class ShelfAllocator implements Subject {
    private Shelf shelf;

    @Override
    public void boot(MachineDescription machine, Cpu[] cpus, Scheduler scheduler) {
        shelf = new Shelf(new SpinLock("shelf.lock", SpinLock.IRQ_SAFE, scheduler), machine.endFrame());
        for (int frame = 0; frame < machine.endFrame(); frame++) {
            if (machine.isUsable(frame)) {
                shelf.free[frame] = true;
                shelf.count += 1;
            }
        }
    }

    @Override
    public int alloc(int gfp, int order, Task task) {
        if (order > 0) {
            return NONE;
        }
        boolean were = task.cpu.interrupts.save(task);
        shelf.lock.acquire(task);
        int found = NONE;
        for (int frame = shelf.lowest; frame < shelf.free.length && found == NONE; frame++) {
            if (shelf.free[frame]) {
                shelf.free[frame] = false;
                shelf.taken[frame] = true;
                shelf.count--;
                found = frame;
            }
        }
        shelf.lowest = found == NONE ? shelf.free.length : found + 1;
        shelf.lock.release(task);
        task.cpu.interrupts.restore(were, task);
        return found;
    }

    @Override
    public void free(int first, int order, Task task) {
        boolean were = task.cpu.interrupts.save(task);
        shelf.lock.acquire(task);
        shelf.free[first] = true;
        shelf.taken[first] = false;
        shelf.count++;
        shelf.lowest = Math.min(shelf.lowest, first);
        shelf.lock.release(task);
        task.cpu.interrupts.restore(were, task);
    }
}
