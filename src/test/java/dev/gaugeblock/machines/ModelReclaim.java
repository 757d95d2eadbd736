package dev.gaugeblock.machines;

import java.util.List;
import java.util.function.IntConsumer;

/** Behaviour 12: how hard reclaim tries, and what each kswapd does from one sleep to the next. */
final class ModelReclaim {
    private static final int CLUSTER = 32;
    private final ModelMemory memory;
    private final List<String> trace;
    /** Calls of direct reclaim. */
    long stalls;

    final int[] maxOrder;
    private final int[] lastOrder;
    /** By node. */
    final ModelSleepers.Wake[] kswapds;

    /** Counts of the scan that is under way. */
    private int scanned;

    private int reclaimed;

    ModelReclaim(ModelMemory memory, ModelSleepers sleepers, List<String> trace) {
        this.memory = memory;
        this.trace = trace;
        int nodes = memory.shape.nodes().size();
        maxOrder = new int[nodes];
        lastOrder = new int[nodes];
        kswapds = new ModelSleepers.Wake[nodes];
        for (int node = 0; node < nodes; node++) {
            int id = node;
            kswapds[node] = sleepers.new Wake();
            sleepers.run("kswapd", () -> run(id));
        }
    }

    /** The CPU that a node's kswapd runs on: its first, or CPU 0. */
    static int cpuOf(SystemShape shape, int node) {
        return Math.max(0, shape.cpus().indexOf(node));
    }

    /** Round after round, for ever. */
    private String run(int node) {
        while (true) {
            int order = maxOrder[node];
            maxOrder[node] = 0;
            if (order <= lastOrder[node]) {
                kswapds[node].sleep();
                order = maxOrder[node];
            }
            lastOrder[node] = order;
            balance(node, order);
        }
    }

    void wake(ModelZone zone, int order) {
        if (zone.present == 0 || zone.isAbove(order, zone.low, 0, false, false)) {
            return;
        }
        maxOrder[zone.node] = Math.max(maxOrder[zone.node], order);
        if (!kswapds[zone.node].due) {
            trace.add("kswapd_wake:" + zone.node);
            kswapds[zone.node].due = true;
        }
    }

    boolean tryToFree(List<ModelZone> zones, int gfp, int cpu) {
        stalls++;
        int lru = 0;
        for (ModelZone zone : zones) {
            zone.tempPriority = 12;
            lru += zone.active.size() + zone.inactive.size();
        }
        boolean progress = false;
        int total = 0;
        for (int priority = 12; priority >= 0 && !progress; priority--) {
            scanned = 0;
            reclaimed = 0;
            for (ModelZone zone : zones) {
                note(zone, priority);
                if (!zone.givenUp || priority == 12) {
                    shrink(zone, priority, cpu);
                }
            }
            trace.add("slab:" + scanned + ":" + lru);
            if (reclaimed >= CLUSTER) {
                progress = true;
                break;
            }
            total += scanned;
            if (total > 48) {
                trace.add("bdflush:" + total);
            }
            if (scanned > 0 && priority < 10) {
                trace.add("nap:1:100");
            }
        }
        for (ModelZone zone : zones) {
            zone.prevPriority = zone.tempPriority;
        }
        return progress;
    }

    private static void note(ModelZone zone, int priority) {
        zone.tempPriority = priority;
        zone.prevPriority = Math.min(zone.prevPriority, priority);
    }

    private void shrink(ModelZone zone, int priority, int cpu) {
        zone.scanActive += (zone.active.size() >> priority) + 1;
        int active = zone.scanActive >= CLUSTER ? zone.scanActive : 0;
        zone.scanActive -= active;
        zone.scanInactive += (zone.inactive.size() >> priority) + 1;
        int inactive = zone.scanInactive >= CLUSTER ? zone.scanInactive : 0;
        zone.scanInactive -= inactive;
        int wanted = CLUSTER;
        while ((active > 0 || inactive > 0) && wanted > 0) {
            if (active > 0) {
                int pages = Math.min(active, CLUSTER);
                active -= pages;
                trace.add("refill:" + zone.node + "." + zone.index + ":" + pages);
                take(zone.active, pages, zone, pfn -> {
                    memory.frame(pfn).flags &= ~ModelBits.ACTIVE;
                    zone.inactive.add(0, pfn);
                });
            }
            if (inactive > 0) {
                int pages = Math.min(inactive, CLUSTER);
                inactive -= pages;
                int looked = take(zone.inactive, pages, zone, pfn -> {
                    memory.frame(pfn).flags &= ~ModelBits.LRU;
                    memory.free(pfn, 0, true, cpu);
                });
                trace.add("shrink:" + zone.node + "." + zone.index + ":" + pages + ":" + looked);
                scanned += looked;
                reclaimed += looked;
                wanted -= looked;
            }
        }
    }

    /** So many from the tail, each counted as scanned. */
    private static int take(List<Integer> list, int pages, ModelZone zone, IntConsumer each) {
        int count = Math.min(pages, list.size());
        List<Integer> taken = new java.util.ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(list.remove(list.size() - 1));
        }
        zone.pagesScanned += count;
        taken.forEach(each::accept);
        return count;
    }

    private void balance(int node, int order) {
        int cpu = cpuOf(memory.shape, node);
        boolean allFine;
        int again = 0;
        do {
            if (again++ > 50) {
                throw new IllegalStateException("the model's kswapd does not come to an end");
            }
            allFine = isBalanced(node, order, cpu);
        } while (!allFine);
    }

    private boolean isBalanced(int node, int order, int cpu) {
        int zones = 0;
        for (int index = 0; index < 3; index++) {
            zones = memory.zone(node, index).present > 0 ? index + 1 : zones;
        }
        for (int index = 0; index < zones; index++) {
            memory.zone(node, index).tempPriority = 12;
        }
        int totalScanned = 0;
        int totalReclaimed = 0;
        boolean allFine = true;
        for (int priority = 12; priority >= 0; priority--) {
            allFine = true;
            int end = shortest(node, zones, order, priority);
            if (end < 0) {
                break;
            }
            int lru = 0;
            for (int index = 0; index <= end; index++) {
                ModelZone zone = memory.zone(node, index);
                lru += zone.active.size() + zone.inactive.size();
            }
            for (int index = 0; index <= end; index++) {
                ModelZone zone = memory.zone(node, index);
                if (zone.present == 0 || zone.givenUp && priority != 12) {
                    continue;
                }
                allFine &= zone.isAbove(order, zone.high, end, false, false);
                note(zone, priority);
                scanned = 0;
                reclaimed = 0;
                shrink(zone, priority, cpu);
                trace.add("slab:" + scanned + ":" + lru);
                totalScanned += scanned;
                totalReclaimed += reclaimed;
                if (!zone.givenUp && zone.pagesScanned >= 4 * (zone.active.size() + zone.inactive.size())) {
                    zone.givenUp = true;
                }
            }
            if (allFine) {
                break;
            }
            if (totalScanned > 0 && priority < 10) {
                trace.add("nap:1:100");
            }
            if (totalReclaimed >= CLUSTER) {
                break;
            }
        }
        for (int index = 0; index < zones; index++) {
            ModelZone zone = memory.zone(node, index);
            zone.prevPriority = zone.tempPriority;
        }
        return allFine;
    }

    /** The highest zone below its mark, -1 for none. */
    private int shortest(int node, int zones, int order, int priority) {
        for (int index = zones - 1; index >= 0; index--) {
            ModelZone zone = memory.zone(node, index);
            if (zone.present > 0
                    && !(zone.givenUp && priority != 12)
                    && !zone.isAbove(order, zone.high, 0, false, false)) {
                return index;
            }
        }
        return -1;
    }
}
