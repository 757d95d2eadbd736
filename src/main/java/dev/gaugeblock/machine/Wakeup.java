package dev.gaugeblock.machine;

/** What a sleeping task waits for. Other tasks make it come true. */
public interface Wakeup {
    /** Whether the task may go on. Changes nothing. */
    boolean isDue();

    /** What must be written for it to come true, as in {@link Scheduler#beforeAccess}. */
    Object word();

    /** What is waited for, for messages: "memory to be freed". */
    String what();

    /**
     * Whether it is in order if this never comes: the sleeper is a daemon without work. Such a sleep is no deadlock.
     */
    default boolean mayNeverCome() {
        return false;
    }
}
