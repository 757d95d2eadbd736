package dev.gaugeblock.contract;

import dev.gaugeblock.contract.frames.Block;
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

    /** Goes on behind a breach of a call, in which nothing happened meanwhile. */
    static void goOn(State state, Call call, Breach breach) {
        if (call instanceof Call.Alloc alloc) {
            state.holdBack(alloc.cpu());
        }
        switch (breach.rule()) {
            case ALLOC_FAILURE -> forgetFree(state, call);
            case REFERENCES -> count(state, call);
            case FRAMES_CONSERVED, ALLOC_WAITS, CRASH, HANG, GARBAGE -> {
                // What it says is wrong, but of no frames in particular.
            }
            case LOW_DIRECT, MAP_WINDOW, MAP_STABLE, MAP_DISTINCT, MAP_SLEEPS, UNMAP_BALANCED -> unmap(state, call);
            default -> {
                if (isOfMappings(call)) {
                    unmap(state, call);
                } else {
                    forget(state, call);
                }
            }
        }
    }

    private static void forget(State state, Call call) {
        MemoryMap.Range range = concerned(state, call);
        if (range != null) {
            state.forget(range.first(), range.count());
        }
        if (call instanceof Call.Free free) {
            state.holdBack(free.cpu());
        } else if (call instanceof Call.Reserve reserve) {
            state.reserve(reserve.pfn(), reserve.count());
        }
    }

    /** A zone that did not have what it should have had: nobody knows who has its free frames. */
    private static void forgetFree(State state, Call call) {
        for (int index = 0; index < state.zones(); index++) {
            boolean isMeant = call instanceof Call.Alloc alloc
                    ? FailureRule.permits(state, alloc, index)
                    : call instanceof Call.Take take && take.zone() == index;
            if (isMeant) {
                ZoneFrames zone = state.zone(index);
                zone.forgetFree(zone.start(), zone.spanned());
            }
        }
    }

    /** What is said of a block's references holds from now on. */
    private static void count(State state, Call call) {
        MemoryMap.Range range = concerned(state, call);
        if (range == null) {
            return;
        }
        Block block = state.block(range.first());
        if (block == null) {
            state.forget(range.first(), 1);
        } else if (call instanceof Call.References said) {
            if (said.count() > 0 && said.count() <= Block.MOST_REFERENCES) {
                BlockRules.zoneOf(state, block.pfn()).replace(block.with((int) said.count()));
            } else {
                state.forget(block.pfn(), block.frames());
            }
        }
    }

    private static boolean isOfMappings(Call call) {
        return call instanceof Call.Kmap
                || call instanceof Call.Kunmap
                || call instanceof Call.AtomicMap
                || call instanceof Call.AtomicUnmap;
    }

    private static void unmap(State state, Call call) {
        Mappings mappings = state.mappings();
        if (call instanceof Call.AtomicMap map) {
            Mappings.Window window = new Mappings.Window(map.cpu(), map.type());
            state.setMappings(
                    mappings.without(window).forgetting(map.pfn(), map.result().value()));
        } else if (call instanceof Call.AtomicUnmap unmap) {
            state.setMappings(mappings.without(new Mappings.Window(unmap.cpu(), unmap.type())));
        } else if (frame(call) >= 0) {
            long address = call instanceof Call.Kmap map
                    ? map.result().value()
                    : call instanceof Call.PageAddress query ? query.address() : 0;
            state.setMappings(mappings.forgetting((int) frame(call), address));
        }
    }
}
