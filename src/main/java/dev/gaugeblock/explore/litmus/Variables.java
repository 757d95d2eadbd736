package dev.gaugeblock.explore.litmus;

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

    /** A variable that a line read so far assigns. */
    record Variable(int number, int order, String section, int line) {}

    /**
     * Where a line assigns a variable, and what it will be.
     *
     * @param order as {@link Variable#order}, as far as it can be told before the line is read
     */
    private record Place(String section, int line, int number, int order) {}

    private final Map<String, Variable> assigned = new LinkedHashMap<>();

    /** All assignments of the file, those of later lines too: another program may use what comes further down. */
    private final Map<String, Place> anywhere = new HashMap<>();

    Variables(List<Line> file) {
        String section = "";
        for (Line line : file) {
            if (line.peekSecond().is("=")) {
                anywhere.putIfAbsent(
                        line.head().text(), new Place(section, line.head().line(), anywhere.size(), order(line)));
            } else {
                section = sectionTitle(line, section);
            }
        }
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
        int number =
                Objects.requireNonNull(anywhere.get(name.text()), name.text()).number();
        assigned.put(name.text(), new Variable(number, order, section, name.line()));
        return number;
    }

    /**
     * The next token as a variable that an operation of this section may use: its own, one of {@code before}, or,
     * where it can wait, one with frames that another program assigns.
     */
    Variable use(Line line, String section) {
        Token name = line.name("a variable");
        Variable variable = assigned.get(name.text());
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
        if (canWait && place.order() != BUFFER) {
            return new Variable(place.number(), place.order(), place.section(), place.line());
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
