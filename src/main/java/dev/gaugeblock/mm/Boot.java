package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Sets up a machine whose frames are all still reserved (behaviour 4). */
public final class Boot {
    /** Frames in the largest block: a zone had better start at a multiple of it. */
    private static final int LARGEST_BLOCK = 1 << (BuddyLists.MAX_ORDER - 1);

    private final MachineLayout layout;
    private final Cpu[] cpus;
    private final CompoundPages compound;
    private final MemMap memMap;
    private final Collaborators collaborators;
    private final FreeListKeeper.@Nullable Maker keepers;
    private final Scheduler scheduler;

    private Boot(
            MachineLayout layout,
            Cpu[] cpus,
            CompoundPages compound,
            MemMap memMap,
            Collaborators collaborators,
            FreeListKeeper.@Nullable Maker keepers,
            Scheduler scheduler) {
        this.layout = layout;
        this.cpus = cpus;
        this.compound = compound;
        this.memMap = memMap;
        this.collaborators = collaborators;
        this.keepers = keepers;
        this.scheduler = scheduler;
    }

    /** Sets up the memory of a machine with one node. */
    public static PageAllocator start(
            MemoryLayout layout, Cpu[] cpus, boolean hugetlb, Collaborators collaborators, Scheduler scheduler) {
        return start(MachineLayout.of(layout), cpus, hugetlb, collaborators, scheduler);
    }

    /**
     * Sets up the memory of a machine. Watermarks and reserves are 0; {@link MemoryTuning} computes them later.
     *
     * @param cpus each on one of the nodes
     * @param hugetlb {@code CONFIG_HUGETLB_PAGE}: whether there are compound blocks
     * @throws IllegalArgumentException for a CPU of a node that there is not
     */
    public static PageAllocator start(
            MachineLayout layout, Cpu[] cpus, boolean hugetlb, Collaborators collaborators, Scheduler scheduler) {
        return start(layout, cpus, hugetlb, collaborators, null, scheduler);
    }

    /** Likewise; with {@code keepers}, the free lists of the zones are somebody else's. */
    public static PageAllocator start(
            MachineLayout layout,
            Cpu[] cpus,
            boolean hugetlb,
            Collaborators collaborators,
            FreeListKeeper.@Nullable Maker keepers,
            Scheduler scheduler) {
        for (Cpu cpu : cpus) {
            if (cpu.node >= layout.nodes()) {
                throw new IllegalArgumentException(
                        cpu + " belongs to node " + cpu.node + ", but there are only " + layout.nodes() + " nodes");
            }
        }
        MemMap memMap = new MemMap(layout.startPfn(), layout.endPfn());
        PageChecks checks = new PageChecks(collaborators.log);
        CompoundPages compound = new CompoundPages(memMap, hugetlb, checks);
        Node[] nodes = new Boot(layout, cpus, compound, memMap, collaborators, keepers, scheduler).nodes();
        Memory memory = new Memory(layout.flags(), memMap, nodes);
        return new PageAllocator(memory, cpus, checks, compound, collaborators, scheduler);
    }

    /** {@code build_all_zonelists}: the nodes, once the zones of all are there. */
    private Node[] nodes() {
        Zone[][] zonesOfNode = new Zone[layout.nodes()][Zone.COUNT];
        for (int node = 0; node < zonesOfNode.length; node++) {
            int start = layout.node(node).startPfn();
            for (int index = 0; index < Zone.COUNT; index++) {
                zonesOfNode[node][index] = zone(node, index, start);
                start += layout.node(node).spanned(index);
            }
        }
        int[][] orders = NodeOrder.of(layout, cpus);
        Node[] nodes = new Node[layout.nodes()];
        for (int node = 0; node < nodes.length; node++) {
            nodes[node] = new Node(node, prefix(node), orders[node], zonesOfNode, scheduler);
        }
        return nodes;
    }

    /** {@code free_area_init_core}, for one zone. */
    private Zone zone(int node, int index, int start) {
        long flags = layout.flags().withNodezone(PageFlags.RESERVED, FlagsLayout.nodezone(node, index));
        PageFrame[] frames = new PageFrame[layout.node(node).spanned(index)];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = new PageFrame(start + i, flags, scheduler);
            memMap.add(frames[i]);
        }
        Zone zone = new Zone(
                        node,
                        index,
                        prefix(node) + Zone.name(index),
                        frames.length == 0 ? 0 : start,
                        layout.node(node).present(index),
                        frames,
                        layout.flags(),
                        cpus.length,
                        compound,
                        keepers,
                        scheduler)
                .setUp(cpus);
        if (frames.length > 0 && start % LARGEST_BLOCK != 0) {
            collaborators.log.wrongZoneAlignment(zone);
        }
        return zone;
    }

    /** What the names of a node's parts begin with: nothing, if there is but one. */
    private String prefix(int node) {
        return layout.nodes() == 1 ? "" : "node" + node + ".";
    }
}
