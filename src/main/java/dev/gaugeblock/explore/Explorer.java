package dev.gaugeblock.explore;

import dev.gaugeblock.explore.audit.Audit;
import dev.gaugeblock.explore.carriers.Carriers;
import dev.gaugeblock.explore.harness.InvariantChecker;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.search.Checkpoint;
import dev.gaugeblock.explore.search.CheckpointException;
import dev.gaugeblock.explore.search.CheckpointLock;
import dev.gaugeblock.explore.state.MemoryModel;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.state.Symmetry;
import dev.gaugeblock.explore.story.Counterexample;
import dev.gaugeblock.explore.story.Minimiser;
import dev.gaugeblock.mm.PageAllocator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The built-in engine: explores one litmus test at a time, depth first, from a fresh machine for each schedule. */
public final class Explorer implements AutoCloseable {
    final Carriers carriers;
    final InvariantChecker checker = new InvariantChecker(true);
    private final Reduction reduction;
    final boolean collectClasses;
    final Function<LitmusTest, Symmetry> symmetries;
    final Budget budget;

    @Nullable
    Audit audit;

    private boolean heedsTests;
    MemoryModel memory = MemoryModel.SC;
    volatile boolean interrupted;
    private volatile boolean isAsked;
    private volatile @Nullable HowFar howFar;
    private final AtomicLong executions = new AtomicLong();
    long stepsToShorten = Minimiser.MAX_STEPS;

    /** An explorer of every interleaving, to be closed after use. */
    public Explorer(Reduction reduction) {
        this(reduction, Budget.UNLIMITED);
    }

    /** An explorer that gives each test up, as bounded, when the budget for it is spent. */
    public Explorer(Reduction reduction, Budget budget) {
        this(reduction, false, budget);
    }

    /**
     * An explorer for whoever wants to know more, or to wait less.
     *
     * @param collectClasses whether to say which classes of executions were met; takes memory for each
     * @param budget after which an exploration is given up as bounded
     */
    public Explorer(Reduction reduction, boolean collectClasses, Budget budget) {
        this(reduction, collectClasses, budget, Carriers.fastest());
    }

    /** Likewise, with the tasks on carriers of the caller's choice. */
    public Explorer(Reduction reduction, boolean collectClasses, Budget budget, Carriers carriers) {
        this(reduction, collectClasses, Symmetry::of, budget, carriers);
    }

    /** Likewise; {@code symmetries} says which CPUs of a test are taken for alike, where states are told apart. */
    public Explorer(
            Reduction reduction,
            boolean collectClasses,
            Function<LitmusTest, Symmetry> symmetries,
            Budget budget,
            Carriers carriers) {
        this.carriers = carriers;
        this.symmetries = symmetries;
        this.reduction = reduction;
        this.collectClasses = collectClasses;
        this.budget = budget;
    }

    /** From now on, counterexamples are as they are found: for many wrong tests of which the verdicts matter. */
    public Explorer withoutShortening() {
        stepsToShorten = 0;
        return this;
    }

    /** From now on, a test that says under which reduction it is explored is explored under that. */
    public Explorer heedingTests() {
        heedsTests = true;
        return this;
    }

    /** From now on, tests run on a machine with this memory. */
    public Explorer on(MemoryModel model) {
        memory = model;
        return this;
    }

    /** What a test says of the memory that it runs on. */
    private LitmusTest judged(LitmusTest test) {
        return memory.buffersStores() ? test.whereStoresWait() : test;
    }

    /** How a test is explored. */
    Reduction reductionOf(LitmusTest test) {
        return heedsTests ? test.reduction().orElse(reduction) : reduction;
    }

    /** From now on, each execution is also held against the rules of the audit. */
    public Explorer audited(Audit watching) {
        audit = watching;
        return this;
    }

    /**
     * How far the exploration under way was when it last came to look, and asks it to look again; {@code null} until it
     * has answered once. From any thread.
     */
    public @Nullable HowFar howFar() {
        isAsked = true;
        return howFar;
    }

    /** One more execution begins, be it to explore, to repeat or to tell. */
    void beats() {
        executions.incrementAndGet();
    }

    /** Executions begun so far, of whatever kind: as long as this grows, the code that is explored goes on. */
    public long heartbeat() {
        return executions.get();
    }

    /** Whether somebody has asked since the last answer. */
    boolean isAsked() {
        return isAsked;
    }

    void answers(HowFar answer) {
        howFar = answer;
        isAsked = false;
    }

    /** Explores every interleaving of a test, or up to the first that goes wrong. */
    public Exploration explore(LitmusTest test) {
        requireAssertions();
        try {
            return new ExplorationRun(this, judged(test)).explore(null);
        } catch (CheckpointException e) {
            throw new IllegalStateException("without a checkpoint there is no file", e);
        }
    }

    /**
     * Explores likewise, but goes on from where the checkpoint left off, if there is one. If the budget runs out or the
     * exploration is interrupted it leaves one, otherwise there is none afterwards.
     *
     * @throws CheckpointException if the checkpoint is of another exploration, or another run has it, or it cannot be
     *     read or written
     */
    public Exploration explore(LitmusTest asWritten, Checkpoint checkpoint) throws CheckpointException {
        requireAssertions();
        LitmusTest test = judged(asWritten);
        ExplorationRun run = new ExplorationRun(this, test);
        CheckpointLock lock = CheckpointLock.of(checkpoint.file());
        try {
            checkpoint.restore(test, reductionOf(test), memory, run);
            Exploration exploration = run.explore(checkpoint);
            if (run.isGivenUp()) {
                checkpoint.save(test, reductionOf(test), memory, run);
            } else {
                checkpoint.remove();
            }
            return exploration;
        } finally {
            lock.close();
        }
    }

    private static void requireAssertions() {
        if (!PageAllocator.class.desiredAssertionStatus()) {
            throw new IllegalStateException("assertions are off, so locks left out would go unseen: run Java with -ea");
        }
    }

    /** Has the exploration under way end, as bounded, with its present execution. Any thread may say so. */
    public void interrupt() {
        interrupted = true;
    }

    /**
     * Runs one schedule again and tells it step by step, for as long as the test can go as the schedule says.
     *
     * @throws IllegalArgumentException if the schedule names a program that the test does not have
     */
    public Counterexample replay(LitmusTest test, Schedule schedule) {
        requireAssertions();
        Audit watching = audit;
        if (watching != null) {
            if (test.programs().stream().anyMatch(program -> program.interrupt)) {
                explore(test); // The audit must know what the handlers touch.
            }
            watching.replays(test);
        }
        return new TestRunner(test, this).narrate(schedule, Symmetry.none(test));
    }

    @Override
    public void close() {
        carriers.close();
    }
}
