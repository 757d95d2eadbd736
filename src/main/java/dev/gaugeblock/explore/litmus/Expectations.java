package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.explore.harness.InvariantCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The last lines of a file: what has to come out. */
final class Expectations {
    static final String KEYWORDS = "sometimes, never, always, outcomes, known-bad, despite, reduction";

    /** The memory model under which a violation may be known that there is not without. */
    private static final String STORES_WAIT = "x86-tso";

    private static final int MAX_OUTCOMES = 999_999_999;

    private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+){1,3}(-rc[0-9]+)?");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{7,40}");

    private final ConditionReader conditions;
    private final Once once = new Once();

    private final List<Condition> sometimes = new ArrayList<>();
    private final List<Condition> never = new ArrayList<>();
    private final List<Condition> always = new ArrayList<>();
    private OptionalInt outcomes = OptionalInt.empty();
    private Optional<String> knownBad = Optional.empty();
    private Optional<String> knownBadWhereStoresWait = Optional.empty();
    private Optional<String> knownSince = Optional.empty();
    private final List<String> despite = new ArrayList<>();
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
                Optional<String> known = Optional.of(line.id("a violation's id").text());
                if (line.take("under")) {
                    line.expect(STORES_WAIT);
                    knownBadWhereStoresWait = known;
                } else {
                    knownBad = known;
                }
                if (line.peek().is("since")) {
                    knownSince = Optional.of(history(line));
                }
            }
            case "despite" -> despite.add(invariant(line));
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

    /** {@code since VERSION [fixed in VERSION [commit HASH]]}, as messages write it. */
    private static String history(Line line) {
        line.expect("since");
        String text = "since " + version(line);
        if (!line.take("fixed")) {
            return text;
        }
        line.expect("in");
        text += ", fixed in " + version(line);
        if (!line.take("commit")) {
            return text;
        }
        Token hash = line.next();
        if (!HASH.matcher(hash.text()).matches()) {
            throw line.expected("the first 7 to 40 hexadecimal digits of a commit", hash);
        }
        return text + ", commit " + hash.text();
    }

    private static String version(Line line) {
        Token version = line.next();
        if (!VERSION.matcher(version.text()).matches()) {
            throw line.expected("a release like 2.6.11", version);
        }
        return version.text();
    }

    /** The id of an invariant that this test is known to break, and is not held to. */
    private String invariant(Line line) {
        line.next();
        Token id = line.id("an invariant's id");
        once.require(line, "despite " + id.text());
        if (InvariantCatalogue.says(id.text()) == null) {
            throw line.expected("an invariant of the catalogue, see gaugeblock invariants", id);
        }
        return id.text();
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

    Optional<String> knownBadWhereStoresWait() {
        return knownBadWhereStoresWait;
    }

    Optional<String> knownSince() {
        return knownSince;
    }

    /** Ids of invariants that are not judged. */
    List<String> despite() {
        return List.copyOf(despite);
    }

    Optional<Reduction> reduction() {
        return reduction;
    }
}
