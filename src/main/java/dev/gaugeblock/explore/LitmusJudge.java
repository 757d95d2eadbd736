package dev.gaugeblock.explore;

import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.litmus.Condition;
import dev.gaugeblock.explore.litmus.LitmusTest;
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

    /** A judge who has seen no execution yet. */
    public LitmusJudge(LitmusTest test) {
        this.test = test;
        this.unmet = new ArrayList<>(test.sometimes());
    }

    /** Takes in how an execution ended. Returns what is wrong with it, or {@code null}. */
    public @Nullable Violation ended(EndState end) {
        unmet.removeIf(condition -> ConditionCheck.holds(condition, end));
        for (Condition condition : test.never()) {
            if (ConditionCheck.holds(condition, end)) {
                return new Violation(Violation.NEVER, "an execution ended with " + condition.text());
            }
        }
        return null;
    }

    /** Writes which conditions are still to be met, for a checkpoint. */
    void save(DataOutputStream out) throws IOException {
        for (Condition condition : test.sometimes()) {
            out.writeBoolean(unmet.contains(condition));
        }
    }

    /** Reads what {@link #save} of a judge of the same test wrote. */
    void restore(DataInputStream in) throws IOException {
        for (Condition condition : test.sometimes()) {
            if (!in.readBoolean()) {
                unmet.remove(condition);
            }
        }
    }

    /** Whether a violation is the one that the test is there to show. */
    public boolean isKnown(Violation violation) {
        return test.knownBad().isPresent() && test.knownBad().get().equals(violation.id());
    }

    /**
     * What is wrong once every execution has been met and none was violated; empty if nothing is.
     *
     * @param outcomes distinct outcomes that were met
     */
    public String exhausted(int outcomes) {
        if (test.knownBad().isPresent()) {
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
