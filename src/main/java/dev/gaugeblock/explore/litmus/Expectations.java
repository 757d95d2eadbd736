package dev.gaugeblock.explore.litmus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The last lines of a file: what has to come out. */
final class Expectations {
    static final String KEYWORDS = "sometimes, never, always, outcomes, known-bad, reduction";

    private static final int MAX_OUTCOMES = 999_999_999;

    private final ConditionReader conditions;
    private final Once once = new Once();

    private final List<Condition> sometimes = new ArrayList<>();
    private final List<Condition> never = new ArrayList<>();
    private final List<Condition> always = new ArrayList<>();
    private OptionalInt outcomes = OptionalInt.empty();
    private Optional<String> knownBad = Optional.empty();
    private Optional<Reduction> reduction = Optional.empty();

    Expectations(ConditionReader conditions) {
        this.conditions = conditions;
    }

    /** Reads a line, or says that it is no expectation. */
    boolean read(Line line) {
        switch (line.head().text()) {
            case "sometimes" -> sometimes.add(condition(line));
            case "never" -> never.add(condition(line));
            case "always" -> always.add(condition(line));
            case "outcomes" -> {
                once.require(line, line.next().text());
                outcomes = OptionalInt.of(line.number("a number of outcomes", 1, MAX_OUTCOMES));
            }
            case "known-bad" -> {
                once.require(line, line.next().text());
                knownBad = Optional.of(line.id("a violation's id").text());
            }
            case "reduction" -> {
                once.require(line, line.next().text());
                reduction = Optional.of(reduction(line));
            }
            default -> {
                return false;
            }
        }
        line.expectEnd();
        return true;
    }

    private Condition condition(Line line) {
        line.next();
        return conditions.read(line);
    }

    private static Reduction reduction(Line line) {
        Token name = line.next();
        return Reduction.of(name.text()).orElseThrow(() -> line.expected("none, dpor or dpor+cache", name));
    }

    List<Condition> sometimes() {
        return List.copyOf(sometimes);
    }

    List<Condition> never() {
        return List.copyOf(never);
    }

    List<Condition> always() {
        return List.copyOf(always);
    }

    OptionalInt outcomes() {
        return outcomes;
    }

    Optional<String> knownBad() {
        return knownBad;
    }

    Optional<Reduction> reduction() {
        return reduction;
    }
}
