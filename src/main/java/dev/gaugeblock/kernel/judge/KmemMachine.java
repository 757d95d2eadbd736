package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.contract.Limits;
import dev.gaugeblock.contract.MemoryMap;
import dev.gaugeblock.contract.State;
import dev.gaugeblock.contract.frames.Owner;
import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.kernel.rule.ZoneType;
import dev.gaugeblock.kernel.snapshot.ZoneInfo;
import dev.gaugeblock.kernel.trace.RequestFlags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The machine that a trace is of, as far as snapshots tell, in the words of the contract. */
final class KmemMachine {
    /** The largest order with pages of 4 KiB. */
    static final int MAX_ORDER = 10;

    private static final Declarations DECLARES = Declarations.ofKernel(MAX_ORDER);
    /** A kernel's own mappings are not in a trace: any layout does. */
    private static final HighmemLayout NO_MAPPINGS = new HighmemLayout(1, false, false);

    private final List<ZoneInfo.Zone> zones;
    private final @Nullable MemoryMap memory;
    /** What a request permits that does not say its flags. */
    private final Call.Wishes anywhere;

    private final Map<RequestFlags, Call.Wishes> wishes = new IdentityHashMap<>();

    private KmemMachine(List<ZoneInfo.Zone> zones, @Nullable MemoryMap memory) {
        this.zones = zones;
        this.memory = memory;
        this.anywhere = new Call.Wishes(IntStream.range(0, zones.size()).boxed().toList(), 0, 1, Call.Wishes.ANYWHERE);
    }

    /** One of which nothing is known. */
    static KmemMachine unknown() {
        return new KmemMachine(List.of(), null);
    }

    /**
     * One whose zones are known.
     *
     * @param ranges the frames that exist, first and the one after the last; empty if nobody says
     * @throws IllegalArgumentException if the zones lie over each other, or higher than any machine's that is judged
     */
    static KmemMachine of(ZoneInfo info, List<long[]> ranges) {
        List<ZoneInfo.Zone> zones = info.zones().stream()
                .sorted(Comparator.comparingLong(ZoneInfo.Zone::start))
                .toList();
        int[] sizes = new int[zones.size()];
        for (int i = 0; i < sizes.length; i++) {
            ZoneInfo.Zone zone = zones.get(i);
            boolean isLast = i + 1 == sizes.length;
            long end = isLast ? zone.end() : zones.get(i + 1).start();
            if (end < zone.end()) {
                throw new IllegalArgumentException(
                        "zones " + zone.label() + " and " + zones.get(i + 1).label() + " lie over each other");
            }
            if (end > Limits.MOST_FRAMES) {
                throw new IllegalArgumentException("zone " + zone.label() + " ends at frame " + end
                        + "; a machine that is judged ends at " + Limits.MOST_FRAMES);
            }
            sizes[i] = (int) (end - zone.start());
        }
        MemoryMap memory = new MemoryMap(
                (int) zones.get(0).start(),
                sizes,
                zones.stream().map(ZoneInfo.Zone::label).toList());
        for (int i = 0; i + 1 < sizes.length; i++) {
            reserve(memory, zones.get(i).end(), zones.get(i + 1).start());
        }
        if (!ranges.isEmpty()) {
            long from = 0;
            for (long[] range : ranges) {
                reserve(memory, from, range[0]);
                from = range[1];
            }
            reserve(memory, from, Limits.MOST_FRAMES);
        }
        return new KmemMachine(zones, memory);
    }

    private static void reserve(MemoryMap memory, long from, long to) {
        long first = Math.max(from, memory.start());
        long end = Math.min(to, memory.end());
        if (first < end) {
            memory.reserve((int) first, (int) (end - first));
        }
    }

    /** A state in which nobody knows who has what. */
    State start() {
        MemoryMap known = memory;
        return known == null
                ? State.unknown(NO_MAPPINGS, DECLARES)
                : State.of(known, Limits.MOST_CPUS, Owner.UNKNOWN, NO_MAPPINGS, DECLARES);
    }

    boolean isZoned() {
        return memory != null;
    }

    /** Whether a frame lies in a zone, or may. */
    boolean holds(long pfn) {
        return zones.isEmpty() ? pfn < Limits.MOST_FRAMES : zones.stream().anyMatch(zone -> zone.holds(pfn));
    }

    /** Which zones a request permits. */
    Call.Wishes wishes(@Nullable RequestFlags flags) {
        if (zones.isEmpty()) {
            return Call.Wishes.NONE;
        }
        if (flags == null) {
            return anywhere;
        }
        Call.Wishes known = wishes.get(flags);
        if (known == null) {
            known = new Call.Wishes(permitted(flags), 0, 1, Call.Wishes.ANYWHERE);
            wishes.put(flags, known);
        }
        return known;
    }

    /** Where a machine has none of the zones that are wanted, the lowest do. */
    private List<Integer> permitted(RequestFlags flags) {
        List<Integer> permitted = new ArrayList<>();
        ZoneType lowest =
                zones.stream().map(ZoneInfo.Zone::type).min(ZoneType::compareTo).orElse(ZoneType.DMA);
        for (int i = 0; i < zones.size(); i++) {
            ZoneType type = zones.get(i).type();
            if (flags.permits(type) || type == lowest) {
                permitted.add(i);
            }
        }
        return permitted;
    }
}
