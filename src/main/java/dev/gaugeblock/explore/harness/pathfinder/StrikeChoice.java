package dev.gaugeblock.explore.harness.pathfinder;

import dev.gaugeblock.explore.harness.Outcome;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.program.Handling;
import dev.gaugeblock.explore.harness.program.Program;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Decides how often a handler strikes, where its test leaves that open, before any program has begun: for Java
 * PathFinder, each number is a choice as those of threads are.
 */
final class StrikeChoice {
    private StrikeChoice() {}

    /**
     * Decides on all handlers.
     *
     * @param narrator prints the path: one step for each strike that is open, up to one that does not come; {@code
     *     null} if nobody reads it
     */
    static void decideOwned(ProgramThread[] threads, Simulation simulation, @Nullable PathfinderScheduler narrator) {
        for (int i = 0; i < threads.length; i++) {
            if (threads[i].task.inInterrupt) {
                Program program = simulation.program(threads[i].program);
                int times = of(program.handling);
                threads[i].willStrike(times, program.handling.interruptible);
                for (int more = program.handling.least; narrator != null && more < program.handling.most; more++) {
                    if (more <= times) {
                        PathfinderScheduler.print("@memory " + Outcome.memory(simulation));
                        tellOwned(threads[i], program.title(), more < times, narrator);
                    }
                }
            }
        }
    }

    private static void tellOwned(ProgramThread handler, String title, boolean comes, PathfinderScheduler narrator) {
        if (comes) {
            narrator.stepOwned(handler, "one more strike to come of " + title);
        } else {
            PathfinderScheduler.print("@away");
            narrator.stepOwned(handler, "no more strike to come of " + title);
        }
    }

    /**
     * How often it strikes.
     *
     * @return {@link Handling#least} to {@link Handling#most}; in each path another
     */
    // It is static, and gives an int.
    @SuppressWarnings({"nullness:argument", "nullness:unboxing.of.nullable"})
    private static int of(Handling often) {
        if (!often.isOpen()) {
            return often.least;
        }
        try {
            Class<?> verify = Class.forName("gov.nasa.jpf.vm.Verify");
            Object chosen = verify.getMethod("getInt", int.class, int.class).invoke(null, often.least, often.most);
            return (Integer) chosen;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Java PathFinder gives no choice of numbers", e);
        }
    }
}
