package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.harness.ProgramListener;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.state.Observations;
import dev.gaugeblock.machine.Stateful;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Tells whoever follows an execution which operation its steps belong to. */
final class OperationRecorder implements ProgramListener {
    private final RunQueue programs;
    private final Observations observations;
    private final Execution execution;
    private final Watcher watcher;

    OperationRecorder(RunQueue programs, Observations observations, Execution execution, Watcher watcher) {
        this.programs = programs;
        this.observations = observations;
        this.execution = execution;
        this.watcher = watcher;
    }

    @Override
    public void begins(int program, LitmusOperation operation) {
        watcher.rests();
        execution.begins(program, operation);
        watcher.operationBegins(program, operation);
        observations.begins(program);
        watcher.looked();
        programs.program(program).begun = operation.text;
        watcher.goesOn();
    }

    /** A method of a program begins, and looks into something that a lock guards, or nothing ({@code null}). */
    void asks(int program, @Nullable Stateful guarded) {
        watcher.rests();
        watcher.sees(program);
        observations.asks(program, guarded);
        watcher.looked();
        watcher.goesOn();
    }

    @Override
    public void ended(int program, LitmusOperation operation, String result) {
        watcher.rests();
        execution.ended(program, operation, result);
        observations.ends(program);
        watcher.operationEnds(program);
        watcher.goesOn();
    }
}
