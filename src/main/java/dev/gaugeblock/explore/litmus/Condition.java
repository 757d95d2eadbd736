package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.explore.harness.condition.Always;
import dev.gaugeblock.explore.harness.condition.Formula;
import dev.gaugeblock.explore.harness.condition.Reads;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A condition of a litmus test.
 *
 * @param formula what it says
 * @param text as written
 * @param line of the file, from 1
 */
public record Condition(Formula formula, String text, int line) {
    /** Whether it asks who has slept. */
    boolean asksWhoSlept() {
        return Reads.of(formula).askWhoSlept();
    }

    /** It as what is to be true on the way. */
    Always always() {
        return new Always(formula, text, line);
    }

    /** Whether the other says the same at the same place: formulas are compared by their code. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Condition condition
                && line == condition.line
                && text.equals(condition.text)
                && formula.code().equals(condition.formula.code());
    }

    @Override
    public int hashCode() {
        return 31 * text.hashCode() + line;
    }
}
