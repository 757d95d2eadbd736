package dev.gaugeblock.defects;

import dev.gaugeblock.report.result.Case;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * An engine as it runs inside the program with a defect. Implementations have a public constructor without parameters,
 * and are loaded anew for each defect, beside its classes; only strings, results and this package's records cross over.
 */
public interface Probe extends Closeable {
    /** Names of everything that this engine can run, sorted. */
    List<String> subjects() throws IOException;

    /**
     * Runs one of them.
     *
     * @param again the command that runs a schedule of it again, up to the schedule
     * @throws IllegalArgumentException if there is none of that name
     */
    Trial run(String subject, String again) throws IOException;

    /**
     * Runs one of them that is there to show a bug of the reference, in a program that has it mended.
     *
     * @return found, with the id {@link Defect#HOLDS}, if it holds
     */
    default Trial mended(String subject, String again) throws IOException {
        throw new IllegalArgumentException("only the built-in explorer runs what a fix mends");
    }

    /**
     * Runs one schedule of one of them.
     *
     * @param again as for {@link #run}
     * @throws IllegalArgumentException if there is none of that name, the schedule is none of it, or this engine has no
     *     schedules
     */
    default Case replay(String subject, String schedule, String again) throws IOException {
        throw new IllegalArgumentException("only the built-in explorer runs schedules again");
    }

    /**
     * The same engine on a machine with another memory.
     *
     * @param memory name of a {@link dev.gaugeblock.explore.state.MemoryModel}
     * @throws IllegalArgumentException if this engine knows only sequentially consistent memory
     */
    default Probe under(String memory) {
        throw new IllegalArgumentException("only the built-in explorer knows another memory than sc");
    }

    /**
     * The same engine on somebody's litmus tests in place of the shipped ones.
     *
     * @param folder where they lie
     * @param without ids of the invariants that are switched off
     * @param budget what each test may take, as {@code --budget} has it; empty for no bound
     * @throws IllegalArgumentException if this engine runs no litmus tests
     */
    default Probe on(String folder, List<String> without, String budget) {
        throw new IllegalArgumentException("only the built-in explorer runs tests of somebody's own");
    }

    /** Leaves nothing behind. */
    @Override
    default void close() throws IOException {}
}
