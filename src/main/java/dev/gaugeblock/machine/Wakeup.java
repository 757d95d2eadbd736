package dev.gaugeblock.machine;

/** What a sleeping task waits for. Other tasks make it come true. */
public interface Wakeup {
    /** {@return whether the task may go on} Changes nothing. */
    boolean isDue();

    /** {@return what must be written for it to come true, as in {@link Scheduler#beforeAccess}} */
    Object word();

    /** {@return what is waited for, for messages: "memory to be freed"} */
    String what();

    /**
     * {@return whether it is in order if this never comes: the sleeper is a daemon without work} Such a sleep is no
     * deadlock.
     */
    default boolean mayNeverCome() {
        return false;
    }
}
