package dev.gaugeblock.explore.harness.condition;

/**
 * Reads formulas as {@link Formula#code} writes them.
 *
 * <pre>
 *   and COUNT FORMULA...     or COUNT FORMULA...     not FORMULA
 *   compare KIND KIND NUMBER KIND NUMBER         happened KIND NUMBER
 * </pre>
 */
public final class FormulaCode {
    static final String AND = "and";
    static final String OR = "or";
    static final String NOT = "not";
    static final String COMPARISON = "compare";
    static final String HAPPENING = "happened";

    private final String[] words;
    private int at;

    private FormulaCode(String[] words, int from) {
        this.words = words;
        this.at = from;
    }

    /**
     * Reads the formula that the words from number {@code from} on are.
     *
     * @throws IllegalArgumentException if they are none, or go on after it
     */
    public static Formula read(String[] words, int from) {
        FormulaCode code = new FormulaCode(words, from);
        Formula formula = code.formula();
        if (code.at != words.length) {
            throw new IllegalArgumentException("a formula goes on with \"" + words[code.at] + "\" after its end");
        }
        return formula;
    }

    private Formula formula() {
        String word = word();
        return switch (word) {
            case AND, OR -> new Junction(word.equals(AND), parts(number()));
            case NOT -> new Negation(formula());
            case COMPARISON -> new Relation(number(), value(), value());
            case HAPPENING -> new Happening(number(), number());
            default -> throw new IllegalArgumentException("no formula begins with \"" + word + "\"");
        };
    }

    private Formula[] parts(int count) {
        Formula[] parts = new Formula[count];
        for (int i = 0; i < count; i++) {
            parts[i] = formula();
        }
        return parts;
    }

    private Value value() {
        return new Value(number(), number());
    }

    private int number() {
        return Integer.parseInt(word());
    }

    private String word() {
        if (at == words.length) {
            throw new IllegalArgumentException("a formula ends in its middle");
        }
        return words[at++];
    }
}
