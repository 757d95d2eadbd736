package dev.gaugeblock.machine;

/** Takes the numbers that describe a state, in an order that depends on the state alone. */
public interface StateSink {
    /** The next number. */
    void put(long value);
}
