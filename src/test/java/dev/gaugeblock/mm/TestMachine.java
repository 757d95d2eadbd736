package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A booted machine, with what tests do to it and ask of it all the time. Its marks and reserves are 0 until set. */
final class TestMachine {
    final ScriptedCollaborators around = new ScriptedCollaborators();
    final Cpu[] cpus;
    final PageAllocator allocator;
    final Memory memory;
    /** The first node, mostly the only one. */
    final Node node;

    /** An ordinary process on CPU 0. */
    final Task task;

    private TestMachine(MachineLayout layout, int[] nodeOfCpu, boolean hugetlb, String bootMode) {
        SequentialScheduler scheduler = around.scheduler();
        cpus = Cpu.create(nodeOfCpu, scheduler);
        task = Task.process(cpus[0]);
        allocator = Boot.start(layout, cpus, hugetlb, around.collaborators(), scheduler);
        memory = allocator.memory();
        node = memory.node(0);
        new BootFreeing(allocator, layout, task).free(bootMode);
        around.takeCalls();
    }

    /** One CPU; all frames are in the buddy lists, in blocks as large as can be. */
    static TestMachine booted(int dma, int normal, int highmem) {
        return booted(new MemoryLayout(0, dma, normal, highmem), "blocks");
    }

    static TestMachine booted(MemoryLayout layout, String bootMode) {
        return booted(layout, bootMode, 1);
    }

    static TestMachine booted(MemoryLayout layout, String bootMode, int cpuCount) {
        return new TestMachine(MachineLayout.of(layout), new int[cpuCount], false, bootMode);
    }

    /** A machine of several nodes, each CPU on the node that is said for it. */
    static TestMachine booted(MachineLayout layout, String bootMode, int... nodeOfCpu) {
        return new TestMachine(layout, nodeOfCpu, false, bootMode);
    }

    static TestMachine withCpus(int cpuCount, int dma) {
        return booted(new MemoryLayout(0, dma, 0, 0), "blocks", cpuCount);
    }

    static TestMachine withHugetlb(int dma) {
        return new TestMachine(MachineLayout.of(new MemoryLayout(0, dma, 0, 0)), new int[1], true, "blocks");
    }

    /** The constants of {@link Watermark} that stand for these two words of a request. */
    static int leeway(boolean canTryHarder, boolean gfpHigh) {
        return (canTryHarder ? Watermark.CAN_TRY_HARDER : 0) | (gfpHigh ? Watermark.GFP_HIGH : 0);
    }

    Zone dma() {
        return node.zone(Zone.DMA);
    }

    Zone normal() {
        return node.zone(Zone.NORMAL);
    }

    Zone highmem() {
        return node.zone(Zone.HIGHMEM);
    }

    /** CPU 0's hot list of zone DMA. */
    PerCpuPages hot() {
        return dma().pageset(0).hotAtRest();
    }

    PerCpuPages cold() {
        return dma().pageset(0).coldAtRest();
    }

    PageFrame frame(int pfn) {
        return memory.frame(pfn);
    }

    PageFrame alloc(int gfp, int order) {
        return allocator.alloc(gfp, order, task);
    }

    /** Frame numbers of as many single frames, one allocated after the other. */
    int[] allocFrames(int gfp, int count) {
        int[] pfns = new int[count];
        for (int i = 0; i < count; i++) {
            pfns[i] = alloc(gfp, 0).pfn;
        }
        return pfns;
    }

    void free(int pfn, int order) {
        allocator.free(frame(pfn), order, task);
    }

    void freeFrames(int... pfns) {
        for (int pfn : pfns) {
            free(pfn, 0);
        }
    }

    /** The first frame of a block straight from a zone's buddy lists. */
    int take(Zone zone, int order) {
        return allocator.takeUnprepared(zone, order, task).pfn;
    }

    /** Puts a block straight into the buddy lists. */
    void giveBack(int pfn, int order) {
        allocator.freeUnreferenced(frame(pfn), order, task);
    }

    void drain() {
        allocator.drain(task);
    }

    int freePages(Zone zone) {
        return zone.counts.freePages.peek();
    }

    /** Sets pages_min, pages_low and pages_high of every zone. */
    TestMachine marks(int min, int low, int high) {
        for (int zone = 0; zone < memory.zones(); zone++) {
            memory.zone(zone).marks.set(min, low, high);
        }
        return this;
    }

    /** The non-empty free lists, from head to tail: "0[1] 1[2] 3[8 24]". */
    static String freeLists(Zone zone) {
        List<String> lists = new ArrayList<>();
        for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
            int[] blocks = zone.buddy.freeBlocks(order);
            if (blocks.length > 0) {
                lists.add(order + pfns(blocks));
            }
        }
        return String.join(" ", lists);
    }

    /** A per-CPU list from head to tail: "[3 2 1]". */
    static String pfns(PerCpuPages list) {
        return pfns(list.pfns());
    }

    private static String pfns(int[] pfns) {
        return Arrays.stream(pfns).mapToObj(Integer::toString).collect(Collectors.joining(" ", "[", "]"));
    }
}
