package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.program.LitmusOperation;

/** Hears of the operations of running programs, each on the program's own thread. */
public interface ProgramListener {
    void begins(int program, LitmusOperation operation);

    /** The operation is done; {@code result} is what it gave, or empty. */
    void ended(int program, LitmusOperation operation, String result);
}
