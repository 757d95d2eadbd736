package dev.gaugeblock.contract;

import dev.gaugeblock.highmem.HighmemLayout;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.EnsuresNonNullIf;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the contract remembers of a machine: who owns its frames, and where they are mapped. Immutable, unless it is
 * {@link #consumed}: the step from such a state uses it up, and whoever looks at it again gets an
 * {@link IllegalStateException}.
 */
public final class State implements Judgement {
    private final ZoneFrames[] zones;
    /** The memory as it was described, {@code null} if nobody did. */
    private final @Nullable MemoryMap memory;

    private final Declarations declares;
    private final int cpus;
    private final BigInteger holdingBack;
    private final Mappings mappings;
    /** Who may change the zones' frames in place; {@code null} for nobody. */
    private final Frames.@Nullable Editor editor;
    /** After how many of the editor's changes this state came to be: after more than that it is used up. */
    private final long changes;

    private State(
            ZoneFrames[] zones,
            @Nullable MemoryMap memory,
            Declarations declares,
            int cpus,
            BigInteger holdingBack,
            Mappings mappings,
            Frames.@Nullable Editor editor) {
        this.zones = zones;
        this.memory = memory;
        this.declares = declares;
        this.cpus = cpus;
        this.holdingBack = holdingBack;
        this.mappings = mappings;
        this.editor = editor;
        this.changes = editor == null ? 0 : editor.changes();
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
                zones[zone] = ZoneFrames.of(start, memory.size(zone), memory.holes(zone), owner);
                start += memory.size(zone);
            }
        }
        if (declares.pool()) {
            zones[0] = ZoneFrames.of(start, memory.frames(), missing, owner);
        }
        Mappings mappings = Mappings.none(highmem, owner != Owner.UNKNOWN);
        State state = new State(zones, memory, declares, cpus, BigInteger.ZERO, mappings, null);
        for (MemoryMap.Range range : owner == Owner.RESERVED ? List.<MemoryMap.Range>of() : memory.reserved()) {
            state = state.reserved(range.first(), range.count());
        }
        return state;
    }

    /** Frames that are not live are the allocator's own from now on. */
    State reserved(int pfn, int count) {
        State now = this;
        for (int zone = 0; zone < zones.length; zone++) {
            int from = Math.max(pfn, zones[zone].start());
            int to = Math.min(pfn + count, zones[zone].start() + zones[zone].spanned());
            if (from < to) {
                now = now.with(zone, now.zone(zone).reserve(from, to - from));
            }
        }
        return now;
    }

    /** A machine that nothing is known about: no zones, all frames in unknown hands, blocks aligned from frame 0 on. */
    public static State unknown(HighmemLayout highmem, Declarations declares) {
        ZoneFrames all = ZoneFrames.of(0, Limits.MOST_FRAMES, 0, Owner.UNKNOWN);
        Mappings mappings = Mappings.none(highmem, false);
        return new State(new ZoneFrames[] {all}, null, declares, Limits.MOST_CPUS, BigInteger.ZERO, mappings, null);
    }

    /**
     * The same state, for someone who will look at no state again after a step from it: the steps from here on then
     * save the time of keeping it. Ends with {@link #kept}.
     */
    public State consumed() {
        return editedBy(new Frames.Editor());
    }

    /** The same state, which stays as it is whatever steps are taken from it. */
    public State kept() {
        return editedBy(null);
    }

    private State editedBy(Frames.@Nullable Editor newEditor) {
        requireUnused();
        ZoneFrames[] copy = new ZoneFrames[zones.length];
        for (int zone = 0; zone < zones.length; zone++) {
            copy[zone] = zones[zone].editedBy(newEditor);
        }
        if (editor != null) {
            editor.changed(); // a further step from here would change what both share
        }
        return new State(copy, memory, declares, cpus, holdingBack, mappings, newEditor);
    }

    /** Throws {@link IllegalStateException} if this state was {@link #consumed} and a step from it was taken. */
    void requireUnused() {
        if (editor != null && editor.changes() != changes) {
            throw new IllegalStateException(
                    "this state was consumed, and a step from it has changed its frames since:"
                            + " go on from the state that the step returned, or call kept() before a state that is needed again");
        }
    }

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
        requireUnused();
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
        requireUnused();
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
        return zone < 0 ? Owner.RESERVED : zones[zone].owner((int) pfn);
    }

    /** The live block that a frame is part of, or {@code null}. */
    public @Nullable Block block(long pfn) {
        int zone = zoneOf(pfn);
        return zone < 0 ? null : zones[zone].block((int) pfn);
    }

    /**
     * The same, with nobody knowing any more who has a range, nor the live blocks that share frames with it: to go on
     * after a breach. Frames outside of the memory are passed over.
     *
     * @param pfn the first frame
     * @param frames how many, from 1
     */
    public State forgetting(long pfn, long frames) {
        State now = this;
        for (int index = 0; index < zones.length; index++) {
            ZoneFrames zone = now.zone(index);
            long from = Math.max(pfn, zone.start());
            long to = Math.min(pfn + frames, zone.start() + zone.spanned());
            if (from < to) {
                now = now.with(index, zone.forgetAll((int) from, (int) (to - from)));
            }
        }
        return now;
    }

    /** The live blocks that share frames with a range, lowest first. Frames outside of the memory are passed over. */
    public List<Block> blocksIn(long pfn, long frames) {
        requireUnused();
        List<Block> found = new ArrayList<>();
        for (ZoneFrames zone : zones) {
            long from = Math.max(pfn, zone.start());
            long to = Math.min(pfn + frames, zone.start() + zone.spanned());
            if (from < to) {
                found.addAll(zone.blocksIn((int) from, (int) (to - from)));
            }
        }
        return found;
    }

    /** Whether no CPU can have frames on lists of its own. */
    boolean nothingHeldBack() {
        return holdingBack.signum() == 0 || declares.held() == 0;
    }

    /** How many free frames may be on such lists at most, by what is declared. */
    long mostHeldBack() {
        long held = declares.held();
        return nothingHeldBack() ? 0 : declares.boundsHeld() ? held * holdingBack.bitCount() : Long.MAX_VALUE;
    }

    Mappings mappings() {
        return mappings;
    }

    State with(int zone, ZoneFrames changed) {
        ZoneFrames[] copy = Arrays.copyOf(zones, zones.length);
        copy[zone] = changed;
        return new State(copy, memory, declares, cpus, holdingBack, mappings, editor);
    }

    State with(Mappings changed) {
        return new State(zones, memory, declares, cpus, holdingBack, changed, editor);
    }

    /** A CPU may have frames on lists of its own from now on. */
    State holdingBack(int cpu) {
        requireCpu(cpu);
        return holdingBack.testBit(cpu)
                ? this
                : new State(zones, memory, declares, cpus, holdingBack.setBit(cpu), mappings, editor);
    }

    State drained(int cpu) {
        requireCpu(cpu);
        return holdingBack.testBit(cpu)
                ? new State(zones, memory, declares, cpus, holdingBack.clearBit(cpu), mappings, editor)
                : this;
    }

    /** Throws {@link IllegalArgumentException} for a CPU that the machine does not have. */
    void requireCpu(int cpu) {
        if (cpu >= cpus) {
            throw new IllegalArgumentException("CPU " + cpu + " does not exist: the machine has " + cpus);
        }
    }

    /** All live blocks, in the order of their frames. */
    public List<Block> blocks() {
        requireUnused();
        return Arrays.stream(zones)
                .flatMap(zone -> zone.frames().liveIn(0, zone.frames().order()).stream())
                .toList();
    }
}
