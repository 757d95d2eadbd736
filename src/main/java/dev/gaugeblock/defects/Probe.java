package dev.gaugeblock.defects;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * An engine as it runs inside the program with a defect. Implementations have a public constructor without parameters,
 * and are loaded anew for each defect, beside its classes; only strings and this package's records cross over.
 */
public interface Probe extends Closeable {
    /** Names of everything that this engine can run, sorted. */
    List<String> subjects() throws IOException;

    /**
     * Runs one of them.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    Trial run(String subject) throws IOException;

    /** Leaves nothing behind. */
    @Override
    default void close() throws IOException {}
}
