package dev.gaugeblock.kernel.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many frames of each cell are what. */
final class CellContents {
    /** In place of a task's number, for those that are not told apart. */
    static final int OTHERS = -1;

    /** So many owners of a cell are named, those with the most frames. */
    private static final int NAMED = 3;

    private final CellGrid grid;
    private final long[][] free;
    private final long[] onNoList;
    private final List<Map<Integer, Long>> live = new ArrayList<>();

    CellContents(CellGrid grid) {
        this.grid = grid;
        this.free = new long[grid.count()][];
        this.onNoList = new long[grid.count()];
        for (int cell = 0; cell < grid.count(); cell++) {
            live.add(Map.of());
        }
    }

    void free(long first, long frames, int order) {
        grid.each(first, frames, (cell, part) -> {
            if (free[cell] == null) {
                free[cell] = new long[MemoryMoments.MAX_ORDER + 1];
            }
            free[cell][order] += part;
        });
    }

    void onNoList(long first, long frames) {
        grid.each(first, frames, (cell, part) -> onNoList[cell] += part);
    }

    void live(long first, long frames, int task) {
        grid.each(first, frames, (cell, part) -> {
            if (live.get(cell).isEmpty()) {
                live.set(cell, new HashMap<>());
            }
            live.get(cell).merge(task, part, Long::sum);
        });
    }

    /** What is in a cell, as {@link MemoryMoments#contents} has it. */
    String text(int cell) {
        StringBuilder text = new StringBuilder();
        for (int order = 0; free[cell] != null && order < free[cell].length; order++) {
            append(text, Integer.toString(order), free[cell][order]);
        }
        append(text, "c", onNoList[cell]);
        List<Map.Entry<Integer, Long>> owners = new ArrayList<>(live.get(cell).entrySet());
        owners.sort(Comparator.comparingLong((Map.Entry<Integer, Long> owner) -> -owner.getValue())
                .thenComparing(Map.Entry::getKey));
        long others = 0;
        int named = 0;
        for (Map.Entry<Integer, Long> owner : owners) {
            if (named < NAMED && owner.getKey() != OTHERS) {
                append(text, "t" + owner.getKey(), owner.getValue());
                named++;
            } else {
                others += owner.getValue();
            }
        }
        append(text, "o", others);
        return text.toString();
    }

    private static void append(StringBuilder text, String sign, long frames) {
        if (frames > 0) {
            text.append(text.length() == 0 ? "" : " ").append(sign).append(':').append(frames);
        }
    }
}
