package dev.gaugeblock.explore.litmus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables of a litmus file: who assigns them where, and who may use them. */
final class Variables {
    /** The section whose variables every program may use. */
    static final String BEFORE = "before";

    /** In place of the order, for a variable that holds a page buffer. */
    static final int BUFFER = -1;

    /** A variable that a line read so far assigns. */
    record Variable(int number, int order, String section, int line) {}

    private record Place(String section, int line) {}

    private final Map<String, Variable> assigned = new LinkedHashMap<>();

    /** All assignments of the file, those of later lines too: only for messages that say where to look. */
    private final Map<String, Place> anywhere = new HashMap<>();

    Variables(List<Line> file) {
        String section = "";
        for (Line line : file) {
            if (line.peekSecond().is("=")) {
                anywhere.putIfAbsent(
                        line.head().text(), new Place(section, line.head().line()));
            } else {
                section = sectionTitle(line, section);
            }
        }
    }

    private static String sectionTitle(Line line, String before) {
        return switch (line.head().text()) {
            case BEFORE -> BEFORE;
            case "cpu", "irq" -> line.head().text() + " " + line.peekSecond().text();
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
        int number = assigned.size();
        assigned.put(name.text(), new Variable(number, order, section, name.line()));
        return number;
    }

    /** The next token as a variable that an operation of this section may use. */
    Variable use(Line line, String section) {
        Token name = line.name("a variable");
        Variable variable = assigned.get(name.text());
        if (variable != null
                && (variable.section().equals(section) || variable.section().equals(BEFORE))) {
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
        String own = section.equals(BEFORE) ? "" : "of " + section + " or ";
        throw line.error(
                name,
                "expected a variable " + own + "of before, found " + name.described() + ", which " + place.section()
                        + " assigns in line " + place.line());
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
