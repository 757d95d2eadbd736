package dev.gaugeblock.api;

import dev.gaugeblock.defects.PatchedProgram;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How litmus tests are explored: every interleaving, on the reference or on somebody's allocator.
 *
 * <p>An object of this class is not changed by what is called on it: each method that sets something gives another.
 */
public final class Exploring {
    /** Which executions are tried. None of them leaves out one that could make a difference. */
    public enum Reduction {
        /** Every schedule. */
        NONE("none"),
        /** One of each class of schedules that can make a difference. */
        DPOR("dpor"),
        /** Likewise, and never again from a state that was seen before. */
        DPOR_CACHE("dpor+cache");

        private final String option;

        Reduction(String option) {
            this.option = option;
        }
    }

    /** What a CPU sees of the stores of another. */
    public enum Memory {
        /** All see every store at once. */
        SC("sc"),
        /** A plain store waits in its CPU's store buffer, while later loads go ahead. */
        X86_TSO("x86-tso");

        private final String option;

        Memory(String option) {
            this.option = option;
        }
    }

    /** What a test is held to. */
    public enum Expecting {
        /** What any correct allocator keeps to. */
        CONTRACT,
        /** Also the sometimes, never, outcomes and known-bad of the test. */
        LINUX
    }

    private final @Nullable Class<?> allocator;
    private final Reduction reduction;
    private final Memory memory;
    private final String budget;
    private final Expecting expecting;
    private final boolean isAudited;
    private final boolean isShortened;
    private final @Nullable PatchedProgram program;
    private final LongConsumer listener;

    private Exploring(
            @Nullable Class<?> allocator,
            Reduction reduction,
            Memory memory,
            String budget,
            Expecting expecting,
            boolean isAudited,
            boolean isShortened,
            @Nullable PatchedProgram program,
            LongConsumer listener) {
        this.allocator = allocator;
        this.reduction = reduction;
        this.memory = memory;
        this.budget = budget;
        this.expecting = expecting;
        this.isAudited = isAudited;
        this.isShortened = isShortened;
        this.program = program;
        this.listener = listener;
    }

    /**
     * On the reference, by {@link Reduction#DPOR}, without a bound, not audited, held to all that tests expect.
     *
     * @return how the reference is explored
     */
    public static Exploring reference() {
        return new Exploring(null, Reduction.DPOR, Memory.SC, "", Expecting.LINUX, false, true, null, executions -> {});
    }

    /**
     * On somebody's allocator, a new one for each execution; by {@link Reduction#DPOR}, without a bound, audited, held
     * to the contract. The audit loads the class and those beside it once more, so what their static fields hold in
     * the calling program is not seen.
     *
     * @param allocator implements {@link Subject} or {@link FreeLists}
     * @return how it is explored
     */
    public static Exploring allocator(Class<?> allocator) {
        return new Exploring(
                allocator, Reduction.DPOR, Memory.SC, "", Expecting.CONTRACT, true, true, null, executions -> {});
    }

    /**
     * By another reduction.
     *
     * @param other which executions are tried
     * @return the same otherwise
     */
    public Exploring by(Reduction other) {
        return new Exploring(allocator, other, memory, budget, expecting, isAudited, isShortened, program, listener);
    }

    /**
     * On a machine with another memory; without this, {@link Memory#SC}.
     *
     * @param other what a CPU sees of the stores of another
     * @return the same otherwise
     */
    public Exploring under(Memory other) {
        return new Exploring(allocator, reduction, other, budget, expecting, isAudited, isShortened, program, listener);
    }

    /**
     * With a bound for each test: a number of executions, or a time as {@code 30s}, {@code 5m}, {@code 2h}. A test that
     * needs more is {@link Explored.Verdict#INCONCLUSIVE}.
     *
     * @param other the bound
     * @return the same otherwise
     * @throws IllegalArgumentException when something is explored, if it is neither
     */
    public Exploring within(String other) {
        return new Exploring(allocator, reduction, memory, other, expecting, isAudited, isShortened, program, listener);
    }

    /**
     * Held to something else.
     *
     * @param other what tests are held to
     * @return the same otherwise
     */
    public Exploring expecting(Expecting other) {
        return new Exploring(allocator, reduction, memory, budget, other, isAudited, isShortened, program, listener);
    }

    /**
     * Whether each execution is also held against the rules that make "every interleaving" true.
     *
     * @param is whether it is audited
     * @return the same otherwise
     */
    public Exploring audited(boolean is) {
        return new Exploring(allocator, reduction, memory, budget, expecting, is, isShortened, program, listener);
    }

    /**
     * Tells somebody now and then, from another thread, how many executions have begun.
     *
     * @param executions is called with their number
     * @return the same otherwise
     */
    public Exploring telling(LongConsumer executions) {
        return new Exploring(
                allocator, reduction, memory, budget, expecting, isAudited, isShortened, program, executions);
    }

    /**
     * With counterexamples as they are found: for many tests of which the verdicts matter, as it is the search for a
     * shorter one that takes most of the time.
     *
     * @return the same otherwise
     */
    public Exploring withoutShortening() {
        return new Exploring(allocator, reduction, memory, budget, expecting, isAudited, false, program, listener);
    }

    /**
     * On the reference with a defect in it. The program is loaded once more for that, with assertions on, and stays
     * loaded as long as what this returns: make one for many tests. It takes the place of an allocator.
     *
     * @param classFiles as {@link SeededDefects#classFiles} has them; without any, it is the sound reference
     * @return the same otherwise
     */
    public Exploring seeded(Map<String, byte[]> classFiles) {
        PatchedProgram copy = new PatchedProgram(new HashMap<>(classFiles));
        return new Exploring(null, reduction, memory, budget, expecting, isAudited, isShortened, copy, listener);
    }

    /**
     * Explores a test.
     *
     * @param test what the programs of the machine do
     * @return what was found
     * @throws IllegalArgumentException if the allocator is none, the bound cannot be read, or a seeded defect is to be
     *     audited
     */
    public Explored explore(Litmus test) {
        ExplorationCall call = new ExplorationCall(
                test.file(),
                test.text(),
                allocator == null ? "" : allocator.getName(),
                reduction.option,
                memory.option,
                budget,
                expecting == Expecting.CONTRACT,
                isShortened);
        if (program != null) {
            if (isAudited) {
                throw new IllegalArgumentException("a seeded defect is explored without the audit: say audited(false)");
            }
            return new Explored(call.in(program, listener));
        }
        return new Explored(isAudited ? call.audited(listener) : call.run(allocator, listener));
    }
}
