package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.explore.harness.condition.Formula;
import dev.gaugeblock.explore.harness.condition.Happening;
import dev.gaugeblock.explore.harness.condition.Reading;
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
        boolean[] asks = {false};
        formula.tell(new Reading() {
            @Override
            public void variable(int variable) {}

            @Override
            public void freeFrames(int zone, boolean onLists) {}

            @Override
            public void happening(Happening what) {
                asks[0] |= what.kind == Happening.CPU_SLEPT || what.kind == Happening.IRQ_SLEPT;
            }
        });
        return asks[0];
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
