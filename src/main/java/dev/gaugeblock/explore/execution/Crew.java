package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.carriers.Carriers;
import java.util.function.Consumer;

/** The carriers of the programs of one execution: each is launched when it is to go on first, and all end with it. */
final class Crew {
    /** In the place of a program: nobody goes on. */
    static final int END = Carriers.CONTROLLER;

    private final Carriers carriers;
    private final RunQueue programs;
    private final Consumer<ProgramRun> job;
    private boolean aborting;

    /**
     * The crew of programs of which none has begun.
     *
     * @param job what a carrier does with its program
     */
    Crew(Carriers carriers, RunQueue programs, Consumer<ProgramRun> job) {
        this.carriers = carriers;
        this.programs = programs;
        this.job = job;
    }

    /** Has a program run, if any, from its beginning or its point, until somebody lets the controller go on. */
    void resume(int index) {
        if (index != END) {
            launchIfNew(index);
            carriers.resume(index);
        }
    }

    /** The running program stands at a point, and lets another go on; it returns when it is chosen itself. */
    void handOn(int next, int self) {
        launchIfNew(next);
        carriers.yieldTo(next, self);
        if (aborting) {
            throw new ProgramRun.Aborted();
        }
    }

    /** The last thing that a program does: it lets another go on. */
    void endWith(int next) {
        launchIfNew(next);
        carriers.endWith(next);
    }

    private void launchIfNew(int index) {
        if (index != END && !programs.program(index).started) {
            ProgramRun program = programs.program(index);
            program.started = true;
            carriers.assign(index, () -> job.accept(program));
        }
    }

    /** Ends the programs that stand at a point: their carriers are free then. */
    void unwind(Consumer<ProgramRun> beforeEach) {
        aborting = true;
        for (int i = 0; i < programs.length(); i++) {
            if (programs.program(i).isUnderWay()) {
                beforeEach.accept(programs.program(i));
                carriers.resume(i);
            }
        }
    }
}
