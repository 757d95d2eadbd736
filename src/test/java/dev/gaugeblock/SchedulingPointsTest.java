package dev.gaugeblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * For each race of the original, {@code docs/scheduling-points.md} names the word that stands for it, or why none has
 * to.
 */
class SchedulingPointsTest {
    private static final Path RACES = Path.of("spec/outcomes/races.md");
    private static final Path PAGE = Path.of("docs/scheduling-points.md");
    private static final String NONE = "none: ";

    @Test
    void shouldSayWhatStandsForEachRace() throws IOException {
        assertEquals(List.of(), wrong(Files.readAllLines(RACES), Files.readAllLines(PAGE)));
        assertTrue(races(Files.readAllLines(RACES)).size() >= 137, "races are missing");
    }

    @Test
    void shouldNoticeWhatIsMissing() throws IOException {
        List<String> races =
                List.of("| field | access | access | ordered |", "|---|---|---|---|", "| a | R x | W y | no |");
        assertEquals(List.of("a | R x | W y: no row"), wrong(races, List.of()));
        assertEquals(
                List.of("a | R x | W y: there is no member `mm/Zone.nothing`", "b | R x | W y: no such race"),
                wrong(races, List.of("| a | R x | W y | `mm/Zone.nothing` |", "| b | R x | W y | `mm/Zone.lock` |")));
        assertEquals(
                List.of("a | R x | W y: there is no reason \"why\""),
                wrong(races, List.of("| a | R x | W y | none: why |", "* other: since.")));
        assertEquals(List.of(), wrong(races, List.of("| a | R x | W y | none: why |", "* why: since.")));
        assertEquals(
                List.of("a | R x | W y: neither a word nor a reason: \"perhaps\""),
                wrong(races, List.of("| a | R x | W y | perhaps |")));
    }

    /** The first three columns of each row. */
    private static Set<String> races(List<String> lines) {
        return rows(lines).keySet();
    }

    /** Rows of tables: the first three columns, and the fourth. Heads and lines are no rows. */
    private static Map<String, String> rows(List<String> lines) {
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : lines) {
            String[] columns = line.split(" ?\\| ?");
            if (line.startsWith("| ") && columns.length == 5 && !columns[1].equals("field")) {
                rows.put(columns[1] + " | " + columns[2] + " | " + columns[3], columns[4].strip());
            }
        }
        return rows;
    }

    private static List<String> wrong(List<String> races, List<String> page) throws IOException {
        Map<String, String> here = rows(page);
        Set<String> reasons = new TreeSet<>();
        for (String line : page) {
            if (line.matches("\\* [a-z]+: .+")) {
                reasons.add(line.substring(2, line.indexOf(':')));
            }
        }
        List<String> wrong = new ArrayList<>();
        for (String race : races(races)) {
            String word = here.remove(race);
            if (word == null) {
                wrong.add(race + ": no row");
            } else if (word.startsWith(NONE)) {
                if (!reasons.contains(word.substring(NONE.length()))) {
                    wrong.add(race + ": there is no reason \"" + word.substring(NONE.length()) + "\"");
                }
            } else if (!word.matches("`[a-z]+/\\w+\\.\\w+`")) {
                wrong.add(race + ": neither a word nor a reason: \"" + word + "\"");
            } else if (!isMember(word.substring(1, word.length() - 1))) {
                wrong.add(race + ": there is no member " + word);
            }
        }
        here.keySet().forEach(race -> wrong.add(race + ": no such race"));
        return wrong;
    }

    /** Whether a name such as mm/Zone.lock is that of a field or method. */
    private static boolean isMember(String name) {
        String type = "dev.gaugeblock." + name.substring(0, name.indexOf('.')).replace('/', '.');
        String member = name.substring(name.indexOf('.') + 1);
        try {
            Class<?> found = Class.forName(type, false, SchedulingPointsTest.class.getClassLoader());
            return List.of(found.getDeclaredFields()).stream()
                            .anyMatch(field -> field.getName().equals(member))
                    || List.of(found.getDeclaredMethods()).stream()
                            .anyMatch(method -> method.getName().equals(member));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
