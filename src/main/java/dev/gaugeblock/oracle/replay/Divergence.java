package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.mm.Zone;
import java.util.List;

/**
 * Where a file and the reference part: the first answer in the file that differs from the reference's.
 *
 * @param line of the file, from 1
 * @param event number of the event, from 0
 * @param operation the event as the file has it, without its answers
 * @param field the answer, and the place in it
 * @param expected what the file says, as JSON, or "nothing"
 * @param actual what the reference says, likewise
 * @param zones the zones concerned as they are in the reference after the event
 * @param cpus how many CPUs the machine has
 */
public record Divergence(
        long line,
        long event,
        String operation,
        String field,
        String expected,
        String actual,
        List<Zone> zones,
        int cpus) {}
