package dev.gaugeblock.machines;

import java.util.List;

/** Behaviour 9: what a request tries before it gives up. */
final class ModelAllocator {
    /** Who asks: its CPU, and the four things about it that an allocation looks at. */
    record Asker(int cpu, boolean realTime, boolean inInterrupt, boolean memalloc, boolean memdie) {
        static Asker process(int cpu) {
            return new Asker(cpu, false, false, false, false);
        }

        /** With the bits that events have: 1 real-time, 2 in interrupt, 4 PF_MEMALLOC, 8 TIF_MEMDIE. */
        static Asker of(int cpu, int bits) {
            return new Asker(cpu, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
        }
    }

    private final ModelMemory memory;
    private final ModelReclaim reclaim;
    private final ModelRescue rescue;
    private final List<String> trace;

    ModelAllocator(ModelMemory memory, ModelReclaim reclaim, ModelRescue rescue, List<String> trace) {
        this.memory = memory;
        this.reclaim = reclaim;
        this.rescue = rescue;
        this.trace = trace;
    }

    private static boolean has(int gfp, String bit) {
        return (gfp & SystemShape.gfp(bit)) != 0;
    }

    /** The block's first frame, -1 for NULL. */
    int alloc(int gfp, int order, Asker task) {
        if (order >= ModelZone.ORDERS) {
            return -1;
        }
        List<ModelZone> zones = memory.zonelist(memory.shape.cpus().get(task.cpu()), gfp);
        if (zones.isEmpty()) {
            return -1;
        }
        int classZone = zones.get(0).index;
        boolean harder = task.realTime() && !task.inInterrupt() || !has(gfp, "WAIT");
        boolean high = has(gfp, "HIGH");
        boolean memdie = task.memdie();
        while (true) {
            int found = -1;
            for (ModelZone zone : zones) {
                if (found < 0 && zone.isAbove(order, zone.low, classZone, false, false)) {
                    found = take(zone, gfp, order, task);
                }
            }
            if (found >= 0) {
                return found;
            }
            for (ModelZone zone : zones) {
                reclaim.wake(zone, order);
            }
            found = atMin(zones, gfp, order, task, classZone, harder, high);
            if (found >= 0) {
                return found;
            }
            if ((task.memalloc() || memdie) && !task.inInterrupt()) {
                for (ModelZone zone : zones) {
                    found = take(zone, gfp, order, task);
                    if (found >= 0) {
                        return found;
                    }
                }
                return nothing(gfp);
            }
            if (!has(gfp, "WAIT")) {
                return nothing(gfp);
            }
            boolean restart = false;
            while (!restart) {
                boolean progress = reclaim.tryToFree(zones, gfp, task.cpu());
                if (progress) {
                    found = atMin(zones, gfp, order, task, classZone, harder, high);
                } else if (has(gfp, "FS") && !has(gfp, "NORETRY")) {
                    for (ModelZone zone : zones) {
                        if (found < 0 && zone.isAbove(order, zone.high, classZone, false, false)) {
                            found = take(zone, gfp, order, task);
                        }
                    }
                    if (found < 0) {
                        rescue.outOfMemory(gfp, task.cpu());
                        restart = true;
                        continue;
                    }
                }
                if (found >= 0) {
                    return found;
                }
                if (has(gfp, "NORETRY") || !(order <= 3 || has(gfp, "REPEAT") || has(gfp, "NOFAIL"))) {
                    return nothing(gfp);
                }
                rescue.congestion(task.cpu());
            }
        }
    }

    private int nothing(int gfp) {
        if ((gfp & 0x200) == 0) {
            trace.add("warn");
        }
        return -1;
    }

    private int atMin(
            List<ModelZone> zones, int gfp, int order, Asker task, int classZone, boolean harder, boolean high) {
        for (ModelZone zone : zones) {
            if (zone.isAbove(order, zone.min, classZone, harder, high)) {
                int found = take(zone, gfp, order, task);
                if (found >= 0) {
                    return found;
                }
            }
        }
        return -1;
    }

    private int take(ModelZone zone, int gfp, int order, Asker task) {
        int pfn = order > 0 ? zone.take(order) : zone.takeFrom(zone.cpus[task.cpu()][has(gfp, "COLD") ? 1 : 0]);
        if (pfn >= 0) {
            memory.prepare(zone, pfn, order, gfp);
        }
        return pfn;
    }
}
