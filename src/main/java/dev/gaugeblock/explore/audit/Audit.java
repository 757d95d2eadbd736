package dev.gaugeblock.explore.audit;

import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.execution.Watcher;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.state.Schedule;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The audit of the explorations of one explorer, in a program that was loaded to be audited. */
public final class Audit {
    private static final AtomicLong ACCESSES = new AtomicLong();

    private final Sites sites;
    private final boolean goesOn;
    private final Map<String, String> findings = new TreeMap<>();
    private Strikes strikes = new Strikes();
    private boolean hasHandlers;
    private boolean judgesStates;
    private Listener listener = new Listener() {};

    private Audit(Sites sites, boolean goesOn) {
        this.sites = sites;
        this.goesOn = goesOn;
    }

    /**
     * An audit of which a finding is a violation: the exploration ends.
     *
     * @throws IllegalStateException if this program was not loaded to be audited
     */
    public static Audit begin() {
        return new Audit(requireSites(), false);
    }

    /** An audit that only takes its findings down, for whoever wants to know them all. */
    public static Audit ofAll() {
        return new Audit(requireSites(), true);
    }

    /** From now on, somebody is told which operation of a program touches what. */
    void tell(Listener whom) {
        listener = whom;
    }

    /** What was instrumented in this program; {@code null} if it was not loaded to be audited. */
    public static @Nullable Sites sites() {
        AuditedProgram program = program();
        return program == null ? null : program.sites();
    }

    /** This program, if it was loaded to be audited; otherwise {@code null}. */
    public static @Nullable AuditedProgram program() {
        return Audit.class.getClassLoader() instanceof AuditedProgram program ? program : null;
    }

    private static Sites requireSites() {
        Sites sites = sites();
        if (sites == null) {
            throw new IllegalStateException("this program was not loaded to be audited");
        }
        return sites;
    }

    /** How many accesses all audits of this program have judged. */
    public static long accesses() {
        return ACCESSES.get();
    }

    /**
     * The exploration of a test begins.
     *
     * @param tellsStatesApart whether the search goes by the keys of states
     */
    public void begins(LitmusTest test, boolean tellsStatesApart) {
        judgesStates = tellsStatesApart;
        strikes = new Strikes();
        hasHandlers = test.programs().stream().anyMatch(program -> program.interrupt);
    }

    /** One execution of a test follows, which its exploration may have gone before. */
    public void replays(LitmusTest test) {
        Strikes known = strikes;
        begins(test, true);
        strikes = known;
    }

    /**
     * Every execution of the test is explored, so it is known what its handlers touch. Gives a finding with an
     * execution that shows it, {@code null} for none.
     */
    public @Nullable Late exhausted() {
        Strikes.Struck struck = strikes.first();
        if (struck == null) {
            return null;
        }
        found(struck.finding());
        Finding finding = struck.finding();
        return goesOn ? null : new Late(new Violation(finding.rule().id(), finding.message()), struck.schedule());
    }

    /** What was found only at the end of an exploration, and a schedule that leads there. */
    public record Late(Violation violation, Schedule schedule) {}

    /** Hears of all that the audit judges, for whoever asks which operations meet. */
    interface Listener {
        /** The programs of an execution are about to start. */
        default void begins(Simulation simulation) {}

        /** A program calls an operation, perhaps as a part of another. */
        default void calls(int program, LitmusOperation operation) {}

        /** It takes a step. */
        default void steps(int program) {}

        /** It touches an object, by the code at a place. */
        default void touches(int program, Object object, Site site) {}

        /** The operation that it called last, and that has not returned, does so. */
        default void returns(int program) {}
    }

    Listener listener() {
        return listener;
    }

    Strikes strikes() {
        return strikes;
    }

    boolean judgesStates() {
        return judgesStates;
    }

    boolean hasHandlers() {
        return hasHandlers;
    }

    /**
     * Watches one execution.
     *
     * @param told whether to take down from where each access was made: takes long
     */
    public Watcher watch(boolean told) {
        return new Recorder(this, sites, told);
    }

    /** All that was found, in the order of its keys: each message once. */
    public Map<String, String> findings() {
        return findings;
    }

    void found(Finding finding) {
        findings.putIfAbsent(finding.key(), finding.message());
    }

    void judged(long accesses) {
        ACCESSES.addAndGet(accesses);
    }

    /** Whether an exploration goes on after a finding. */
    boolean goesOn() {
        return goesOn;
    }
}
