package dev.gaugeblock.machine;

/**
 * A part of the machine that can say what state it is in. Two parts that write the same numbers behave alike from then
 * on, whatever happens around them. What only messages and statistics show is not written.
 */
public interface Stateful {
    /**
     * Writes the state, with a length or an end mark where its parts vary in number. Changes nothing, and is no
     * scheduling point.
     *
     * @param out gets the numbers
     */
    void writeState(StateSink out);
}
