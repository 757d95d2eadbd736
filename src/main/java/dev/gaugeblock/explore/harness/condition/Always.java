package dev.gaugeblock.explore.harness.condition;

import dev.gaugeblock.explore.harness.rules.InvariantBroken;

/** What a litmus test says is true wherever the guards of what it looks at are free. */
public final class Always {
    /** The id of the violation where it is not. */
    public static final String ID = "always-broken";

    /** For a machine without a test that says anything. */
    public static final Always[] NOTHING = {};

    public final Formula formula;
    private final String text;
    private final int line;
    private final Reads reads;

    /**
     * A condition.
     *
     * @param text as written
     * @param line of the file, from 1
     */
    public Always(Formula formula, String text, int line) {
        this.formula = formula;
        this.text = text;
        this.line = line;
        this.reads = Reads.of(formula);
    }

    /** What it looks at. */
    public Reads reads() {
        return reads;
    }

    /**
     * Looks, if the guards are free.
     *
     * @throws InvariantBroken if it is not true
     */
    public void require(Facts facts) {
        for (int zone : reads.zones()) {
            if (!facts.isSettled(zone)) {
                return;
            }
        }
        if (!formula.holds(facts)) {
            throw new InvariantBroken(ID, "line " + line + " says always " + text + ", which is not so here");
        }
    }

    /** It in words with single blanks between them: the line, how many words the formula has, the formula, the text. */
    public String code() {
        String code = formula.code();
        return line + " " + code.split(" ").length + " " + code + " " + text;
    }

    /**
     * Reads what {@link #code} has written.
     *
     * @param words of which it is all from number {@code from} on
     * @throws IllegalArgumentException if they are no such thing
     */
    public static Always read(String[] words, int from) {
        int end = from + 2 + Integer.parseInt(words[from + 1]);
        String[] code = new String[end];
        System.arraycopy(words, 0, code, 0, end);
        String text = "";
        for (int i = end; i < words.length; i++) {
            text += (i > end ? " " : "") + words[i];
        }
        return new Always(FormulaCode.read(code, from + 2), text, Integer.parseInt(words[from]));
    }
}
