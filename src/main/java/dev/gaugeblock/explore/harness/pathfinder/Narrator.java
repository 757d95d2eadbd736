package dev.gaugeblock.explore.harness.pathfinder;

import dev.gaugeblock.explore.harness.ProgramListener;
import dev.gaugeblock.explore.harness.program.LitmusOperation;

/** For the telling of a path that went wrong: prints where operations begin, and what came of them. */
final class Narrator implements ProgramListener {
    @Override
    public void begins(int program, LitmusOperation operation) {
        System.out.println("@begins " + program + " " + operation.text);
    }

    @Override
    public void ended(int program, LitmusOperation operation, String result) {
        System.out.println("@note " + operation.text + (result.isEmpty() ? ": done" : " gives " + result));
        System.out.println("@ended " + program);
    }
}
