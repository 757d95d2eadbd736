package dev.gaugeblock.mm;

import dev.gaugeblock.machine.AtRest;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.lock.qual.GuardedBy;
import org.checkerframework.checker.nullness.qual.Nullable;

/** {@code struct zone}: a range of frames with its own free lists, per-CPU lists and watermarks (behaviour 4). */
public final class Zone implements Stateful {
    public static final int DMA = 0;
    public static final int NORMAL = 1;
    public static final int HIGHMEM = 2;
    /** Number of zones of a node. */
    public static final int COUNT = 3;

    /** Where reclaim starts from: its weakest effort. */
    public static final int DEF_PRIORITY = 12;

    /** {@code zone_pgdat}: number of the node whose memory this is. */
    public final int node;

    /** Position in the node: {@link #DMA}, {@link #NORMAL} or {@link #HIGHMEM}. */
    public final int index;

    /** Position among the zones of all nodes, those without frames included, from 0. */
    public final int number;

    /** {@code zone_start_pfn}: first frame of the zone, 0 for a zone without frames. */
    public final int startPfn;

    /** {@code spanned_pages}: frames from the first to the last, holes included. */
    public final int spanned;

    /** {@code present_pages}: frames that exist. */
    public final int present;

    /** {@code lock}: guards {@link #buddy} and, for writing, {@link #counts}. Taken in interrupts too. */
    public final SpinLock lock;

    /**
     * {@code lru_lock}: guards the lists of pages that reclaim may take back, and who sets {@link #marks}. Taken with
     * interrupts off.
     */
    public final SpinLock lruLock;

    final @NotOnlyInitialized @GuardedBy("lock") FreeArea buddy;
    public final FreeCounts counts;
    /** The watermarks and reserves, in frames. Set at boot and by sysctls, read without a lock. */
    public final ZoneMarks marks;

    /**
     * {@code wait_table_size}: queues of the page wait table, a power of two; 0 for a zone without frames (behaviour
     * 11).
     */
    public final int waitTableSize;

    /** {@code wait_table_bits}: the exponent of that power, 0 for a zone without frames. */
    public final int waitTableBits;

    /**
     * {@code temp_priority}: reclaim's effort now, 12 (weakest) to 0. Written without a lock by whoever reclaims, as
     * the next.
     */
    public final SharedWord tempPriority;

    /** {@code prev_priority}: reclaim's effort in the last round. */
    public final SharedWord prevPriority;

    /**
     * {@code pages_scanned}: frames that reclaim has looked at since the last free, by blocks, into the buddy lists.
     * Reclaim reads it, and adds to it, without {@link #lock}; a free in between is forgotten then.
     */
    public final SharedWord pagesScanned;

    /**
     * {@code all_unreclaimable}: 1 if reclaim has given the zone up for now, until the next free. Read and set without
     * {@link #lock}, too.
     */
    public final SharedWord allUnreclaimable;

    /** {@code name}. */
    private final String name;

    private final PageFrame[] frames;
    private final FlagsLayout flagsLayout;
    private final PerCpuPageset[] pagesets;
    private final CompoundPages compound;

    Zone(
            int node,
            int index,
            String name,
            int startPfn,
            int present,
            PageFrame[] frames,
            FlagsLayout flagsLayout,
            int cpuCount,
            CompoundPages compound,
            FreeListKeeper.@Nullable Maker keepers,
            Scheduler scheduler) {
        this.node = node;
        this.index = index;
        this.number = node * COUNT + index;
        this.name = name;
        this.flagsLayout = flagsLayout;
        this.startPfn = startPfn;
        this.spanned = frames.length;
        this.present = present;
        this.frames = frames;
        this.compound = compound;
        this.waitTableSize = spanned == 0 ? 0 : WaitTableSize.queues(spanned);
        this.waitTableBits = spanned == 0 ? 0 : WaitTableSize.bits(spanned);
        this.lock = new SpinLock(name + ".lock", SpinLock.IRQ_SAFE, scheduler);
        this.counts = new FreeCounts(name, scheduler);
        this.lruLock = new SpinLock(name + ".lru_lock", SpinLock.IRQ_SAFE, scheduler);
        this.marks = new ZoneMarks(index, lruLock);
        this.tempPriority = new SharedWord(name + ".temp_priority", scheduler);
        this.prevPriority = new SharedWord(name + ".prev_priority", scheduler);
        tempPriority.init(DEF_PRIORITY);
        prevPriority.init(DEF_PRIORITY);
        this.buddy = keepers == null || spanned == 0
                ? new BuddyLists(this, lock, counts)
                : new ForeignLists(this, lock, counts, keepers.make(name, startPfn, spanned));
        this.pagesScanned = new SharedWord(name + ".pages_scanned", scheduler);
        this.allUnreclaimable = new SharedWord(name + ".all_unreclaimable", scheduler);
        this.pagesets = new PerCpuPageset[cpuCount];
    }

    /** Sets up what refers to the whole zone: comes right after the making. */
    Zone setUp(Cpu[] cpus) {
        lock.guards(buddy);
        lruLock.guards(marks);
        for (int cpu = 0; cpu < cpus.length; cpu++) {
            pagesets[cpu] = new PerCpuPageset(this, cpus[cpu]);
        }
        return this;
    }

    /** "DMA", "Normal" or "HighMem"; on a machine of several nodes "node1.DMA". */
    public String name() {
        return name;
    }

    /** The name of the zones with an index in 0..2. */
    public static String name(int index) {
        return switch (index) {
            case DMA -> "DMA";
            case NORMAL -> "Normal";
            case HIGHMEM -> "HighMem";
            default -> throw new IllegalArgumentException("zone " + index + " is not in 0..2");
        };
    }

    /** The free lists for set-up, dumps and invariants, while nothing runs. */
    public FreeArea buddyAtRest() {
        return AtRest.of(buddy);
    }

    /** {@code pageset}: the hot and cold list that a CPU, by its number, has of this zone's frames. */
    public PerCpuPageset pageset(int cpu) {
        return pagesets[cpu];
    }

    /** The zone's frame with this frame number; an {@link IllegalStateException} for a frame of another zone. */
    public PageFrame frame(int pfn) {
        int offset = pfn - startPfn;
        if (offset < 0 || offset >= frames.length) {
            throw new IllegalStateException("frame " + pfn + " is not in zone " + name + ", " + extent());
        }
        return frames[offset];
    }

    /**
     * {@code bad_range}, the other way round: the frame at an offset from the zone's start, or {@code null} if that is
     * outside or belongs to another zone.
     */
    @Nullable
    PageFrame frameOrNull(int offset) {
        if (offset < 0 || offset >= frames.length) {
            return null;
        }
        PageFrame frame = frames[offset];
        return owns(frame) ? frame : null;
    }

    /** Whether a frame's flags name this zone, and its node. */
    private boolean owns(PageFrame frame) {
        return flagsLayout.nodezone(frame.bootFlags()) == FlagsLayout.nodezone(node, index);
    }

    /** {@code BUG_ON}s of the original: a block must start at a multiple of its size, and in this zone. */
    void requireBlock(PageFrame block, int order, String function) {
        int offset = block.pfn - startPfn;
        if ((offset & ((1 << order) - 1)) != 0) {
            throw new KernelBug(function, "misaligned");
        }
        inside(block.pfn, function);
    }

    /**
     * The frame with this number; a {@link KernelBug} of that function, {@code outside_zone}, if it is not of this
     * zone.
     */
    PageFrame inside(int pfn, String function) {
        PageFrame frame = frameOrNull(pfn - startPfn);
        if (frame == null) {
            throw new KernelBug(function, "outside_zone");
        }
        return frame;
    }

    /**
     * What reclaim has scanned until now was not in vain. It may look while this is done.
     *
     * <p>The original stores 0 whatever was there. To store what is there already is no more than to look, and looks of
     * several CPUs need no order among them: so the explorer has far fewer to try.
     */
    void forgetReclaim(Task task) {
        if (allUnreclaimable.get(task) != 0) {
            allUnreclaimable.set(0, task);
        }
        if (pagesScanned.get(task) != 0) {
            pagesScanned.set(0, task);
        }
    }

    /** Without the CPUs' own lists. */
    @Override
    public void writeState(StateSink out) {
        buddyAtRest().writeState(out);
        counts.writeState(out);
        tempPriority.writeState(out);
        prevPriority.writeState(out);
        allUnreclaimable.writeState(out);
        pagesScanned.writeState(out);
        marks.writeState(out);
        for (PageFrame frame : frames) {
            frame.writeState(out);
        }
    }

    /** The lists that a CPU, by its number, keeps of this zone's frames. */
    void writeListsOf(int cpu, StateSink out) {
        pagesets[cpu].hotAtRest().writeState(out);
        pagesets[cpu].coldAtRest().writeState(out);
    }

    CompoundPages compound() {
        return compound;
    }

    /** "frames 0..15", for messages. */
    String extent() {
        return "frames " + startPfn + ".." + (startPfn + spanned - 1);
    }

    @Override
    public String toString(@GuardSatisfied Zone this) {
        return "zone " + name;
    }
}
