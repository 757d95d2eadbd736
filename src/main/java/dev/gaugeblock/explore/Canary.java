package dev.gaugeblock.explore;

import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.harness.InvariantChecker;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.condition.Always;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.machine.SequentialScheduler;

/**
 * Two seeded defects that every exploration run must find before it may say that anything holds: a deadlock that only
 * some interleavings meet, and a free-page count that is wrong. They need little of the allocator, so that a defect in
 * the allocator is found by the tests and not here.
 */
public final class Canary {
    private static final String DEADLOCK =
            """
            litmus canary
            "Two locks, taken in two orders."
            machine
              cpus 2
              zone DMA 8
              boot none
              spinlock A
              spinlock B
            cpu 0
              lock A
              lock B
              unlock B
              unlock A
            cpu 1
              lock B
              lock A
              unlock A
              unlock B
            """;

    private static final String HARMLESS =
            """
            litmus canary
            "Two CPUs take a lock each, one after the other."
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
            """;

    private Canary() {}

    /** Two locks, taken in two orders: some interleavings end in a deadlock. */
    public static LitmusTest deadlock() {
        return LitmusParser.parse("canary.litmus", DEADLOCK);
    }

    /** Nothing goes wrong in this one, unless the engine adds it. */
    public static LitmusTest harmless() {
        return LitmusParser.parse("canary.litmus", HARMLESS);
    }

    /** What the given explorer failed to find, or empty if it found everything. */
    public static String sings(Explorer explorer) {
        Exploration exploration = explorer.explore(deadlock());
        boolean found = exploration
                .counterexample()
                .filter(shown -> shown.violationId().equals(Violation.DEADLOCK))
                .isPresent();
        if (!found) {
            return "the canary was not found: two locks taken in two orders, and no deadlock was seen";
        }
        return miscount();
    }

    /** What the check of invariants failed to find, or empty if it found the wrong count. */
    public static String miscount() {
        return miscountFound() ? "" : "the canary was not found: a wrong free-page count passed the invariants";
    }

    private static boolean miscountFound() {
        Simulation simulation = new Simulation(
                deadlock().machine(),
                new LitmusOperation[0],
                new Program[0],
                new String[0],
                Always.NOTHING,
                new SequentialScheduler());
        simulation.allocator().memory().zone(0).counts.freePages.init(7);
        try {
            new InvariantChecker(true).check(simulation);
            return false;
        } catch (InvariantBroken broken) {
            return broken.id.equals("free-pages-sum");
        }
    }
}
