package dev.gaugeblock.explore.audit;

import dev.gaugeblock.explore.execution.AuditRule;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.Trespasses;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.state.Step;
import dev.gaugeblock.machine.SequentialScheduler;
import java.util.Set;
import java.util.TreeSet;

/**
 * Seeded defects that every audited run must find before its silence counts: for each rule one that it names, and no
 * other. The programs do nothing here; what they would be told to have done is {@link Trespasses}.
 */
public final class AuditCanary {
    private static final LitmusTest TEST = LitmusParser.parse(
            "canary.litmus",
            """
            litmus audit-canary
            "Two programs, and a handler on the CPU of the first."
            machine
              cpus 2
              zone DMA 8
              boot none
              spinlock A
            cpu 0
              lock A
              unlock A
            cpu 1
              lock A
              unlock A
            irq 0
              drain
            """);

    private static final int FIRST = 0;
    private static final int SECOND = 1;
    private static final int HANDLER = 2;

    private final Audit audit = Audit.ofAll();
    private Recorder recorder;
    private Simulation simulation;
    private Trespasses trespasses;

    @SuppressWarnings("nullness:initialization.fields.uninitialized") // begin() sets them.
    private AuditCanary() {
        audit.begins(TEST, true);
    }

    /** What the audit fails to see, empty if it sees everything; something must have been explored under it. */
    public static String sings() {
        if (Audit.accesses() == 0) {
            return "the audit's canary was not found: of an exploration, not one access was judged";
        }
        for (AuditRule rule : AuditRule.values()) {
            Set<String> named = new AuditCanary().named(rule);
            if (named.size() != 1 || !named.iterator().next().startsWith(rule.id() + " ")) {
                return "the audit's canary of " + rule.id() + " was not found: it named " + named + " instead";
            }
        }
        return "";
    }

    /** What the audit names where a rule is broken. */
    private Set<String> named(AuditRule rule) {
        begin();
        switch (rule) {
            case UNANNOUNCED_ACCESS -> {
                starts(FIRST).count();
                starts(SECOND).count();
            }
            case WORD_MISUSED -> starts(FIRST).looksAtWord();
            case GHOST_READ -> starts(FIRST).goesByGhost();
            case UNHASHED_STATE -> {
                operate().count();
                recorder.operationEnds(SECOND);
                recorder.hashes(); // Nobody writes the field into the key.
                recorder.looked();
                operate().count();
            }
            case STRIKABLE_IN_BETWEEN -> {
                strikes().count();
                recorder.ended();
                begin();
                goesOn(FIRST, 0).count();
                strikes().count();
            }
        }
        recorder.rests();
        recorder.ended();
        return new TreeSet<>(audit.findings().keySet());
    }

    /** An execution begins. */
    private void begin() {
        recorder = (Recorder) audit.watch(false);
        recorder.boots();
        SequentialScheduler scheduler = new SequentialScheduler();
        trespasses = new Trespasses(scheduler);
        simulation = TEST.boot(scheduler);
        recorder.begins(simulation);
    }

    private Trespasses starts(int program) {
        recorder.rests();
        recorder.starts(program);
        return trespasses;
    }

    private Trespasses goesOn(int program, int cpu) {
        return steps(new Step(program, Step.Kind.WINDOW, "", cpu));
    }

    /** The handler strikes. */
    private Trespasses strikes() {
        return steps(new Step(HANDLER, Step.Kind.INTERRUPT, "", 0));
    }

    private Trespasses steps(Step step) {
        recorder.rests();
        recorder.steps(step.task(), step, null, null, null);
        return trespasses;
    }

    /** The second program begins an operation, and takes a step in it. */
    private Trespasses operate() {
        recorder.operationBegins(SECOND, simulation.program(SECOND).operation(0));
        recorder.looked();
        return goesOn(SECOND, -1);
    }
}
