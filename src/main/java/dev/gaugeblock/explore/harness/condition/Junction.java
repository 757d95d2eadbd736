package dev.gaugeblock.explore.harness.condition;

/** Formulas of which all must be true, or one. */
public final class Junction implements Formula {
    private final boolean all;
    private final Formula[] parts;

    /**
     * Joins formulas.
     *
     * @param all whether {@code and} joins them; otherwise {@code or} does
     */
    public Junction(boolean all, Formula[] parts) {
        this.all = all;
        this.parts = parts.clone();
    }

    @Override
    public boolean holds(Facts facts) {
        for (Formula part : parts) {
            if (part.holds(facts) != all) {
                return !all;
            }
        }
        return all;
    }

    @Override
    public void tell(Reading reading) {
        for (Formula part : parts) {
            part.tell(reading);
        }
    }

    @Override
    public String code() {
        StringBuilder code = new StringBuilder();
        code.append(all ? FormulaCode.AND : FormulaCode.OR).append(' ').append(parts.length);
        for (Formula part : parts) {
            code.append(' ').append(part.code());
        }
        return code.toString();
    }
}
