package dev.gaugeblock.kernel.judge;

import java.util.ArrayList;
import java.util.List;

/** Where a kernel broke a rule, with who was concerned, and what followed from it. */
public final class KmemFinding {
    private static final int SHOWN = 3;

    private final String rule;
    private final String says;
    private final String message;
    private final long line;
    private final String text;
    private final Party by;
    private final List<Party> owners;
    private final List<String> consequences = new ArrayList<>();
    private long followed;
    private String stack = "";

    /**
     * Somebody who has a block, or asks for one.
     *
     * @param block its frames, in words
     * @param line where that stands, from 1; 0 if nobody knows
     * @param who the task, CPU and time, as far as they are known
     * @param stack the call chain, a line for each call; empty if there is none
     */
    public record Party(String block, long line, String who, String stack) {}

    KmemFinding(String rule, String says, String message, long line, String text, Party by, List<Party> owners) {
        this.rule = rule;
        this.says = says;
        this.message = message;
        this.line = line;
        this.text = text;
        this.by = by;
        this.owners = owners;
        this.stack = by.stack();
    }

    void follow(String what) {
        followed++;
        if (consequences.size() < SHOWN) {
            consequences.add(what);
        }
    }

    void stack(String chain) {
        stack = chain;
    }

    /** The rule's name. */
    public String rule() {
        return rule;
    }

    /** The rule, in a sentence. */
    public String says() {
        return says;
    }

    /** What is wrong, with the numbers. */
    public String message() {
        return message;
    }

    /** The line where it shows, from 1. */
    public long line() {
        return line;
    }

    /** That line as it stands; empty where it shows in a snapshot. */
    public String text() {
        return text;
    }

    /** Whose event it is. */
    public Party by() {
        return new Party(by.block(), by.line(), by.who(), stack);
    }

    /** Who has the blocks in question. */
    public List<Party> owners() {
        return owners;
    }

    /** How many events go wrong only because of this. */
    public long followed() {
        return followed;
    }

    /** The first of those. */
    public List<String> consequences() {
        return consequences;
    }
}
