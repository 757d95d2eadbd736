package dev.gaugeblock.report.drawn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.kernel.picture.MemoryMoments.Moment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Moments as text stay as short as is wanted, whatever happens between them. */
class MomentLinesTest {
    private static Moment moment(long line, int... contents) {
        return new Moment(line, "", false, List.of(1L), contents);
    }

    private static List<String> changes(MomentLines lines) {
        return lines.moments().stream()
                .map(each -> String.valueOf(each.get("changes")))
                .toList();
    }

    @Test
    void shouldTellOfEachMomentOnlyWhatIsOther() {
        List<Moment> all = List.of(moment(10, 5, 5), moment(20, 5, 5), moment(30, 5, 7), moment(40, 6, 5));
        MomentLines lines = MomentLines.of(all, List.of("", "", "", "", "", "five", "six", "seven"), 10_000);
        assertEquals(List.of("0 0 1 0", "", "1 1", "0 2 1 0"), changes(lines));
        assertEquals(List.of("five", "seven", "six"), lines.contents());
    }

    @Test
    void shouldLeaveOutMomentsUntilTheyFit() {
        List<Moment> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(moment(i, i));
        }
        List<String> contents = List.of("a", "b", "c", "d", "e", "f", "g", "h");
        MomentLines lines = MomentLines.of(all, contents, 3 * 210);
        assertEquals(List.of("d", "h"), lines.contents(), "each moment takes a little more than 200 characters");
        MomentLines last = MomentLines.of(all, contents, 1);
        assertEquals(List.of("h"), last.contents(), "the last one stays");
    }

    @Test
    void shouldStayWithinItsBoundWhereEveryCellChangesAtEveryMoment() {
        List<Moment> all = new ArrayList<>();
        List<String> contents = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int[] cells = new int[4096];
            for (int cell = 0; cell < cells.length; cell++) {
                cells[cell] = contents.size();
                contents.add("0:1 1:2 2:4 3:8 4:16 5:32 t" + contents.size() + ":64");
            }
            all.add(moment(i, cells));
        }
        MomentLines lines = MomentLines.of(all, contents, 6_000_000);
        long length =
                lines.contents().stream().mapToLong(text -> text.length() + 3).sum()
                        + changes(lines).stream().mapToLong(String::length).sum();
        assertTrue(length < 6_000_000 && length > 2_000_000, () -> length + " characters");
        assertTrue(lines.moments().size() >= 12, () -> lines.moments().size() + " moments");
    }
}
