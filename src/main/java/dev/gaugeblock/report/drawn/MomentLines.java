package dev.gaugeblock.report.drawn;

import dev.gaugeblock.kernel.picture.MemoryMoments.Moment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Moments as text: of each, the cells that are others than at the one before, each followed by the number of what is in
 * it. What is in no cell that is shown has no number.
 *
 * @param contents what there can be in a cell, by number
 * @param moments each with its line, time, free blocks and {@code changes}
 */
record MomentLines(List<String> contents, List<Map<String, @Nullable Object>> moments) {
    /**
     * As many moments as fit into so many characters: all, every second, every fourth, and so on; the last at least.
     *
     * @param known what there can be in a cell, by the number that the moments have for it
     */
    static MomentLines of(List<Moment> all, List<String> known, int most) {
        int step = 1;
        MomentLines lines = of(all, known, most, step);
        while (lines == null) {
            step *= 2;
            lines = of(all, known, step > all.size() ? Integer.MAX_VALUE : most, step);
        }
        return lines;
    }

    private static @Nullable MomentLines of(List<Moment> all, List<String> known, int most, int step) {
        int[] numbers = new int[known.size()];
        Arrays.fill(numbers, -1);
        List<String> contents = new ArrayList<>();
        List<Map<String, @Nullable Object>> moments = new ArrayList<>();
        int[] before = {};
        long characters = 0;
        int last = all.size() - 1;
        for (int i = last % step; i <= last; i += step) {
            Moment moment = all.get(i);
            StringBuilder changes = new StringBuilder();
            for (int cell = 0; cell < moment.contents().length; cell++) {
                int content = moment.contents()[cell];
                if (cell >= before.length || content != before[cell]) {
                    if (numbers[content] < 0) {
                        numbers[content] = contents.size();
                        contents.add(known.get(content));
                        characters += known.get(content).length() + 3;
                    }
                    changes.append(changes.length() == 0 ? "" : " ")
                            .append(cell)
                            .append(' ')
                            .append(numbers[content]);
                }
            }
            before = moment.contents();
            characters += changes.length() + 200;
            if (characters > most) {
                return null;
            }
            moments.add(of(moment, changes.toString()));
        }
        return new MomentLines(contents, moments);
    }

    private static Map<String, @Nullable Object> of(Moment moment, String changes) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("line", moment.line());
        data.put("time", moment.time());
        data.put("is_replayed", moment.isReplayed());
        data.put("free_blocks", new ArrayList<@Nullable Object>(moment.freeBlocks()));
        data.put("changes", changes);
        return data;
    }
}
