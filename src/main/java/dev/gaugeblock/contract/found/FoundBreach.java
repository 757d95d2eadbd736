package dev.gaugeblock.contract.found;

/** Where a rule was broken. */
public abstract class FoundBreach {
    private final String rule;
    private final String says;
    private final String message;
    private final long line;
    private final String text;

    /**
     * A breach.
     *
     * @param rule its name
     * @param says the rule, in a sentence
     * @param message what is wrong, with the numbers
     * @param line where it shows, from 1
     * @param text that line as it stands; empty where it shows elsewhere
     */
    protected FoundBreach(String rule, String says, String message, long line, String text) {
        this.rule = rule;
        this.says = says;
        this.message = message;
        this.line = line;
        this.text = text;
    }

    /** The rule's name. */
    public final String rule() {
        return rule;
    }

    /** The rule, in a sentence. */
    public final String says() {
        return says;
    }

    /** What is wrong, with the numbers. */
    public final String message() {
        return message;
    }

    /** The line where it shows, from 1. */
    public final long line() {
        return line;
    }

    /** That line as it stands; empty where it shows elsewhere. */
    public final String text() {
        return text;
    }
}
