package dev.gaugeblock.machine;

/**
 * The interrupt flag of one CPU. While it is off, nothing else runs on that CPU: it is the "lock" of the CPU's own lists.
 *
 * <p>{@link #save} and {@link #restore} nest, as {@code local_irq_save} and {@code local_irq_restore} do.
 */
public final class Interrupts {
    private final Cpu cpu;
    private final Scheduler scheduler;
    private boolean on = true;

    Interrupts(Cpu cpu, Scheduler scheduler) {
        this.cpu = cpu;
        this.scheduler = scheduler;
    }

    /** Turns interrupts off and returns whether they were on, for {@link #restore}. */
    public boolean save(Task task) {
        requireOwn(task);
        return turnOffOwned();
    }

    /** Puts back what {@link #save} returned. Turning interrupts on is a scheduling point: one may strike at once. */
    public void restore(boolean was, Task task) {
        requireOwn(task);
        putBackOwned(was);
        if (was) {
            scheduler.interruptsEnabled(cpu, task);
        }
    }

    private boolean turnOffOwned() {
        boolean was = on;
        on = false;
        return was;
    }

    private void putBackOwned(boolean was) {
        on = was;
    }

    /** Whether interrupts are off, that is, whether the CPU's own data may be touched by the task that runs on it. */
    public boolean areOff() {
        return !on;
    }

    /** For schedulers: an interrupt handler begins (off) or has ended (on). */
    public void set(boolean value) {
        on = value;
    }

    private void requireOwn(Task task) {
        if (task.cpu != cpu) {
            throw new LockMisuse(task + " changes the interrupt flag of " + cpu + ", but it runs on " + task.cpu);
        }
    }
}
