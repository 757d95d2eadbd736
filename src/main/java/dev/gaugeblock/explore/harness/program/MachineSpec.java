package dev.gaugeblock.explore.harness.program;

import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.mm.MachineLayout;
import dev.gaugeblock.mm.Zone;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The machine of a litmus test. (No records here: their generated methods are not for Java PathFinder.) */
public final class MachineSpec {
    /** Most CPUs that a machine may have: so many have windows into high memory. */
    public static final int MAX_CPUS = HighmemLayout.NR_CPUS;

    /**
     * Most nodes that a machine may have: the checker of invariants has a bit for each lock that a zone or a CPU has.
     */
    public static final int MAX_NODES = 3;

    /** Number of CPUs, from 1. */
    public final int cpus;

    /** The node that each CPU belongs to. */
    public final int[] nodeOfCpu;

    /** The nodes with their zones, holes and reserved frames. */
    public final MachineLayout layout;

    /** How boot frees the memory: none, blocks, blocksdesc, pages, kernel. */
    public final String bootMode;

    /** Whether watermarks and reserves are computed as the kernel does, or stay 0. */
    public final boolean setUp;

    /** Settings of single zones, applied in order; bounds before boot frees anything, the rest after {@code setUp}. */
    public final List<ZoneSetting> settings;

    /** The windows into high memory. */
    public final HighmemLayout highmem;

    /** Names of the spin locks that the test's programs use themselves. */
    public final List<String> locks;

    /** The device of its page buffers, or {@code null} if it has none. */
    public final @Nullable DeviceSpec device;

    /** Processes that no program is of: they sleep, and when the OOM killer chooses one of them it is dead at once. */
    public final List<ProcessSpec> processes;

    /** {@code CONFIG_HUGETLB_PAGE}: whether there are compound blocks. */
    public final boolean hugetlb;

    /** Whose allocator it runs; {@code null} for the reference. */
    public final @Nullable AllocatorMaker allocator;

    /** Ids of the invariants that are not judged on it. */
    public final List<String> without;

    public MachineSpec(
            int[] nodeOfCpu,
            MachineLayout layout,
            String bootMode,
            boolean setUp,
            List<ZoneSetting> settings,
            HighmemLayout highmem,
            List<String> locks) {
        this(nodeOfCpu, layout, bootMode, setUp, settings, highmem, locks, null, List.of(), false, null, List.of());
    }

    private MachineSpec(
            int[] nodeOfCpu,
            MachineLayout layout,
            String bootMode,
            boolean setUp,
            List<ZoneSetting> settings,
            HighmemLayout highmem,
            List<String> locks,
            @Nullable DeviceSpec device,
            List<ProcessSpec> processes,
            boolean hugetlb,
            @Nullable AllocatorMaker allocator,
            List<String> without) {
        this.cpus = nodeOfCpu.length;
        this.nodeOfCpu = nodeOfCpu.clone();
        this.layout = layout;
        this.bootMode = bootMode;
        this.setUp = setUp;
        this.settings = settings;
        this.highmem = highmem;
        this.locks = locks;
        this.device = device;
        this.processes = processes;
        this.hugetlb = hugetlb;
        this.allocator = allocator;
        this.without = without;
    }

    /** The same machine with another device, or with none. */
    public MachineSpec withDevice(@Nullable DeviceSpec otherDevice) {
        return with(otherDevice, processes, hugetlb, allocator, without);
    }

    /** The same machine with other processes. */
    public MachineSpec withProcesses(List<ProcessSpec> others) {
        return with(device, others, hugetlb, allocator, without);
    }

    /** The same machine with or without compound blocks. */
    public MachineSpec withHugetlb(boolean yes) {
        return with(device, processes, yes, allocator, without);
    }

    /** The same machine with the allocator of somebody else. */
    public MachineSpec withAllocator(AllocatorMaker other) {
        return with(device, processes, hugetlb, other, without);
    }

    /** The same machine with some invariants switched off, by their ids. */
    public MachineSpec without(List<String> invariants) {
        return with(device, processes, hugetlb, allocator, invariants);
    }

    private MachineSpec with(
            @Nullable DeviceSpec newDevice,
            List<ProcessSpec> newProcesses,
            boolean newHugetlb,
            @Nullable AllocatorMaker newAllocator,
            List<String> newWithout) {
        return new MachineSpec(
                nodeOfCpu,
                layout,
                bootMode,
                setUp,
                settings,
                highmem,
                locks,
                newDevice,
                newProcesses,
                newHugetlb,
                newAllocator,
                newWithout);
    }

    /** What outcomes call a zone, by its number among those of all nodes. */
    public static String zoneName(MachineLayout layout, int zone) {
        String node = layout.nodes() == 1 ? "" : "node" + zone / Zone.COUNT + ".";
        return node + Zone.name(zone % Zone.COUNT);
    }

    /** Whether it has frames in DMA or Normal, among which the kernel shares out what must stay free. */
    public boolean hasLowMemory() {
        boolean found = false;
        for (int node = 0; node < layout.nodes(); node++) {
            found |=
                    layout.node(node).present(Zone.DMA) > 0 || layout.node(node).present(Zone.NORMAL) > 0;
        }
        return found;
    }

    /** Whether it has pages to reclaim. */
    public boolean hasLru() {
        for (ZoneSetting setting : settings) {
            if (setting.kind == ZoneSetting.LRU) {
                return true;
            }
        }
        return false;
    }

    /** Three numbers, in frames, that a test gives a zone by hand. */
    public static final class ZoneSetting {
        /** {@code marks ZONE MIN LOW HIGH}: the watermarks. */
        public static final int MARKS = 0;
        /** {@code reserve ZONE N N N}: what is kept from requests whose first zone is 0, 1, 2. */
        public static final int RESERVE = 1;
        /** {@code percpu ZONE hot LOW HIGH BATCH}: bounds of every CPU's hot list. */
        public static final int HOT = 2;
        /** Likewise of the cold list. */
        public static final int COLD = 3;
        /**
         * {@code lru ZONE active N inactive N put-off N}: frames on the LRU lists, and what reclaim has put off of
         * each.
         */
        public static final int LRU = 4;
        /**
         * {@code lru ZONE ... locked N scanned N given-up}: inactive frames that are locked, frames that reclaim has
         * looked at in vain, and 1 if the zone is given up for that, else 0.
         */
        public static final int LRU_IN_VAIN = 5;

        /** One of the constants above. */
        public final int kind;

        /** The zone, by its number among those of all nodes. */
        public final int zone;

        public final int first;
        public final int second;
        public final int third;

        public ZoneSetting(int kind, int zone, int first, int second, int third) {
            this.kind = kind;
            this.zone = zone;
            this.first = first;
            this.second = second;
            this.third = third;
        }

        /** Whether it is about per-CPU lists. */
        public boolean isBounds() {
            return kind == HOT || kind == COLD;
        }

        @Override
        public String toString() {
            String node = zone < Zone.COUNT ? "" : "node" + zone / Zone.COUNT + ".";
            return name() + " " + node + Zone.name(zone % Zone.COUNT) + " " + first + " " + second + " " + third;
        }

        private String name() {
            return switch (kind) {
                case MARKS -> "marks";
                case RESERVE -> "reserve";
                case HOT -> "hot";
                case COLD -> "cold";
                case LRU -> "lru";
                case LRU_IN_VAIN -> "lru in vain";
                default -> throw new IllegalArgumentException("kind " + kind + " of a zone's setting is not in 0..5");
            };
        }
    }
}
