package dev.gaugeblock.contract;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How to go on behind a breach: of what it concerns nobody knows any more, and all else stays as it was. So what is
 * judged then is judged by less, and never by something that the breach has put in doubt.
 */
final class Recovery {
    private Recovery() {}

    /**
     * The frames that a call is about; {@code null} for none, or for none that a machine has. A block that is larger
     * than the largest counts as its first frame: it is the order that is wrong.
     */
    static MemoryMap.@Nullable Range concerned(State state, Call call) {
        if (call instanceof Call.Alloc alloc) {
            return given(state, alloc.result(), alloc.frames());
        }
        if (call instanceof Call.Take take) {
            return given(state, take.result(), 1L << take.order());
        }
        if (call instanceof Call.Free free) {
            Block block = state.block(free.pfn());
            return range(free.pfn(), free.frames() > 0 ? free.frames() : block == null ? 1 : block.frames());
        }
        if (call instanceof Call.Give give) {
            return range(give.pfn(), 1L << give.order());
        }
        if (call instanceof Call.Reserve reserve) {
            return range(reserve.pfn(), reserve.count());
        }
        return range(frame(call), 1);
    }

    private static MemoryMap.@Nullable Range given(State state, Result result, long frames) {
        return result.kind() == Result.Kind.GIVEN
                ? range(result.value(), frames > state.declares().largest() ? 1 : frames)
                : null;
    }

    private static MemoryMap.@Nullable Range range(long pfn, long frames) {
        return pfn < 0 || pfn + frames > Limits.MOST_FRAMES ? null : new MemoryMap.Range((int) pfn, (int) frames);
    }

    /** The frame that a call names, -1 for none. */
    private static long frame(Call call) {
        if (call instanceof Call.Get get) {
            return get.pfn();
        }
        if (call instanceof Call.References references) {
            return references.pfn();
        }
        if (call instanceof Call.Kmap map) {
            return map.pfn();
        }
        if (call instanceof Call.Kunmap unmap) {
            return unmap.pfn();
        }
        if (call instanceof Call.PageAddress query) {
            return query.pfn();
        }
        return call instanceof Call.AtomicMap map ? map.pfn() : -1;
    }

    /** The state behind a breach of a call, in which nothing happened meanwhile. */
    static State after(State state, Call call, Breach breach) {
        State now = call instanceof Call.Alloc alloc ? state.holdingBack(alloc.cpu()) : state;
        return switch (breach.rule()) {
            case ALLOC_FAILURE -> withoutFree(now, call);
            case REFERENCES -> counted(now, call);
            case FRAMES_CONSERVED, ALLOC_WAITS, CRASH, HANG, GARBAGE -> now;
            case LOW_DIRECT, MAP_WINDOW, MAP_STABLE, MAP_DISTINCT, MAP_SLEEPS, UNMAP_BALANCED -> unmapped(now, call);
            default -> isOfMappings(call) ? unmapped(now, call) : forgotten(now, call);
        };
    }

    private static State forgotten(State state, Call call) {
        MemoryMap.Range range = concerned(state, call);
        State now = range == null ? state : state.forgetting(range.first(), range.count());
        if (call instanceof Call.Free free) {
            return now.holdingBack(free.cpu());
        }
        return call instanceof Call.Reserve reserve ? now.reserved(reserve.pfn(), reserve.count()) : now;
    }

    /** A zone that did not have what it should have had: nobody knows who has its free frames. */
    private static State withoutFree(State state, Call call) {
        State now = state;
        for (int index = 0; index < state.zones(); index++) {
            boolean isMeant = call instanceof Call.Alloc alloc
                    ? FailureRule.permits(state, alloc, index)
                    : call instanceof Call.Take take && take.zone() == index;
            if (isMeant) {
                ZoneFrames zone = now.zone(index);
                now = now.with(index, zone.forgetFree(zone.start(), zone.spanned()));
            }
        }
        return now;
    }

    /** What is said of a block's references holds from now on. */
    private static State counted(State state, Call call) {
        MemoryMap.Range range = concerned(state, call);
        Block block = range == null ? null : state.block(range.first());
        if (range == null || block == null) {
            return range == null ? state : state.forgetting(range.first(), 1);
        }
        if (!(call instanceof Call.References said)) {
            return state;
        }
        int index = state.zoneOf(block.pfn());
        return said.count() > 0 && said.count() <= Block.MOST_REFERENCES
                ? state.with(index, state.zone(index).replace(block.with((int) said.count())))
                : state.forgetting(block.pfn(), block.frames());
    }

    private static boolean isOfMappings(Call call) {
        return call instanceof Call.Kmap
                || call instanceof Call.Kunmap
                || call instanceof Call.AtomicMap
                || call instanceof Call.AtomicUnmap;
    }

    private static State unmapped(State state, Call call) {
        if (call instanceof Call.AtomicMap map) {
            Mappings.Window window = new Mappings.Window(map.cpu(), map.type());
            return state.with(state.mappings()
                    .without(window)
                    .forgetting(map.pfn(), map.result().value()));
        }
        if (call instanceof Call.AtomicUnmap unmap) {
            return state.with(state.mappings().without(new Mappings.Window(unmap.cpu(), unmap.type())));
        }
        long address = call instanceof Call.Kmap map
                ? map.result().value()
                : call instanceof Call.PageAddress query ? query.address() : 0;
        long pfn = frame(call);
        return pfn < 0 ? state : state.with(state.mappings().forgetting((int) pfn, address));
    }
}
