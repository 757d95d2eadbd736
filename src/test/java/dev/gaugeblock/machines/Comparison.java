package dev.gaugeblock.machines;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.mm.Node;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.PerCpuPages;
import dev.gaugeblock.mm.Zone;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Holds the system's whole state against the model's, and against the invariants that its parts declare. */
final class Comparison {
    private static final Map<Class<?>, List<Method>> INVARIANTS = new ConcurrentHashMap<>();
    private static final int FLAGS = 0xFFFFF;

    private final RealMachine machine;
    private final Model model;

    Comparison(RealMachine machine, Model model) {
        this.machine = machine;
        this.model = model;
    }

    static void same(String what, Object expected, Object actual) {
        same("", what, expected, actual);
    }

    private static void same(Object of, String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(of + what + " is " + actual + ", and should be " + expected);
        }
    }

    void check() {
        for (int zone = 0; zone < machine.shape.zones(); zone++) {
            check(model.memory.zones.get(zone), machine.allocator.memory().zone(zone));
        }
        for (int index = 0; index < 3; index++) {
            same("pgalloc of zone " + index, model.memory.allocated[index], machine.allocator.allocated(index));
        }
        same("pgfree", model.memory.freed, machine.allocator.freed());
        same("min_free_kbytes", model.memory.minFreeKbytes, machine.tuning.minFreeKbytes());
        same("allocstall", model.reclaim.stalls, machine.allocator.stalls());
        for (Cpu cpu : machine.cpus) {
            same("interrupts of CPU " + cpu.id, false, cpu.interrupts.areOff());
        }
        same("sleepers", model.sleepers.stacks.sleepers(), machine.scheduler.stacks.sleepers());
        for (int node = 0; node < machine.kswapds.length; node++) {
            Node real = machine.allocator.memory().node(node);
            same("kswapd_max_order of node " + node, model.reclaim.maxOrder[node], real.kswapdMaxOrder.peek());
            invariants(machine.kswapds[node]);
        }
        checkHighmem();
        machine.buffers.check(model.buffers);
        invariants(machine.allocator.memory());
        invariants(machine.killer);
    }

    private void check(ModelZone expected, Zone zone) {
        String name = zone.name();
        if (expected.spanned > 0) {
            for (int order = 0; order < ModelZone.ORDERS; order++) {
                same(
                        name,
                        " free list of order ",
                        expected.free.get(order),
                        list(zone.buddyAtRest().freeBlocks(order)));
                same(
                        name,
                        " nr_free of order ",
                        expected.free.get(order).size(),
                        zone.counts.freeBlocks(order).peek());
            }
            invariants(zone.buddyAtRest());
        }
        same(name, " free_pages", expected.freePages, zone.counts.freePages.peek());
        same(
                name,
                " marks",
                List.of(expected.min, expected.low, expected.high),
                List.of(zone.marks.min(), zone.marks.low(), zone.marks.high()));
        same(
                name,
                " lowmem_reserve",
                list(expected.reserve),
                List.of(zone.marks.lowmemReserve(0), zone.marks.lowmemReserve(1), zone.marks.lowmemReserve(2)));
        invariants(zone.marks);
        for (int cpu = 0; cpu < machine.cpus.length; cpu++) {
            check(zone.pageset(cpu).hotAtRest(), expected.cpus[cpu][0]);
            check(zone.pageset(cpu).coldAtRest(), expected.cpus[cpu][1]);
        }
        same(name, " all_unreclaimable", expected.givenUp, zone.allUnreclaimable.peek() != 0);
        same(name, " pages_scanned", expected.pagesScanned, zone.pagesScanned.peek());
        same(
                name,
                " temp_priority, prev_priority",
                List.of(expected.tempPriority, expected.prevPriority),
                List.of(zone.tempPriority.peek(), zone.prevPriority.peek()));
        same(name, " active list", expected.active, list(machine.lists[zone.number].active()));
        same(name, " inactive list", expected.inactive, list(machine.lists[zone.number].inactive()));
        same(
                name,
                " nr_active, nr_inactive, nr_scan_active, nr_scan_inactive",
                List.of(expected.active.size(), expected.inactive.size(), expected.scanActive, expected.scanInactive),
                List.of(
                        machine.counts[zone.number].active.peek(),
                        machine.counts[zone.number].inactive.peek(),
                        machine.counts[zone.number].scanActive.peek(),
                        machine.counts[zone.number].scanInactive.peek()));
        invariants(machine.lists[zone.number]);
        for (ModelZone.Frame frame : expected.frames()) {
            check(frame, machine.frame(frame.pfn), zone);
        }
    }

    private static void check(PerCpuPages list, ModelZone.Cpu expected) {
        same(list, "", expected.frames, list(list.pfns()));
        same(list, " count", expected.frames.size(), list.count());
        same(
                list,
                " bounds",
                List.of(expected.low, expected.high, expected.batch),
                List.of(list.low(), list.high(), list.batch()));
        invariants(list);
    }

    private void check(ModelZone.Frame expected, PageFrame frame, Zone zone) {
        if (((expected.flags ^ frame.flags()) & FLAGS) != 0
                || expected.references != frame.references()
                || expected.privateData != frame.privateData()
                || machine.allocator.memory().zoneOf(frame) != zone) {
            throw new AssertionError(frame + " of " + zone.name() + " has flags "
                    + Long.toHexString(frame.flags() & FLAGS)
                    + ", references " + frame.references() + ", private " + frame.privateData() + ", zone "
                    + machine.allocator.memory().zoneOf(frame).number + ", and should have "
                    + Integer.toHexString(expected.flags) + ", " + expected.references + ", " + expected.privateData
                    + ", " + zone.number);
        }
    }

    private void checkHighmem() {
        ModelHighmem expected = model.highmem;
        for (int slot = 0; slot < machine.shape.pkmap(); slot++) {
            same(
                    "count of slot " + slot,
                    expected.counts[slot],
                    machine.highmem.kmap().count(slot));
            same(
                    "frame in slot " + slot,
                    expected.frames[slot],
                    machine.highmem.kmap().mappedPfn(slot));
        }
        same("last_pkmap_nr", expected.hand, machine.highmem.kmap().hand());
        for (int cpu = 0; cpu < machine.cpus.length; cpu++) {
            same("preempt count of CPU " + cpu, expected.preempt[cpu], machine.current[cpu].preemptCount);
        }
        boolean isIdle = machine.scheduler.stacks.sleepers() == machine.kswapds.length;
        invariants(machine.highmem.kmap(), isIdle);
        invariants(machine.highmem.atomic());
        invariants(machine.highmem.waitTable(), isIdle);
        invariants(machine.highmem.waitTable().holders());
    }

    static List<Integer> list(int... values) {
        return Arrays.stream(values).boxed().toList();
    }

    /** Nothing runs: whatever guards an object's data is free. */
    static void invariants(Object part) {
        invariants(part, true);
    }

    /** Likewise, where somebody may sleep in the middle of an operation. */
    private static void invariants(Object part, boolean isIdle) {
        for (Method invariant : INVARIANTS.computeIfAbsent(part.getClass(), Comparison::invariantsOf)) {
            if (!isIdle && invariant.getAnnotation(Invariant.class).guardedBy().equals(Invariant.IDLE)) {
                continue;
            }
            try {
                Object wrong = invariant.invoke(part);
                if (wrong != null) {
                    throw new AssertionError(
                            invariant.getAnnotation(Invariant.class).id() + ": " + wrong);
                }
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(invariant + " fails: " + e.getCause(), e);
            }
        }
    }

    private static List<Method> invariantsOf(Class<?> part) {
        List<Method> found = new ArrayList<>();
        for (Method method : part.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Invariant.class)) {
                method.setAccessible(true);
                found.add(method);
            }
        }
        found.sort(Comparator.comparing(Method::getName));
        return found;
    }
}
