package dev.gaugeblock.report;

import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.PerCpuPages;
import dev.gaugeblock.mm.Zone;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The memory of a machine as text, in the shape that the kernel itself has for it. Only while nothing runs. */
public final class MemoryReport {
    private static final int KIB_PER_FRAME = PageFrame.SIZE / 1024;

    private MemoryReport() {}

    /** Everything about some zones: {@link #freeAreas}, {@link #buddyInfo} and {@link #lists}, each line ended. */
    public static String of(List<Zone> zones, int cpus) {
        return freeAreas(zones, cpus) + buddyInfo(zones) + lists(zones, cpus);
    }

    /** What {@code show_free_areas} prints, with how full each per-CPU list is. Reserves are in frames. */
    private static String freeAreas(List<Zone> zones, int cpus) {
        StringBuilder text = new StringBuilder();
        for (Zone zone : zones) {
            text.append(zone.name()).append(" per-cpu:\n");
            for (int cpu = 0; cpu < cpus; cpu++) {
                text.append(perCpu(cpu, "hot", zone.pageset(cpu).hotAtRest()));
                text.append(perCpu(cpu, "cold", zone.pageset(cpu).coldAtRest()));
            }
        }
        for (Zone zone : zones) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s free:%dkB min:%dkB low:%dkB high:%dkB present:%dkB pages_scanned:%d all_unreclaimable? %s\n",
                    zone.name(),
                    kib(zone.counts.freePages.peek()),
                    kib(zone.marks.min()),
                    kib(zone.marks.low()),
                    kib(zone.marks.high()),
                    kib(zone.present),
                    zone.pagesScanned.peek(),
                    zone.allUnreclaimable.peek() != 0 ? "yes" : "no"));
            text.append("lowmem_reserve[]:");
            for (int classZone = 0; classZone < Zone.COUNT; classZone++) {
                text.append(' ').append(zone.marks.lowmemReserve(classZone));
            }
            text.append('\n');
        }
        for (Zone zone : zones) {
            text.append(blocks(zone));
        }
        return text.toString();
    }

    private static String perCpu(int cpu, String temperature, PerCpuPages list) {
        return "cpu " + cpu + " " + temperature + ": low " + list.low() + ", high " + list.high() + ", batch "
                + list.batch() + " used:" + list.count() + "\n";
    }

    /** "DMA: 1*4kB 0*8kB ... = 4kB". */
    private static String blocks(Zone zone) {
        StringBuilder text = new StringBuilder(zone.name()).append(": ");
        long total = 0;
        for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
            long blocks = zone.counts.freeBlocks(order).peek();
            total += blocks << order;
            text.append(blocks).append('*').append(kib(1L << order)).append("kB ");
        }
        return text.append("= ").append(kib(total)).append("kB\n").toString();
    }

    /** What {@code /proc/buddyinfo} shows: for each zone, how many blocks of each order from 0 on are free. */
    private static String buddyInfo(List<Zone> zones) {
        StringBuilder text = new StringBuilder();
        for (Zone zone : zones) {
            text.append(String.format(Locale.ROOT, "Node 0, zone %8s ", zone.name()));
            for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
                text.append(String.format(
                        Locale.ROOT, "%6d ", zone.counts.freeBlocks(order).peek()));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** The lists that are not empty: first frames of free blocks, and frames of per-CPU lists, head to tail. */
    private static String lists(List<Zone> zones, int cpus) {
        StringBuilder text = new StringBuilder();
        for (Zone zone : zones) {
            for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
                int listed = order;
                text.append(list(zone.name() + " order " + order, () -> zone.buddyAtRest()
                        .freeBlocks(listed)));
            }
            for (int cpu = 0; cpu < cpus; cpu++) {
                text.append(list(
                        zone.name() + " cpu " + cpu + " hot", zone.pageset(cpu).hotAtRest()::pfns));
                text.append(list(
                        zone.name() + " cpu " + cpu + " cold", zone.pageset(cpu).coldAtRest()::pfns));
            }
        }
        return text.toString();
    }

    private static String list(String name, Supplier<int[]> list) {
        int[] pfns;
        try {
            pfns = list.get();
        } catch (IllegalStateException broken) {
            // What is shown may be exactly the wreck that somebody wants to look at.
            return name + ": " + broken.getMessage() + "\n";
        }
        return pfns.length == 0
                ? ""
                : name + ": " + Arrays.stream(pfns).mapToObj(Integer::toString).collect(Collectors.joining(" ")) + "\n";
    }

    private static long kib(long frames) {
        return frames * KIB_PER_FRAME;
    }
}
