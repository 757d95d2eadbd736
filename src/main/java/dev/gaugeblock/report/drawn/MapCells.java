package dev.gaugeblock.report.drawn;

import dev.gaugeblock.contract.MemoryMap;
import dev.gaugeblock.oracle.LastEvents;
import dev.gaugeblock.oracle.LastEvents.Owned;
import dev.gaugeblock.oracle.LastEvents.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How memory is cut into cells, of which a page can show so many: one for each frame of a small machine; of a large one
 * such that blocks which the last events are about begin and end with a cell.
 */
final class MapCells {
    private static final long SMALL = 24;
    private static final int MOST = 384;

    /** A zone, and its frames. */
    record Zone(String name, long first, long frames) {}

    private final LastEvents last;
    private final List<Zone> zones = new ArrayList<>();
    private final TreeSet<Long> firsts = new TreeSet<>();
    private final List<Owned> listed = new ArrayList<>();
    /** Frames that blocks have which are not listed, by the first frame of the cell. */
    private final Map<Long, Long> held = new TreeMap<>();

    MapCells(LastEvents last) {
        this.last = last;
        addZones();
        long frames = zones.stream().mapToLong(Zone::frames).sum();
        for (Zone zone : zones) {
            firsts.add(zone.first());
            for (long pfn = zone.first(); frames <= SMALL && pfn < zone.first() + zone.frames(); pfn++) {
                firsts.add(pfn);
            }
        }
        cut();
        list();
    }

    List<Zone> zones() {
        return zones;
    }

    /** The first frames of the cells. */
    Collection<Long> firsts() {
        return firsts;
    }

    /** Blocks that are owned before the first step, each on its own. */
    List<Owned> listed() {
        return listed;
    }

    /** Of the others, how many frames of a cell they have; by its first frame. */
    Map<Long, Long> held() {
        return held;
    }

    /** Who owns what just before a step. */
    List<Owned> ownersBefore(int index) {
        LinkedHashSet<Owned> owners = new LinkedHashSet<>(last.before());
        for (Step step : last.steps().subList(0, index)) {
            step.ends().forEach(owners::remove);
            owners.addAll(step.begins());
        }
        return List.copyOf(owners);
    }

    private void addZones() {
        MemoryMap memory = last.memory();
        if (memory != null) {
            long first = memory.start();
            for (int zone = 0; zone < memory.zones(); zone++) {
                if (memory.size(zone) > 0) {
                    zones.add(new Zone(memory.name(zone), first, memory.size(zone)));
                }
                first += memory.size(zone);
            }
            return;
        }
        long from = Long.MAX_VALUE;
        long to = 0;
        for (Step step : last.steps()) {
            if (step.first() >= 0) {
                from = Math.min(from, step.first());
                to = Math.max(to, step.first() + step.frames());
            }
        }
        if (from < to) {
            zones.add(new Zone("not said", from, to - from));
        }
    }

    /** What is nearest to the wrong step comes first, as the cells may not suffice for all. */
    private void cut() {
        List<Step> steps = last.steps();
        int from = last.wrong() < 0 ? steps.size() - 1 : last.wrong();
        for (int way = 0; way < steps.size() * 2 && firsts.size() < MOST; way++) {
            int index = from + (way % 2 == 0 ? -(way / 2) : way / 2 + 1);
            if (index >= 0 && index < steps.size()) {
                Step step = steps.get(index);
                cut(step.first(), step.first() + step.frames());
                step.begins().forEach(block -> cut(block.first(), block.end()));
                step.ends().forEach(block -> cut(block.first(), block.end()));
            }
        }
        if (last.wrong() >= 0) {
            Step wrong = steps.get(last.wrong());
            for (Owned block : last.before()) {
                if (block.first() < wrong.first() + wrong.frames()
                        && wrong.first() < block.end()
                        && firsts.size() < MOST) {
                    cut(block.first(), block.end());
                }
            }
        }
    }

    private void cut(long from, long to) {
        for (Zone zone : zones) {
            for (long at : List.of(from, to)) {
                if (at >= zone.first() && at < zone.first() + zone.frames()) {
                    firsts.add(at);
                }
            }
        }
    }

    private void list() {
        LinkedHashSet<Owned> ended = new LinkedHashSet<>();
        last.steps().forEach(step -> ended.addAll(step.ends()));
        for (Owned block : last.before()) {
            Long cell = firsts.floor(block.first());
            Long next = firsts.higher(block.first());
            boolean isCut = cell != null && cell == block.first() || next != null && next < block.end();
            if (isCut || ended.contains(block) || cell == null) {
                listed.add(block);
            } else {
                held.merge(cell, block.frames(), Long::sum);
            }
        }
    }
}
