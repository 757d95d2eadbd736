package dev.gaugeblock.contract;

import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import java.util.Map;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnderInitialization;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The rules about addresses of frames. */
final class MappingRules {
    private final @NotOnlyInitialized Contract contract;

    MappingRules(@UnderInitialization Contract contract) {
        this.contract = contract;
    }

    @Nullable
    Breach judge(State state, Call call) {
        if (call instanceof Call.Kmap map) {
            return map(state, map);
        }
        if (call instanceof Call.Kunmap unmap) {
            return unmap(state, unmap);
        }
        if (call instanceof Call.PageAddress query) {
            return address(state, query);
        }
        if (call instanceof Call.AtomicMap map) {
            return mapAtomic(state, map);
        }
        if (call instanceof Call.AtomicUnmap unmap) {
            return unmapAtomic(state, unmap);
        }
        if (call instanceof Call.FrameAt query) {
            return frameAt(state, query);
        }
        throw new IllegalArgumentException("no rule is about " + call);
    }

    // kmap

    private @Nullable Breach map(State state, Call.Kmap map) {
        return map.meanwhile().isEmpty()
                ? answered(state, map)
                : Contract.wholly(state, () -> {
                    Breach meanwhile = contract.steps(state, map.meanwhile());
                    return meanwhile != null ? meanwhile : answered(state, map);
                });
    }

    private static @Nullable Breach answered(State state, Call.Kmap map) {
        Mappings mappings = state.mappings();
        Mappings.Slot slot = mappings.slots().get(map.pfn());
        boolean needsSlot =
                slot == null && isHigh(state, map.pfn(), map.result().value());
        boolean mustSleep = needsSlot && mappings.isFull();
        // Mappings from before the trace may have the slots that nobody is known to have.
        boolean maySleep = needsSlot && !mappings.isComplete();
        return switch (map.result().kind()) {
            case GIVEN -> mapped(state, map.pfn(), map.result().value(), mustSleep);
            case WAITING -> mustSleep || maySleep ? null : sleptWrongly(map.pfn(), mappings);
            case REFUSED, NOTHING ->
                new Breach(Rule.REFUSED, "a kmap of frame " + map.pfn() + " was refused, which it never is");
        };
    }

    private static Breach sleptWrongly(int pfn, Mappings mappings) {
        return new Breach(
                Rule.MAP_SLEEPS,
                "a kmap of frame " + pfn + " sleeps, although "
                        + mappings.slots().size() + " of "
                        + mappings.layout().lastPkmap() + " slots are in use"
                        + (mappings.slots().get(pfn) != null ? ", one of them for this frame" : ""));
    }

    private static @Nullable Breach mapped(State state, int pfn, long address, boolean mustSleep) {
        if (!isHigh(state, pfn, address)) {
            return address == direct(pfn) ? null : notDirect(pfn, address);
        }
        Mappings mappings = state.mappings();
        HighmemLayout layout = mappings.layout();
        if (address < layout.pkmapBase() || address >= layout.pkmapEnd() || address % PageFrame.SIZE != 0) {
            return outside(pfn, address, layout.pkmapBase(), layout.pkmapEnd());
        }
        Mappings.Slot slot = mappings.slots().get(pfn);
        if (slot != null && slot.address() != address) {
            return new Breach(
                    Rule.MAP_STABLE,
                    "frame " + pfn + " is mapped at " + hex(slot.address()) + " by " + slot.users()
                            + " and was mapped at " + hex(address) + " besides");
        }
        if (mustSleep) {
            return new Breach(
                    Rule.MAP_SLEEPS,
                    "frame " + pfn + " was mapped at " + hex(address) + ", although all " + layout.lastPkmap()
                            + " slots are in use: that kmap has to sleep");
        }
        Integer other = mappings.frameAt(address);
        if (other != null && other != pfn) {
            return shared(pfn, address, other);
        }
        state.setMappings(mappings.with(pfn, address, slot == null ? 1 : slot.users() + 1));
        return null;
    }

    private static @Nullable Breach unmap(State state, Call.Kunmap unmap) {
        int pfn = unmap.pfn();
        Mappings.Slot slot = state.mappings().slots().get(pfn);
        boolean unknown = slot == null && !state.mappings().isComplete();
        boolean low = state.knowsHighmem() ? !isHigh(state, pfn, 0) : slot == null;
        boolean misuse = unmap.inInterrupt() || !low && slot == null && !unknown;
        if (unmap.refused()) {
            return misuse || unknown && !(low && state.knowsHighmem())
                    ? null
                    : new Breach(Rule.REFUSED, "a kunmap of frame " + pfn + " was refused");
        }
        if (misuse) {
            return new Breach(
                    Rule.UNMAP_BALANCED,
                    "a kunmap of frame " + pfn + " went through, "
                            + (unmap.inInterrupt() ? "in an interrupt" : "but nobody has it mapped"));
        }
        if (!low && slot != null) {
            state.setMappings(state.mappings().with(pfn, slot.address(), slot.users() - 1));
        }
        return null;
    }

    /** A frame without users may still have an address: it is not flushed yet. */
    private static @Nullable Breach address(State state, Call.PageAddress query) {
        int pfn = query.pfn();
        long address = query.address();
        Mappings.Slot slot = state.mappings().slots().get(pfn);
        if (slot != null) {
            return address == slot.address()
                    ? null
                    : new Breach(
                            Rule.MAP_STABLE,
                            "frame " + pfn + " is mapped at " + hex(slot.address()) + ", and not at " + hex(address));
        }
        if (!isHigh(state, pfn, address)) {
            return address == direct(pfn) ? null : notDirect(pfn, address);
        }
        Integer other = state.mappings().frameAt(address);
        return other == null ? null : shared(pfn, address, other);
    }

    // kmap_atomic

    private static @Nullable Breach mapAtomic(State state, Call.AtomicMap map) {
        Mappings mappings = state.mappings();
        state.requireCpu(map.cpu());
        mappings.layout().requireType(map.type());
        Mappings.Window window = new Mappings.Window(map.cpu(), map.type());
        if (map.result().kind() != Result.Kind.GIVEN) {
            return mappings.windows().containsKey(window) || !mappings.isComplete()
                    ? null
                    : new Breach(
                            Rule.REFUSED,
                            "an atomic mapping of frame " + map.pfn() + " was refused, although window " + map.type()
                                    + " of CPU " + map.cpu() + " is not in use");
        }
        long address = map.result().value();
        if (!isHigh(state, map.pfn(), address)) {
            return address == direct(map.pfn()) ? null : notDirect(map.pfn(), address);
        }
        HighmemLayout.requireWindows(map.cpu());
        HighmemLayout layout = mappings.layout();
        long last = layout.atomicAddress(0);
        long first = layout.atomicAddress(layout.kmTypes() * HighmemLayout.NR_CPUS - 1);
        if (address < first || address > last || address % PageFrame.SIZE != 0) {
            return outside(map.pfn(), address, first, last + PageFrame.SIZE);
        }
        for (Map.Entry<Mappings.Window, Mappings.Target> other :
                mappings.windows().entrySet()) {
            if (other.getValue().address() == address && !other.getKey().equals(window)) {
                return shared(map.pfn(), address, other.getValue().pfn());
            }
        }
        state.setMappings(mappings.with(window, new Mappings.Target(address, map.pfn())));
        return null;
    }

    /** An atomic window may be given up any number of times: only debugging kernels look. */
    private static @Nullable Breach unmapAtomic(State state, Call.AtomicUnmap unmap) {
        state.requireCpu(unmap.cpu());
        state.mappings().layout().requireType(unmap.type());
        Mappings.Window window = new Mappings.Window(unmap.cpu(), unmap.type());
        Mappings.Target target = state.mappings().windows().get(window);
        if (target == null || target.address() != unmap.address()) {
            return null;
        }
        if (unmap.refused()) {
            return new Breach(
                    Rule.REFUSED,
                    "the end of the atomic mapping of frame " + target.pfn() + " at " + hex(unmap.address())
                            + " was refused");
        }
        state.setMappings(state.mappings().without(window));
        return null;
    }

    private static @Nullable Breach frameAt(State state, Call.FrameAt query) {
        for (Mappings.Target target : state.mappings().windows().values()) {
            if (target.address() == query.address()) {
                return target.pfn() == query.pfn() ? null : elsewhere(query, target.pfn());
            }
        }
        long low = (query.address() - HighmemLayout.PAGE_OFFSET) / PageFrame.SIZE;
        int zone = state.zoneOf(low);
        boolean isLow = state.knowsHighmem() && zone >= 0 && zone != Zone.HIGHMEM;
        return isLow && low != query.pfn() ? elsewhere(query, low) : null;
    }

    private static Breach elsewhere(Call.FrameAt query, long pfn) {
        return new Breach(
                Rule.MAP_STABLE, "frame " + pfn + " is mapped at " + hex(query.address()) + ", and not " + query.pfn());
    }

    // What the above have in common

    /** Whether a frame needs a window. Without zones, its address tells. */
    private static boolean isHigh(State state, int pfn, long address) {
        int zone = state.zoneOf(pfn);
        if (zone < 0) {
            throw new IllegalArgumentException("frame " + pfn + " is not part of the machine's memory");
        }
        return state.knowsHighmem() ? zone == Zone.HIGHMEM : address != direct(pfn);
    }

    private static long direct(int pfn) {
        return HighmemLayout.PAGE_OFFSET + (long) PageFrame.SIZE * pfn;
    }

    private static Breach notDirect(int pfn, long address) {
        return new Breach(
                Rule.LOW_DIRECT,
                "frame " + pfn + " is low, and so at " + hex(direct(pfn)) + ", not at " + hex(address));
    }

    private static Breach outside(int pfn, long address, long from, long to) {
        return new Breach(
                Rule.MAP_WINDOW,
                "frame " + pfn + " was mapped at " + hex(address) + ", which is no page of its window, " + hex(from)
                        + " up to " + hex(to));
    }

    private static Breach shared(int pfn, long address, int other) {
        return new Breach(
                Rule.MAP_DISTINCT,
                "frame " + pfn + " was mapped at " + hex(address) + ", where frame " + other + " is mapped");
    }

    private static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }
}
