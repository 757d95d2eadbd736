package dev.gaugeblock.contract;

import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.Zone;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the contract remembers of a machine: who owns its frames, and where they are mapped. Immutable, unless it is
 * {@link #consumed}: the step from such a state uses it up, and whoever looks at it again gets an
 * {@link IllegalStateException}.
 */
public final class State implements Judgement {
    private final ZoneFrames[] zones;
    private final int cpus;
    private final BigInteger holdingBack;
    private final Mappings mappings;
    /** Who may change the zones' frames in place; {@code null} for nobody. */
    private final @Nullable Editor editor;
    /** After how many of the editor's changes this state came to be: after more than that it is used up. */
    private final long changes;

    private State(ZoneFrames[] zones, int cpus, BigInteger holdingBack, Mappings mappings, @Nullable Editor editor) {
        this.zones = zones;
        this.cpus = cpus;
        this.holdingBack = holdingBack;
        this.mappings = mappings;
        this.editor = editor;
        this.changes = editor == null ? 0 : editor.changes();
    }

    /**
     * A machine at the start of its trace.
     *
     * @param cpus how many it has, from 1
     * @param owner of all frames that are not reserved: FREE after boot, RESERVED if boot freed nothing, UNKNOWN if the
     *     trace begins later
     * @param highmem where the windows into high memory lie
     */
    public static State of(MemoryLayout layout, int cpus, Owner owner, HighmemLayout highmem) {
        ZoneFrames[] zones = new ZoneFrames[Zone.COUNT];
        int start = layout.startPfn();
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            int spanned = layout.spanned(zone);
            zones[zone] =
                    withReserved(ZoneFrames.of(start, spanned, spanned - layout.present(zone), owner), layout, owner);
            start += spanned;
        }
        return new State(zones, cpus, BigInteger.ZERO, Mappings.none(highmem, owner != Owner.UNKNOWN), null);
    }

    private static ZoneFrames withReserved(ZoneFrames zone, MemoryLayout layout, Owner owner) {
        ZoneFrames reserved = zone;
        int pfn = zone.start();
        int end = zone.start() + zone.spanned();
        while (owner != Owner.RESERVED && pfn < end) {
            int first = pfn;
            while (pfn < end && layout.isReserved(pfn)) {
                pfn++;
            }
            if (pfn > first) {
                reserved = reserved.reserve(first, pfn - first);
            }
            pfn++;
        }
        return reserved;
    }

    /** A machine that nothing is known about: no zones, all frames in unknown hands, blocks aligned from frame 0 on. */
    public static State unknown(HighmemLayout highmem) {
        ZoneFrames all = ZoneFrames.of(0, Limits.MOST_FRAMES, 0, Owner.UNKNOWN);
        return new State(
                new ZoneFrames[] {all}, Limits.MOST_CPUS, BigInteger.ZERO, Mappings.none(highmem, false), null);
    }

    /**
     * The same state, for someone who will look at no state again after a step from it: the steps from here on then
     * save the time of keeping it. Ends with {@link #kept}.
     */
    public State consumed() {
        return editedBy(new Editor());
    }

    /** The same state, which stays as it is whatever steps are taken from it. */
    public State kept() {
        return editedBy(null);
    }

    private State editedBy(@Nullable Editor newEditor) {
        requireUnused();
        ZoneFrames[] copy = new ZoneFrames[zones.length];
        for (int zone = 0; zone < zones.length; zone++) {
            copy[zone] = zones[zone].editedBy(newEditor);
        }
        if (editor != null) {
            editor.changed(); // a further step from here would change what both share
        }
        return new State(copy, cpus, holdingBack, mappings, newEditor);
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
    boolean isZoned() {
        return zones.length == Zone.COUNT;
    }

    ZoneFrames zone(int index) {
        requireUnused();
        return zones[index];
    }

    /** A zone that an operation names. {@link IllegalArgumentException} if the zones are not known. */
    ZoneFrames named(int index) {
        if (!isZoned()) {
            throw new IllegalArgumentException("the zones of this machine are not known: \"zones\" was never said");
        }
        return zone(index);
    }

    int zones() {
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

    /** Whether no CPU can have frames on lists of its own. */
    boolean nothingHeldBack() {
        return holdingBack.signum() == 0;
    }

    Mappings mappings() {
        return mappings;
    }

    State with(int zone, ZoneFrames changed) {
        ZoneFrames[] copy = Arrays.copyOf(zones, zones.length);
        copy[zone] = changed;
        return new State(copy, cpus, holdingBack, mappings, editor);
    }

    State with(Mappings changed) {
        return new State(zones, cpus, holdingBack, changed, editor);
    }

    /** A CPU may have frames on lists of its own from now on. */
    State holdingBack(int cpu) {
        requireCpu(cpu);
        return holdingBack.testBit(cpu) ? this : new State(zones, cpus, holdingBack.setBit(cpu), mappings, editor);
    }

    State drained(int cpu) {
        requireCpu(cpu);
        return holdingBack.testBit(cpu) ? new State(zones, cpus, holdingBack.clearBit(cpu), mappings, editor) : this;
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
