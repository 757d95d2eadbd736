import dev.gaugeblock.api.MachineDescription;
import dev.gaugeblock.api.Subject;
import dev.gaugeblock.api.ZoneDescription;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;

/** The bitmap allocator with a mistake: free does not take the lock. */
public final class BitmapAllocator implements Subject, Subject.Counting {
    private MachineDescription machine;
    private SpinLock lock;
    /** Guarded by the lock. */
    private boolean[] free;
    /** Free frames, by zone; guarded by the lock. */
    private int[] freeFrames;

    @Override
    public void boot(MachineDescription description, Cpu[] cpus, Scheduler scheduler) {
        machine = description;
        lock = new SpinLock("bitmap.lock", SpinLock.IRQ_SAFE, scheduler);
        free = new boolean[machine.endFrame()];
        freeFrames = new int[machine.zones()];
        for (int frame = 0; frame < free.length; frame++) {
            if (machine.isUsable(frame)) {
                free[frame] = true;
                freeFrames[machine.zoneOf(frame)]++;
            }
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

    private int takeLocked(int[] zones, int frames) {
        for (int index : zones) {
            ZoneDescription zone = machine.zone(index);
            for (int at = zone.first(); at + frames <= zone.first() + zone.frames(); at += frames) {
                if (isFreeLocked(at, frames)) {
                    setLocked(index, at, frames, false);
                    return at;
                }
            }
        }
        return NONE;
    }

    private boolean isFreeLocked(int first, int frames) {
        for (int frame = first; frame < first + frames; frame++) {
            if (!free[frame]) {
                return false;
            }
        }
        return true;
    }

    private void setLocked(int zone, int first, int frames, boolean value) {
        for (int frame = first; frame < first + frames; frame++) {
            free[frame] = value;
        }
        freeFrames[zone] += value ? frames : -frames;
    }

    @Override
    public void free(int first, int order, Task task) {
        setLocked(machine.zoneOf(first), first, 1 << order, true);
    }

    @Override
    public int freeFrames(int zone) {
        return freeFrames[zone];
    }

    @Invariant(id = "bitmap-counts", says = "The count of a zone is the number of its bits.", guardedBy = "lock")
    String countsAreRight() {
        for (int index = 0; index < machine.zones(); index++) {
            ZoneDescription zone = machine.zone(index);
            int counted = 0;
            for (int frame = zone.first(); frame < zone.first() + zone.frames(); frame++) {
                counted += free[frame] ? 1 : 0;
            }
            if (counted != freeFrames[index]) {
                return zone + " has " + counted + " free frames, its count says " + freeFrames[index];
            }
        }
        return null;
    }
}
