package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.explore.harness.program.Handling;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The variables of a litmus file: who assigns them where, and who may use them. */
final class Variables {
    /** The section whose variables every program may use. */
    static final String BEFORE = "before";

    /** The section that may use the variables of all programs: they rest by then. */
    static final String AFTER = "after";

    /** In place of the order, for a variable that holds a page buffer. */
    static final int BUFFER = -1;

    /**
     * A variable that a line read so far assigns.
     *
     * @param strike of a handler's: in which of its strikes, from 0
     */
    record Variable(int number, int order, String section, int line, int strike) {}

    /**
     * Where a line assigns a variable, and what it will be.
     *
     * @param order as {@link Variable#order}, as far as it can be told before the line is read
     * @param strikes how often its section runs
     */
    private record Place(String section, int line, int number, int order, Handling strikes) {}

    private final Map<String, Variable> assigned = new LinkedHashMap<>();

    /** All assignments of the file, those of later lines too: another program may use what comes further down. */
    private final Map<String, Place> anywhere = new HashMap<>();

    Variables(List<Line> file) {
        String section = "";
        Handling strikes = Handling.ONCE;
        for (Line line : file) {
            if (line.peekSecond().is("=")) {
                for (int strike = 0; strike < strikes.most; strike++) {
                    Place place = new Place(section, line.head().line(), anywhere.size(), order(line), strikes);
                    anywhere.putIfAbsent(inStrike(line.head().text(), strike), place);
                }
            } else {
                strikes = section.equals(sectionTitle(line, section)) ? strikes : strikes(line);
                section = sectionTitle(line, section);
            }
        }
    }

    /** What the line says is read, and judged, when its turn comes. */
    private static Handling strikes(Line head) {
        String often = head.lastWordBut(1);
        boolean says = head.head().is("irq") && (head.hasWord("up") || head.hasWord("exactly"));
        if (!says || !often.matches("[1-" + Handling.MOST + "]")) {
            return Handling.ONCE;
        }
        int most = Integer.parseInt(often);
        return new Handling(head.hasWord("up") ? 0 : most, most, false);
    }

    /** What a handler's variable is called in a strike of its, from 0. */
    private static String inStrike(String name, int strike) {
        return strike == 0 ? name : name + "_" + (strike + 1);
    }

    /** What the line says is read, and judged, when its turn comes. */
    private static int order(Line line) {
        if (line.hasWord("get-buf") || line.hasWord("read-buf") || line.hasWord("find-buf")) {
            return BUFFER;
        }
        String last = line.lastWordBut(line.lastWordBut(1).equals(OperationReader.NODE) ? 2 : 0);
        return last.matches("[0-9]{1,2}") ? Integer.parseInt(last) : 0;
    }

    private static String sectionTitle(Line line, String before) {
        return switch (line.head().text()) {
            case BEFORE, AFTER -> line.head().text();
            case "cpu", "irq", "task" ->
                line.head().text() + " " + line.peekSecond().text();
            default -> before;
        };
    }

    /**
     * Makes a new variable, for the block of 2^order frames or the buffer that the line gives it. Returns its number.
     */
    int assign(Line line, Token name, int order, String section) {
        Variable earlier = assigned.get(name.text());
        if (earlier != null) {
            throw line.error(
                    name,
                    "expected a new variable, found " + name.described() + ", which line " + earlier.line()
                            + " assigns already");
        }
        Place first = place(name.text());
        for (int strike = 0; strike < first.strikes().most; strike++) {
            String called = inStrike(name.text(), strike);
            Place place = place(called);
            if (place.line() != name.line()) {
                throw line.error(
                        name,
                        "expected a variable of which no other is called " + called + ", as that is its name in strike "
                                + (strike + 1) + ", found " + name.described() + "; line " + place.line() + " assigns "
                                + called);
            }
            assigned.put(called, new Variable(place.number(), order, section, name.line(), strike));
        }
        return first.number();
    }

    private Place place(String name) {
        return Objects.requireNonNull(anywhere.get(name), name);
    }

    /**
     * What a handler does in a strike: the same, with that strike's own variables.
     *
     * @param operation as it is in the first strike
     * @param strike which one, from 0
     */
    LitmusOperation inStrike(LitmusOperation operation, int strike, String section) {
        if (strike == 0 || !operation.hasVariable()) {
            return operation;
        }
        String name = names().get(operation.target);
        Variable variable = Objects.requireNonNull(assigned.get(name), name);
        if (!variable.section().equals(section)) {
            return operation;
        }
        String word = "(?<![A-Za-z0-9_-])" + name + "(?![A-Za-z0-9_-])";
        return operation.on(operation.target + strike, operation.text.replaceFirst(word, inStrike(name, strike)));
    }

    /**
     * The next token as a variable that an operation of this section may use: its own, one of {@code before}, or,
     * where it can wait, one with frames that another program assigns.
     */
    Variable use(Line line, String section) {
        Token name = line.name("a variable");
        Variable variable = assigned.get(name.text());
        if (variable != null && variable.strike() > 0 && variable.section().equals(section)) {
            throw line.error(
                    name,
                    "expected a variable by its name in the first strike, as each strike has its own, found "
                            + name.described());
        }
        if (variable != null
                && (variable.section().equals(section) || variable.section().equals(BEFORE) || section.equals(AFTER))) {
            return variable;
        }
        Place place = anywhere.get(name.text());
        if (place == null) {
            throw unknown(line, name);
        }
        if (place.section().equals(section)) {
            throw line.error(
                    name,
                    "expected a variable assigned further up, found " + name.described() + ", which line "
                            + place.line() + " assigns");
        }
        boolean canWait = section.startsWith("cpu ") || section.startsWith("task ");
        if (canWait && place.strikes().isOpen()) {
            throw line.error(
                    name,
                    "expected a variable that is always assigned, found " + name.described() + ", for which "
                            + place.section() + " may not strike often enough");
        }
        if (canWait && place.order() != BUFFER) {
            return new Variable(place.number(), place.order(), place.section(), place.line(), 0);
        }
        String own = section.equals(BEFORE) ? "" : "of " + section + " or ";
        String why = section.equals(BEFORE)
                ? ""
                : canWait ? "; buffers are not handed from program to program" : "; a handler cannot wait for it";
        throw line.error(
                name,
                "expected a variable " + own + "of before, found " + name.described() + ", which " + place.section()
                        + " assigns in line " + place.line() + why);
    }

    /** The next token as a variable of any section, for a condition. Returns its number. */
    int mention(Line line) {
        Token name = line.name("a variable");
        Variable variable = assigned.get(name.text());
        if (variable == null) {
            throw unknown(line, name);
        }
        return variable.number();
    }

    private static LitmusSyntaxException unknown(Line line, Token name) {
        return line.error(name, "expected a variable, found " + name.described() + ", which no line assigns");
    }

    /** Names by number. */
    List<String> names() {
        return new ArrayList<>(assigned.keySet());
    }
}
