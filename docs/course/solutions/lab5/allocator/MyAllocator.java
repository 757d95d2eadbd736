import dev.gaugeblock.api.MachineDescription;
import dev.gaugeblock.api.Subject;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;

/**
 * A bitmap under a lock, and for each CPU a few single frames of its own, which it takes and puts with no lock, only
 * with its interrupts off: a handler that allocates must not strike in between.
 */
public final class MyAllocator implements Subject, Subject.Draining {
    private static final int MOST_CACHED = 2;

    private MachineDescription machine;
    private SpinLock lock;
    /** Guarded by the lock. */
    private boolean[] free;

    private Cache[] caches;

    /** What a CPU has for itself; touched by that CPU alone, with its interrupts off. */
    private static final class Cache {
        private final int[] frames = new int[MOST_CACHED];
        private int count;

        @Invariant(id = "cache-count", says = "A cache has room for what it holds.", guardedBy = Invariant.IDLE)
        String countInBounds() {
            return count >= 0 && count <= MOST_CACHED ? null : "a cache of " + MOST_CACHED + " holds " + count;
        }
    }

    @Override
    public void boot(MachineDescription description, Cpu[] cpus, Scheduler scheduler) {
        machine = description;
        lock = new SpinLock("pool.lock", SpinLock.IRQ_SAFE, scheduler);
        free = new boolean[machine.endFrame()];
        for (int frame = 0; frame < free.length; frame++) {
            free[frame] = machine.isUsable(frame);
        }
        caches = new Cache[cpus.length];
        for (int cpu = 0; cpu < caches.length; cpu++) {
            caches[cpu] = new Cache();
        }
    }

    @Override
    public int alloc(int gfp, int order, Task task) {
        boolean were = task.cpu.interrupts.save(task);
        int found = order == 0 ? cached(gfp, task) : NONE;
        if (found == NONE) {
            lock.acquire(task);
            found = take(gfp, order, task);
            lock.release(task);
        }
        task.cpu.interrupts.restore(were, task);
        return found;
    }

    /** The frame that was put last, if the request permits its zone. */
    private int cached(int gfp, Task task) {
        Cache cache = caches[task.cpu.id];
        if (cache.count == 0) {
            return NONE;
        }
        int frame = cache.frames[cache.count - 1];
        for (int zone : machine.zonesFor(gfp, task.cpu.node)) {
            if (machine.zone(zone).spans(frame)) {
                cache.count--;
                return frame;
            }
        }
        return NONE;
    }

    private int take(int gfp, int order, Task task) {
        int frames = 1 << order;
        for (int index : machine.zonesFor(gfp, task.cpu.node)) {
            int end = machine.zone(index).first() + machine.zone(index).frames();
            for (int at = machine.zone(index).first(); at + frames <= end; at += frames) {
                if (isFree(at, frames)) {
                    set(at, frames, false);
                    return at;
                }
            }
        }
        return NONE;
    }

    private boolean isFree(int first, int frames) {
        for (int frame = first; frame < first + frames; frame++) {
            if (!free[frame]) {
                return false;
            }
        }
        return true;
    }

    private void set(int first, int frames, boolean value) {
        for (int frame = first; frame < first + frames; frame++) {
            free[frame] = value;
        }
    }

    @Override
    public void free(int first, int order, Task task) {
        boolean were = task.cpu.interrupts.save(task);
        Cache cache = caches[task.cpu.id];
        if (order == 0 && cache.count < MOST_CACHED) {
            cache.frames[cache.count++] = first;
        } else {
            giveBack(first, order, task);
        }
        task.cpu.interrupts.restore(were, task);
    }

    private void giveBack(int first, int order, Task task) {
        lock.acquire(task);
        set(first, 1 << order, true);
        lock.release(task);
    }

    @Override
    public void drain(Task task) {
        boolean were = task.cpu.interrupts.save(task);
        Cache cache = caches[task.cpu.id];
        while (cache.count > 0) {
            giveBack(cache.frames[--cache.count], 0, task);
        }
        task.cpu.interrupts.restore(were, task);
    }
}
