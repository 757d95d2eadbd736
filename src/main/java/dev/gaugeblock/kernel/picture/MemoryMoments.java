package dev.gaugeblock.kernel.picture;

import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.kernel.judge.KmemOnlooker;
import dev.gaugeblock.kernel.trace.KmemEvent;
import dev.gaugeblock.kernel.trace.KmemKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is in each cell of memory at some moments of a trace. */
public final class MemoryMoments implements KmemOnlooker {
    /** The largest order that is told apart; larger blocks count to it. */
    static final int MAX_ORDER = 10;

    private static final int MOST_CELLS = 4096;
    private static final int MOST_MOMENTS = 200;
    /** Tasks that are told apart; the others are one. */
    private static final int MOST_TASKS = 1000;

    /**
     * A moment.
     *
     * @param line the last line of the trace that has its say in it
     * @param time the stamp of that, as its clock prints it; empty for none
     * @param isReplayed whether the free blocks are those of replayed free lists; else they are as they were freed
     * @param freeBlocks of each order
     * @param contents of each cell, by number in {@link #contents}
     */
    public record Moment(long line, String time, boolean isReplayed, List<Long> freeBlocks, int[] contents) {}

    private final CellGrid grid;
    private final long step;
    private final long events;
    private long seen;
    private final ToldFree told = new ToldFree();
    private final List<Moment> moments = new ArrayList<>();
    private final Map<String, Integer> contents = new LinkedHashMap<>();
    private final Map<String, Integer> tasks = new LinkedHashMap<>();

    /** Of a trace with that extent. */
    public MemoryMoments(TraceExtent extent) {
        grid = new CellGrid(extent.spans(), MOST_CELLS);
        events = extent.events();
        step = Math.max(1, (events + MOST_MOMENTS - 1) / MOST_MOMENTS);
    }

    @Override
    public void event(KmemEvent event, View view) {
        if (!event.isFailure() && event.order() <= 20) {
            if (event.kind() == KmemKind.ALLOC) {
                told.set(event.pfn(), event.frames(), -1);
            } else if (event.kind() == KmemKind.FREE || event.kind() == KmemKind.DRAIN) {
                told.set(event.pfn(), event.frames(), Math.min(event.order(), MAX_ORDER));
            }
        }
        seen++;
        if (seen % step == 0 || seen == events) {
            moments.add(moment(event.line(), view.time(event.stamp()), view));
        }
    }

    @Override
    public void forgotten() {
        told.clear();
    }

    /** The cells. */
    public CellGrid grid() {
        return grid;
    }

    /** The moments, in the order of the trace. */
    public List<Moment> moments() {
        return moments;
    }

    /**
     * What there can be in a cell, by number: words with a sign and how many frames it stands for, {@code 0} to {@code
     * 10} for free blocks of that order, {@code c} for free ones that are on no free list, {@code t} with a number of
     * {@link #tasks} for those that its blocks have, {@code o} for those of others. The rest of a cell is unknown.
     */
    public List<String> contents() {
        return List.copyOf(contents.keySet());
    }

    /** The tasks, by number; the first is empty, for those that nobody knows. */
    public List<String> tasks() {
        return List.copyOf(tasks.keySet());
    }

    private Moment moment(long line, String time, View view) {
        CellContents cells = new CellContents(grid);
        long[] blocks = new long[MAX_ORDER + 1];
        boolean isReplayed = view.hasFreeLists();
        FrameSet listed = new FrameSet();
        view.freeLists((pfn, order) -> {
            blocks[Math.min(order, MAX_ORDER)]++;
            listed.add(pfn, 1L << order);
            cells.free(pfn, 1L << order, Math.min(order, MAX_ORDER));
        });
        told.each((first, frames, order) -> {
            if (isReplayed) {
                listed.eachMissing(first, frames, cells::onNoList);
            } else {
                cells.free(first, frames, order);
                blocks[order] += frames >> order;
            }
        });
        Map<String, Integer> numbers = new HashMap<>();
        for (Block block : view.live()) {
            int task = numbers.computeIfAbsent(view.task(block), this::numberOf);
            cells.live(block.pfn(), block.frames(), task);
        }
        int[] numbered = new int[grid.count()];
        for (int cell = 0; cell < numbered.length; cell++) {
            numbered[cell] = contents.computeIfAbsent(cells.text(cell), text -> contents.size());
        }
        return new Moment(line, time, isReplayed, Arrays.stream(blocks).boxed().toList(), numbered);
    }

    private int numberOf(String task) {
        tasks.putIfAbsent("", 0);
        return tasks.size() >= MOST_TASKS && !tasks.containsKey(task)
                ? CellContents.OTHERS
                : tasks.computeIfAbsent(task, name -> tasks.size());
    }
}
