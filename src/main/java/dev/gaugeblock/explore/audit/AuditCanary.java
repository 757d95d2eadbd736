package dev.gaugeblock.explore.audit;

import dev.gaugeblock.explore.execution.AuditRule;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.harness.LitmusOperation;
import dev.gaugeblock.explore.harness.Program;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.Turnstile;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.machine.SequentialScheduler;

/** A seeded defect that every audited run must find before its silence counts: a section for one that nothing guards. */
public final class AuditCanary {
    private AuditCanary() {}

    /**
     * What the audit fails to see, empty if it sees everything.
     *
     * @param test any test of two programs, one on each of two CPUs; it must have been explored under the audit
     */
    public static String sings(LitmusTest test) {
        if (Audit.accesses() == 0) {
            return "the audit's canary was not found: of an exploration, not one access was judged";
        }
        Simulation simulation = new Simulation(
                test.machine(),
                new LitmusOperation[0],
                test.programs().toArray(new Program[0]),
                test.variables().size(),
                new SequentialScheduler());
        Recorder recorder = (Recorder) Audit.begin().watch(false);
        recorder.boots();
        recorder.begins(simulation);
        Turnstile turnstile = new Turnstile();
        for (int program = 0; program < 2; program++) {
            recorder.starts(program);
            turnstile.begins(program, simulation.program(program).operation(0));
            recorder.rests();
        }
        Violation found = recorder.ended();
        return found != null
                        && found.id().equals(AuditRule.UNANNOUNCED_ACCESS.id())
                        && found.message().contains("Turnstile.inside")
                ? ""
                : "the audit's canary was not found: two programs in a section for one, in a plain field, passed";
    }
}
