package dev.gaugeblock.explore.harness.condition;

/** What can be true of a state or not. */
public interface Formula {
    /** Whether it is true of these facts. */
    boolean holds(Facts facts);

    /** Tells what it looks at. */
    void tell(Reading reading);

    /** It in words with single blanks between them, an operator before what it joins; {@link FormulaCode} reads it. */
    String code();
}
