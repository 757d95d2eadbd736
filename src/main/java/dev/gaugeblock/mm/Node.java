package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;

/** {@code pg_data_t}: the memory of one node, its frames, zones and zonelists. */
public final class Node implements Stateful {
    /** Frame number of the node's first frame. */
    public final int startPfn;

    /** {@code kswapd_max_order}: the largest order that kswapd was woken for since its last round. Written without a lock. */
    public final SharedWord kswapdMaxOrder;

    private final PageFrame[] memMap;
    private final Zone[] zones;
    private final Zonelist[] zonelists;
    private final int cpuCount;

    Node(int startPfn, PageFrame[] memMap, Zone[] zones, int cpuCount, Scheduler scheduler) {
        this.startPfn = startPfn;
        this.memMap = memMap;
        this.zones = zones;
        this.cpuCount = cpuCount;
        this.kswapdMaxOrder = new SharedWord("kswapd_max_order", scheduler);
        this.zonelists = new Zonelist[Gfp.ZONE_TYPES];
        for (int goal = 0; goal < Gfp.ZONE_TYPES; goal++) {
            zonelists[goal] = Zonelist.downFrom(firstChoice(goal), zones);
        }
    }

    /** The zone that a request's zone bits ask for. The test for DMA comes last, so it would win over HIGHMEM. */
    private static int firstChoice(int zoneBits) {
        if ((zoneBits & Gfp.DMA) != 0) {
            return Zone.DMA;
        }
        return (zoneBits & Gfp.HIGHMEM) != 0 ? Zone.HIGHMEM : Zone.NORMAL;
    }

    /** Zone by index 0..2. */
    public Zone zone(int index) {
        return zones[index];
    }

    /** {@code page_zone}: by the zone number in the frame's flags. */
    public Zone zoneOf(PageFrame frame) {
        return zones[frame.zoneNumber()];
    }

    /** The zones for a request, by its zone bits: 0 Normal, 1 DMA, 2 HighMem, each with those below it. */
    public Zonelist zonelist(int zoneBits) {
        if (zoneBits < 0 || zoneBits >= Gfp.ZONE_TYPES) {
            throw new IllegalArgumentException("zonelist " + zoneBits + " is not in 0.." + (Gfp.ZONE_TYPES - 1));
        }
        return zonelists[zoneBits];
    }

    /** {@code nr_zones}: one more than the index of the highest zone with frames; 0 without any. */
    public int zoneCount() {
        int count = Zone.COUNT;
        while (count > 0 && zones[count - 1].spanned == 0) {
            count--;
        }
        return count;
    }

    /** Number of frames, holes included. */
    public int frames() {
        return memMap.length;
    }

    /**
     * The frame with a frame number.
     *
     * @throws IllegalArgumentException for a number that is not this node's
     */
    public PageFrame frame(int pfn) {
        int offset = pfn - startPfn;
        if (offset < 0 || offset >= memMap.length) {
            throw new IllegalArgumentException("frame " + pfn + " does not exist: the node has frames " + startPfn
                    + ".." + (startPfn + memMap.length - 1));
        }
        return memMap[offset];
    }

    /** {@code nr_free_pages}: frames in the free lists of all zones. */
    public int freePages() {
        int sum = 0;
        for (Zone zone : zones) {
            sum += zone.counts.freePages.peek();
        }
        return sum;
    }

    /** Σ max(0, present − pages_high) over a zonelist: list 0 gives {@code nr_free_buffer_pages}, 2 gives {@code nr_free_pagecache_pages}. */
    public int presentAboveHigh(int zoneBits) {
        Zonelist list = zonelists[zoneBits];
        int sum = 0;
        for (int i = 0; i < list.length(); i++) {
            Zone zone = list.zone(i);
            sum += Math.max(0, zone.present - zone.marks.high());
        }
        return sum;
    }

    /** Without the CPUs' own lists. */
    @Override
    public void writeState(StateSink out) {
        kswapdMaxOrder.writeState(out);
        for (Zone zone : zones) {
            zone.writeState(out);
        }
    }

    /** The lists of free frames that a CPU, by its number, has for itself. */
    public void writeListsOf(int cpu, StateSink out) {
        for (Zone zone : zones) {
            if (zone.spanned > 0) {
                zone.writeListsOf(cpu, out);
            }
        }
    }

    @Invariant(
            id = "frame-one-place",
            says = "No frame is in two of these places at once: a free block, a per-CPU list, reserved.",
            guardedBy = Invariant.ALL)
    String noFrameInTwoPlaces() {
        boolean[] taken = new boolean[memMap.length];
        for (PageFrame frame : memMap) {
            taken[frame.pfn - startPfn] = frame.isReserved();
        }
        for (Zone zone : zones) {
            for (int order = 0; zone.spanned > 0 && order < BuddyLists.MAX_ORDER; order++) {
                for (int pfn : zone.buddy.freeBlocks(order)) {
                    for (int i = pfn; i < pfn + (1 << order); i++) {
                        if (taken[i - startPfn]) {
                            return "frame " + i + placesOf(i);
                        }
                        taken[i - startPfn] = true;
                    }
                }
            }
            for (int list = 0; zone.spanned > 0 && list < 2 * cpuCount; list++) {
                for (int pfn : zone.pageset(list / 2).list(list % 2 == 1).pfns()) {
                    if (taken[pfn - startPfn]) {
                        return "frame " + pfn + placesOf(pfn);
                    }
                    taken[pfn - startPfn] = true;
                }
            }
        }
        return null;
    }

    /** Every place that a frame is in, for a message; put together only when something is wrong. */
    private String placesOf(int pfn) {
        StringBuilder places = new StringBuilder();
        for (Zone zone : zones) {
            for (int list = 0; zone.spanned > 0 && list < 2 * cpuCount; list++) {
                for (int listed : zone.pageset(list / 2).list(list % 2 == 1).pfns()) {
                    if (pfn == listed) {
                        addPlace(places, "on the " + (list % 2 == 0 ? "hot" : "cold") + " list of CPU " + list / 2);
                    }
                }
            }
            for (int order = BuddyLists.MAX_ORDER - 1; zone.spanned > 0 && order >= 0; order--) {
                for (int first : zone.buddy.freeBlocks(order)) {
                    if (pfn >= first && pfn < first + (1 << order)) {
                        addPlace(places, "in the free block " + first + " of order " + order);
                    }
                }
            }
        }
        if (frame(pfn).isReserved()) {
            addPlace(places, "reserved");
        }
        return places.toString();
    }

    private static void addPlace(StringBuilder places, String place) {
        places.append(places.length() == 0 ? " is " : " and also ").append(place);
    }
}
