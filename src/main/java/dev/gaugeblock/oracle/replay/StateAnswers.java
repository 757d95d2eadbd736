package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.MemoryTuning;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.PerCpuPages;
import dev.gaugeblock.mm.PerCpuPageset;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.ZoneMarks;
import dev.gaugeblock.mm.Zonelist;
import dev.gaugeblock.oracle.trace.Answers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Answers that describe the state of a machine and change nothing. */
final class StateAnswers {
    private StateAnswers() {}

    /** What {@code info} prints, and all that changes a parameter. */
    static Answers parameters(Machine machine) {
        MemoryTuning tuning = machine.tuning;
        return new Answers()
                .put("zones", each(Zone.COUNT, zone -> parameters(machine.node.zone(zone))
                        .values()))
                .put("min_free_kbytes", tuning.minFreeKbytes())
                .put("ratio", numbers(tuning.ratio(Zone.DMA), tuning.ratio(Zone.NORMAL)))
                .put("zonelists", each(Gfp.ZONE_TYPES, index -> zones(machine.node.zonelist(index))));
    }

    private static Answers parameters(Zone zone) {
        ZoneMarks marks = zone.marks;
        PerCpuPageset pageset = zone.pageset(0);
        return new Answers()
                .put("name", zone.name())
                .put("start", zone.startPfn)
                .put("spanned", zone.spanned)
                .put("present", zone.present)
                .put("free_pages", zone.counts.freePages.peek())
                .put("min", marks.min())
                .put("low", marks.low())
                .put("high", marks.high())
                .put("lowmem_reserve", each(Zone.COUNT, classZone -> (long) marks.lowmemReserve(classZone)))
                .put("hot", bounds(pageset.hotAtRest()))
                .put("cold", bounds(pageset.coldAtRest()))
                .put("wait_table_size", zone.waitTableSize)
                .put("wait_table_bits", zone.waitTableBits)
                .put("temp_priority", zone.tempPriority.peek())
                .put("prev_priority", zone.prevPriority.peek());
    }

    private static List<Object> bounds(PerCpuPages list) {
        return numbers(list.low(), list.high(), list.batch());
    }

    private static List<Object> zones(Zonelist list) {
        return each(list.length(), position -> (long) list.zone(position).index);
    }

    static Answers digest(Machine machine) {
        return new Answers().put("d", Digest.of(machine.node, machine.cpuCount()));
    }

    static Answers dump(Machine machine) {
        return new Answers()
                .put("zones", each(Zone.COUNT, zone -> lists(machine.node.zone(zone), machine.cpuCount())
                        .values()))
                .putAll(digest(machine));
    }

    private static Answers lists(Zone zone, int cpuCount) {
        boolean empty = zone.spanned == 0;
        return new Answers()
                .put("free_pages", zone.counts.freePages.peek())
                .put(
                        "free",
                        each(
                                empty ? 0 : BuddyLists.MAX_ORDER,
                                order -> numbers(zone.buddyAtRest().freeBlocks(order))))
                .put("pcp", each(empty ? 0 : cpuCount, cpu -> lists(zone.pageset(cpu))));
    }

    private static List<Object> lists(PerCpuPageset pageset) {
        return List.of(
                numbers(pageset.hotAtRest().pfns()),
                numbers(pageset.coldAtRest().pfns()));
    }

    static Answers page(Machine machine, PageFrame frame) {
        return new Answers()
                .put("flags", frame.flags())
                .put("zone", machine.memory.zoneNumber(frame))
                .put("_count", frame.biasedCount())
                .put("_mapcount", frame.biasedMapcount())
                .put("private", frame.privateData())
                .put("mapping", frame.mapping())
                .put("index", frame.index());
    }

    /**
     * Statistics. {@code allocstall} counts in the reclaim code, for which a script may stand: then it does not count.
     */
    static Answers statistics(Machine machine) {
        PageAllocator allocator = machine.allocator;
        return new Answers()
                .put("pgalloc", each(Zone.COUNT, zone -> allocator.allocated(zone)))
                .put("pgfree", allocator.freed())
                .put("allocstall", allocator.stalls())
                .put("nr_free_pages", machine.memory.freePages())
                .put("nr_free_buffer_pages", machine.memory.presentAboveHigh(0))
                .put("nr_free_pagecache_pages", machine.memory.presentAboveHigh(Gfp.HIGHMEM));
    }

    private static List<Object> numbers(int... values) {
        return each(values.length, index -> (long) values[index]);
    }

    private static List<Object> each(int count, IntFunction<Object> element) {
        List<Object> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(element.apply(i));
        }
        return list;
    }
}
