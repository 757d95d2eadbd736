package dev.gaugeblock.explore.harness.pathfinder;

import dev.gaugeblock.explore.harness.ProgramListener;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.Turnstile;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import java.util.Arrays;

/**
 * The main class of a Java PathFinder run: one litmus test, in the form of {@link LitmusDecoder}, one argument a line.
 *
 * <p>It prints a line {@code @outcome} for each way an execution ended. Violations are uncaught exceptions and
 * deadlocks, which Java PathFinder reports.
 */
public final class Pathfinder {
    /** As the last argument: every step of the path is printed as well. */
    public static final String NARRATED = "narrated";

    /** As the last argument: the programs pass a section that nothing guards, and must be caught at it. */
    public static final String UNGUARDED = "unguarded";

    private Pathfinder() {}

    /** Runs the litmus test. */
    public static void main(String[] args) {
        requirePathfinder();
        String last = args.length == 0 ? "" : args[args.length - 1];
        boolean narrated = last.equals(NARRATED);
        boolean unguarded = last.equals(UNGUARDED);
        String[] lines = new String[args.length - (narrated || unguarded ? 1 : 0)];
        System.arraycopy(args, 0, lines, 0, lines.length);
        ProgramListener listener = narrated ? new Narrator() : unguarded ? new Turnstile() : new Silent();
        PathfinderScheduler scheduler = boot(new LitmusDecoder(lines, narrated), listener, narrated);
        Arrays.fill(args, null); // or else they are a part of every state
        scheduler.start();
    }

    private static PathfinderScheduler boot(LitmusDecoder test, ProgramListener listener, boolean narrated) {
        PathfinderScheduler scheduler = new PathfinderScheduler(test.variables(), listener, narrated);
        try {
            Simulation booted = new Simulation(
                    test.machine(), test.before(), test.programs(), test.variables(), test.always(), scheduler);
            booted.endWith(test.after());
            scheduler.prepare(booted);
        } catch (InvariantBroken broken) {
            scheduler.brokenOwned(broken);
            throw broken;
        }
        return scheduler;
    }

    /** JPF's library of modelled classes is on no ordinary class path, and its {@code Verify} knows who runs it. */
    // It is static, and gives a boolean.
    @SuppressWarnings({"nullness:argument", "nullness:unboxing.of.nullable"})
    private static void requirePathfinder() {
        boolean inside;
        try {
            Class<?> verify = Class.forName("gov.nasa.jpf.vm.Verify");
            inside = (Boolean) verify.getMethod("isRunningInJPF").invoke(null);
        } catch (ReflectiveOperationException e) {
            inside = false;
        }
        if (!inside) {
            throw new IllegalStateException("this class runs under Java PathFinder alone; elsewhere it would hang."
                    + " Use: gaugeblock explore --engine jpf");
        }
    }
}
