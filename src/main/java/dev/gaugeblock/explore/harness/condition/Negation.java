package dev.gaugeblock.explore.harness.condition;

/** True where another formula is not. */
public final class Negation implements Formula {
    private final Formula denied;

    public Negation(Formula denied) {
        this.denied = denied;
    }

    @Override
    public boolean holds(Facts facts) {
        return !denied.holds(facts);
    }

    @Override
    public void tell(Reading reading) {
        denied.tell(reading);
    }

    @Override
    public String code() {
        return FormulaCode.NOT + " " + denied.code();
    }
}
