package dev.gaugeblock.machines;

import dev.gaugeblock.machines.ModelZone.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory of a machine as behaviour 3 to 8 tell of it: nodes, zonelists, marks, boot, and what becomes of single
 * frames.
 */
final class ModelMemory {
    final SystemShape shape;
    final List<ModelZone> zones = new ArrayList<>();
    final List<String> trace;
    final long[] allocated = new long[3];
    long freed;
    private final int[] ratio = {256, 32};
    int minFreeKbytes = 1024;
    private final List<List<Integer>> nodeOrders = new ArrayList<>();

    ModelMemory(SystemShape shape, List<String> trace) {
        this.shape = shape;
        this.trace = trace;
        int start = 0;
        for (int node = 0; node < shape.nodes().size(); node++) {
            for (int index = 0; index < 3; index++) {
                int size = shape.nodes().get(node).get(index);
                ModelZone zone = new ModelZone(
                        node,
                        index,
                        size == 0 ? 0 : start,
                        size,
                        0,
                        shape.cpus().size());
                zones.add(zone);
                start += size;
            }
        }
        orderNodes();
        boot();
    }

    ModelZone zone(int node, int index) {
        return zones.get(3 * node + index);
    }

    Frame frame(int pfn) {
        for (ModelZone zone : zones) {
            if (zone.holds(pfn)) {
                return zone.frame(pfn);
            }
        }
        throw new IllegalArgumentException("the model has no frame " + pfn);
    }

    // Behaviour 3

    private void orderNodes() {
        int count = shape.nodes().size();
        int[] load = new int[count];
        for (int local = 0; local < count; local++) {
            List<Integer> order = new ArrayList<>(List.of(local));
            if (shape.distances().isEmpty()) {
                for (int step = 1; step < count; step++) {
                    order.add((local + step) % count);
                }
            } else {
                int before = local;
                while (order.size() < count) {
                    int best = nearest(local, order, load);
                    if (distance(local, best) != distance(local, before)) {
                        load[best] += count - order.size();
                    }
                    order.add(best);
                    before = best;
                }
            }
            nodeOrders.add(order);
        }
    }

    private int nearest(int local, List<Integer> taken, int[] load) {
        int count = shape.nodes().size();
        int best = -1;
        long least = Long.MAX_VALUE;
        for (int step = 1; step < count; step++) {
            int node = (local + step) % count;
            int penalty = shape.cpus().contains(node) ? 1 : 0;
            // MAX_NUMNODES: any number of at least the nodes' does, as a load stays below nodes squared.
            long value = (long) (distance(local, node) + penalty) * count * 64 + load[node];
            if (!taken.contains(node) && value < least) {
                least = value;
                best = node;
            }
        }
        return best;
    }

    private int distance(int from, int to) {
        return shape.distances().get(from).get(to);
    }

    /** The zones that a request on a node may use, in order. */
    List<ModelZone> zonelist(int node, int gfp) {
        int highest = (gfp & 1) != 0 ? 0 : (gfp & 2) != 0 ? 2 : 1;
        List<ModelZone> list = new ArrayList<>();
        for (int each : nodeOrders.get(node)) {
            for (int index = highest; index >= 0; index--) {
                if (zone(each, index).present > 0) {
                    list.add(zone(each, index));
                }
            }
        }
        return list;
    }

    // Behaviour 4

    void initialiseMarks() {
        long kbytes = 0;
        for (int node = 0; node < shape.nodes().size(); node++) {
            kbytes += 4L
                    * zonelist(node, 0).stream()
                            .mapToInt(zone -> Math.max(0, zone.present - zone.high))
                            .sum();
        }
        minFreeKbytes = Math.min(65536, Math.max(128, (int) Math.sqrt(kbytes * 16)));
        setMarks();
        setReserves();
    }

    void setMinFree(int kbytes) {
        minFreeKbytes = kbytes;
        setMarks();
    }

    void setRatio(int dma, int normal) {
        ratio[0] = dma;
        ratio[1] = normal;
        setReserves();
    }

    private void setMarks() {
        long pages = minFreeKbytes >> 2;
        long low = zones.stream()
                .filter(zone -> zone.index != 2)
                .mapToLong(zone -> zone.present)
                .sum();
        for (ModelZone zone : zones) {
            if (zone.index == 2) {
                zone.min = Math.min(128, Math.max(32, zone.present / 1024));
            } else {
                zone.min = low == 0 ? 0 : (int) (pages * zone.present / low);
            }
            zone.low = zone.min * 5 / 4;
            zone.high = zone.min * 6 / 4;
        }
    }

    private void setReserves() {
        for (int node = 0; node < shape.nodes().size(); node++) {
            for (int classZone = 0; classZone < 3; classZone++) {
                zone(node, classZone).reserve[classZone] = 0;
                int pages = zone(node, classZone).present;
                for (int index = classZone - 1; index >= 0; index--) {
                    zone(node, index).reserve[classZone] = pages / ratio[index];
                    pages += zone(node, index).present;
                }
            }
        }
    }

    // Boot, in the modes that free whole zones

    private void boot() {
        for (ModelZone zone : zones) {
            List<int[]> blocks = new ArrayList<>();
            int offset = 0;
            while (offset < zone.spanned) {
                int order = shape.boot().equals("pages") ? 0 : 10;
                while (offset % (1 << order) != 0 || offset + (1 << order) > zone.spanned) {
                    order--;
                }
                blocks.add(new int[] {zone.start + offset, order});
                offset += 1 << order;
            }
            if (shape.boot().equals("blocksdesc")) {
                java.util.Collections.reverse(blocks);
            }
            for (ModelZone.Frame frame : zone.frames()) {
                frame.flags = zone.index == 2 ? ModelBits.HIGHMEM : 0;
            }
            for (int[] block : blocks) {
                freed += 1L << block[1];
                zone.ends();
                zone.give(block[0], block[1]);
            }
        }
    }

    // Behaviour 8

    /** {@code free_pages_check}, in the name of who found it. */
    private void checkFreed(String by, Frame frame) {
        if (frame.has(ModelBits.BAD_ON_FREE) || frame.references != 0) {
            bad(by, frame);
        }
        frame.flags &= ~ModelBits.DIRTY;
    }

    private void bad(String by, Frame frame) {
        trace.add("bad_page:" + by + ":" + frame.pfn);
        frame.flags &= ~ModelBits.CLEARED_WHEN_BAD;
        frame.references = 0;
    }

    /** A block that a zone gave: checked, cleaned, zeroed, made compound. */
    void prepare(ModelZone zone, int pfn, int order, int gfp) {
        allocated[zone.index] += 1L << order;
        Frame head = zone.frame(pfn);
        if (head.has(ModelBits.BAD_ON_ALLOCATION)) {
            bad("prep_new_page", head);
        }
        head.flags &= ~ModelBits.CLEANED;
        head.privateData = 0;
        head.references = 1;
        if ((gfp & SystemShape.gfp("ZERO")) != 0) {
            for (int i = 0; i < 1 << order; i++) {
                trace.add("clear:" + (pfn + i));
            }
        }
        if (shape.compound() && order > 0 && (gfp & SystemShape.gfp("COMP")) != 0) {
            for (int i = 0; i < 1 << order; i++) {
                zone.frame(pfn + i).flags |= ModelBits.COMPOUND;
                zone.frame(pfn + i).privateData = 0xC1000000L + 32L * pfn;
            }
        }
    }

    void free(int pfn, int order, boolean cold, int cpu) {
        Frame head = frame(pfn);
        if (head.has(ModelBits.RESERVED)) {
            return;
        }
        head.references--;
        if (head.references > 0) {
            return;
        }
        freed += 1L << order;
        if (order == 0) {
            checkFreed("free_hot_cold_page", head);
            head.zone.putOn(head.zone.cpus[cpu][cold ? 1 : 0], pfn);
            return;
        }
        for (int i = 0; i < 1 << order; i++) {
            checkFreed("__free_pages_ok", frame(pfn + i));
        }
        for (int i = 0; i < 1 << order && head.has(ModelBits.COMPOUND); i++) {
            frame(pfn + (1 << order) - 1 - i).flags &= ~ModelBits.COMPOUND;
        }
        head.zone.ends();
        head.zone.give(pfn, order);
    }

    void drain(int cpu) {
        for (ModelZone zone : zones) {
            for (ModelZone.Cpu list : zone.cpus[cpu]) {
                zone.giveBack(list, list.frames.size());
            }
        }
    }
}
