package dev.gaugeblock.machine;

/** Takes the numbers that describe a state, in an order that depends on the state alone. */
public interface StateSink {
    /**
     * The next number.
     *
     * @param value any number
     */
    void put(long value);

    /**
     * A task that the state names, as one that stands in a queue. What stands for it is for the sink to say.
     *
     * @param task which one
     */
    void name(Task task);
}
