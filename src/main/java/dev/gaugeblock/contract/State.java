package dev.gaugeblock.contract;

import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.contract.frames.Owner;
import dev.gaugeblock.highmem.HighmemLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.checkerframework.checker.nullness.qual.EnsuresNonNullIf;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the contract remembers of a machine: who owns its frames, and where they are mapped. Steps change it; what they
 * did after a {@link #mark} can be taken back. For one thread at a time.
 */
public final class State {
    private final ZoneFrames[] zones;
    /** The memory as it was described, {@code null} if nobody did. */
    private final @Nullable MemoryMap memory;

    private final Declarations declares;
    private final int cpus;
    /** The CPUs that may have frames on lists of their own. */
    private BitSet holdingBack = new BitSet();

    private Mappings mappings;
    /** The marks that are open. */
    private int marks;

    /** What a state was like at some time. It goes back to that, or stays as it is: once, and the last mark first. */
    public static final class Mark {
        private final int number;
        private final ZoneFrames.Mark[] zones;
        private final BitSet holdingBack;
        private final Mappings mappings;

        private Mark(State state) {
            number = state.marks;
            zones = new ZoneFrames.Mark[state.zones.length];
            for (int zone = 0; zone < zones.length; zone++) {
                zones[zone] = state.zones[zone].mark();
            }
            holdingBack = (BitSet) state.holdingBack.clone();
            mappings = state.mappings;
        }
    }

    private State(ZoneFrames[] zones, @Nullable MemoryMap memory, Declarations declares, int cpus, Mappings mappings) {
        this.zones = zones;
        this.memory = memory;
        this.declares = declares;
        this.cpus = cpus;
        this.mappings = mappings;
    }

    /**
     * A machine at the start of its trace. All of a pool counts as one zone.
     *
     * @param cpus how many it has, from 1
     * @param owner of all frames that are not reserved: FREE after boot, RESERVED if boot freed nothing, UNKNOWN if the
     *     trace begins later
     * @param highmem where the windows into high memory lie
     */
    public static State of(MemoryMap memory, int cpus, Owner owner, HighmemLayout highmem, Declarations declares) {
        ZoneFrames[] zones = new ZoneFrames[declares.pool() ? 1 : memory.zones()];
        int start = memory.start();
        int missing = 0;
        for (int zone = 0; zone < memory.zones(); zone++) {
            missing += memory.holes(zone);
            if (!declares.pool()) {
                zones[zone] = new ZoneFrames(start, memory.size(zone), memory.holes(zone), owner);
                start += memory.size(zone);
            }
        }
        if (declares.pool()) {
            zones[0] = new ZoneFrames(start, memory.frames(), missing, owner);
        }
        Mappings mappings = Mappings.none(highmem, owner != Owner.UNKNOWN);
        State state = new State(zones, memory, declares, cpus, mappings);
        for (MemoryMap.Range range : owner == Owner.RESERVED ? List.<MemoryMap.Range>of() : memory.reserved()) {
            state.reserve(range.first(), range.count());
        }
        return state;
    }

    /** A machine that nothing is known about: no zones, all frames in unknown hands, blocks aligned from frame 0 on. */
    public static State unknown(HighmemLayout highmem, Declarations declares) {
        ZoneFrames all = new ZoneFrames(0, Limits.MOST_FRAMES, 0, Owner.UNKNOWN);
        Mappings mappings = Mappings.none(highmem, false);
        return new State(new ZoneFrames[] {all}, null, declares, Limits.MOST_CPUS, mappings);
    }

    // Taking back

    /** What is changed from now on can be taken back. Ends with {@link #rollBack} or with {@link #keep}. */
    public Mark mark() {
        marks++;
        return new Mark(this);
    }

    /**
     * Takes back what was changed since a mark.
     *
     * @throws IllegalStateException if it is not the last that is open
     */
    public void rollBack(Mark mark) {
        end(mark);
        for (int zone = 0; zone < zones.length; zone++) {
            zones[zone].rollBack(mark.zones[zone]);
        }
        holdingBack = mark.holdingBack;
        mappings = mark.mappings;
    }

    /**
     * What was changed since a mark stays, unless it is taken back with more.
     *
     * @throws IllegalStateException if it is not the last that is open
     */
    public void keep(Mark mark) {
        end(mark);
        for (int zone = 0; zone < zones.length; zone++) {
            zones[zone].keep(mark.zones[zone]);
        }
    }

    private void end(Mark mark) {
        if (mark.number != marks) {
            throw new IllegalStateException("mark " + mark.number + " of this state ends, and " + marks
                    + (marks == 1 ? " is open" : " are open") + ": the last one ends first, and each once");
        }
        marks--;
    }

    // The machine

    /** Whether the zones are known. */
    @EnsuresNonNullIf(expression = "memory", result = true)
    boolean isZoned() {
        return memory != null;
    }

    /** The memory as it was described. {@link IllegalArgumentException} if nobody did. */
    MemoryMap memory() {
        if (!isZoned()) {
            throw new IllegalArgumentException("the zones of this machine are not known: \"zones\" was never said");
        }
        return memory;
    }

    /** Whether a frame's zone says how it is mapped. */
    boolean knowsHighmem() {
        return isZoned() && !declares.pool() && memory.isOfLinux();
    }

    /** "zone DMA", or "the pool". */
    String place(int index) {
        return declares.pool() ? "the pool" : "zone " + memory().name(index);
    }

    /** What the allocator declares itself to be like. */
    public Declarations declares() {
        return declares;
    }

    ZoneFrames zone(int index) {
        return zones[index];
    }

    /** A zone that an operation names. {@link IllegalArgumentException} if there is none of that index. */
    ZoneFrames named(int index) {
        if (index >= memory().zones()) {
            throw new IllegalArgumentException(
                    "zone " + index + " does not exist: the machine has " + memory().zones());
        }
        if (declares.pool()) {
            throw new IllegalArgumentException("a pool has no zones of its own: it is declared as one");
        }
        return zone(index);
    }

    /** How many zones it has; all of a pool counts as one. */
    public int zones() {
        return zones.length;
    }

    /** Index of the zone that a frame is in, -1 for none. */
    int zoneOf(long pfn) {
        for (int zone = 0; zone < zones.length; zone++) {
            if (zones[zone].holds(pfn)) {
                return zone;
            }
        }
        return -1;
    }

    /** Whose a frame is; RESERVED for one that the machine does not have. */
    public Owner owner(long pfn) {
        int zone = zoneOf(pfn);
        return zone < 0 ? Owner.RESERVED : zones[zone].frames().owner((int) pfn);
    }

    /** The live block that a frame is part of, or {@code null}. */
    public @Nullable Block block(long pfn) {
        int zone = zoneOf(pfn);
        return zone < 0 ? null : zones[zone].block((int) pfn);
    }

    /** Frames that are not live are the allocator's own from now on; those outside of the memory are passed over. */
    void reserve(int pfn, int count) {
        for (ZoneFrames zone : zones) {
            int from = Math.max(pfn, zone.start());
            int to = Math.min(pfn + count, zone.end());
            if (from < to) {
                zone.fill(from, to - from, Owner.RESERVED);
            }
        }
    }

    /**
     * Nobody knows any more who has a range, nor the live blocks that share frames with it: to go on after a breach.
     * Frames outside of the memory are passed over.
     *
     * @param pfn the first frame
     * @param frames how many, from 1
     */
    public void forget(long pfn, long frames) {
        for (ZoneFrames zone : zones) {
            long from = Math.max(pfn, zone.start());
            long to = Math.min(pfn + frames, zone.end());
            if (from < to) {
                zone.forgetAll((int) from, (int) (to - from));
            }
        }
    }

    /** The live blocks that share frames with a range, lowest first. Frames outside of the memory are passed over. */
    public List<Block> blocksIn(long pfn, long frames) {
        List<Block> found = new ArrayList<>();
        for (ZoneFrames zone : zones) {
            long from = Math.max(pfn, zone.start());
            long to = Math.min(pfn + frames, zone.end());
            if (from < to) {
                found.addAll(zone.blocksIn((int) from, (int) (to - from)));
            }
        }
        return found;
    }

    /** Whether no CPU can have frames on lists of its own. */
    boolean nothingHeldBack() {
        return holdingBack.isEmpty() || declares.held() == 0;
    }

    /** How many free frames may be on such lists at most, by what is declared. */
    long mostHeldBack() {
        long held = declares.held();
        return nothingHeldBack() ? 0 : declares.boundsHeld() ? held * holdingBack.cardinality() : Long.MAX_VALUE;
    }

    Mappings mappings() {
        return mappings;
    }

    void setMappings(Mappings changed) {
        mappings = changed;
    }

    /** A CPU may have frames on lists of its own from now on. */
    void holdBack(int cpu) {
        requireCpu(cpu);
        holdingBack.set(cpu);
    }

    void drain(int cpu) {
        requireCpu(cpu);
        holdingBack.clear(cpu);
    }

    /** Throws {@link IllegalArgumentException} for a CPU that the machine does not have. */
    void requireCpu(int cpu) {
        if (cpu >= cpus) {
            throw new IllegalArgumentException("CPU " + cpu + " does not exist: the machine has " + cpus);
        }
    }

    /** All live blocks, in the order of their frames. */
    public List<Block> blocks() {
        return blocksIn(0, Limits.MOST_FRAMES);
    }
}
