package dev.gaugeblock.explore;

import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.harness.SimulatedFacts;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.condition.Facts;
import dev.gaugeblock.explore.litmus.Condition;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.state.Schedule;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Holds the executions of an engine against what a litmus test says of them. */
public final class LitmusJudge {
    private final LitmusTest test;
    private final List<Condition> unmet;
    private @Nullable Unexpected unexpected;

    /**
     * An end that the test says must never be.
     *
     * @param schedule that led to it
     */
    record Unexpected(Violation violation, Schedule schedule) {}

    /** A judge who has seen no execution yet. */
    public LitmusJudge(LitmusTest test) {
        this.test = test;
        this.unmet = new ArrayList<>(test.sometimes());
    }

    /** Takes in how an execution ended. Returns what is wrong with it, or {@code null}. */
    public @Nullable Violation ended(Facts end) {
        unmet.removeIf(condition -> condition.formula().holds(end));
        for (Condition condition : test.never()) {
            if (condition.formula().holds(end)) {
                return new Violation(Violation.NEVER, "an execution ended with " + condition.text());
            }
        }
        return null;
    }

    /** Likewise; {@code null} also for an execution that did not boot, or not come to its end. */
    @Nullable
    Violation ended(Execution execution, @Nullable Simulation simulation) {
        return simulation != null && execution.isComplete() ? ended(new SimulatedFacts(simulation)) : null;
    }

    /**
     * Likewise, but only notes the first end that must never be. An exploration goes on after it: a rule that is broken
     * elsewhere would weigh more, and which of the two is met first depends on the search.
     */
    void note(Facts end, Schedule schedule) {
        Violation wrong = ended(end);
        if (unexpected == null && wrong != null) {
            unexpected = new Unexpected(wrong, schedule);
        }
    }

    /** The first end noted that must never be, or {@code null}. */
    @Nullable
    Unexpected unexpected() {
        return unexpected;
    }

    /** Writes which conditions are still to be met, and what was noted, for a checkpoint. */
    void save(DataOutputStream out) throws IOException {
        for (Condition condition : test.sometimes()) {
            out.writeBoolean(unmet.contains(condition));
        }
        Unexpected noted = unexpected;
        out.writeBoolean(noted != null);
        if (noted != null) {
            out.writeUTF(noted.violation().message());
            out.writeUTF(noted.schedule().toString());
        }
    }

    /** Reads what {@link #save} of a judge of the same test wrote. */
    void restore(DataInputStream in) throws IOException {
        for (Condition condition : test.sometimes()) {
            if (!in.readBoolean()) {
                unmet.remove(condition);
            }
        }
        if (in.readBoolean()) {
            Violation wrong = new Violation(Violation.NEVER, in.readUTF());
            unexpected = new Unexpected(wrong, Schedule.parse(in.readUTF()));
        }
    }

    /** Whether a violation is the one that the test is there to show. */
    public boolean isKnown(Violation violation) {
        return test.knownBad().filter(violation::isKnownAs).isPresent();
    }

    /**
     * What is wrong once every execution has been met and none was violated; empty if nothing is.
     *
     * @param outcomes distinct outcomes that were met
     */
    public String exhausted(int outcomes) {
        if (test.knownBad().isPresent() && test.notJudged().isEmpty()) {
            return "the known violation, " + test.knownBad().get() + ", does not occur";
        }
        if (!unmet.isEmpty()) {
            return "no execution ends with " + unmet.get(0).text();
        }
        if (test.outcomes().isPresent() && test.outcomes().getAsInt() != outcomes) {
            return "there are " + outcomes + " outcomes, the test states "
                    + test.outcomes().getAsInt();
        }
        return "";
    }
}
