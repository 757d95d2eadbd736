package dev.gaugeblock.contract;

import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Holds the free counts that an implementation reports against the frames that are free. */
final class CountRule {
    private CountRule() {}

    /** Whether the counts of some zone are held against anything. */
    static boolean isJudged(State state) {
        for (int index = 0; index < state.zones(); index++) {
            if (state.isZoned() && !state.zone(index).isDisturbed()) {
                return true;
            }
        }
        return false;
    }

    static @Nullable Breach judge(State state, Call.FreeCounts counts) {
        if (!state.isZoned()) {
            return null;
        }
        state.memory().requireEachZone("fp", counts.counts().length);
        long hidden = 0;
        for (int index = 0; index < state.zones(); index++) {
            ZoneFrames zone = state.zone(index);
            if (zone.isDisturbed()) {
                continue;
            }
            long reported = reported(state, counts, index);
            long most = most(zone);
            long least = least(state, zone);
            if (reported < least || reported > most) {
                return wrong(state, index, reported, least, most, counts.counts());
            }
            hidden += Math.max(0, zone.free() - zone.holes() - reported);
        }
        if (hidden > state.mostHeldBack()) {
            return new Breach(
                            Rule.FRAMES_CONSERVED,
                            hidden + " free frames are not reported, but "
                                    + state.declares().held() + " a CPU may hide, " + state.mostHeldBack() + " in all")
                    .liftedBy("\"held\":\"percpu\"");
        }
        for (int index = 0; index < state.zones(); index++) {
            if (!state.zone(index).isDisturbed()) {
                state.zone(index).setReported(reported(state, counts, index));
            }
        }
        return null;
    }

    private static long reported(State state, Call.FreeCounts counts, int index) {
        return state.declares().pool() ? Arrays.stream(counts.counts()).sum() : counts.counts()[index];
    }

    private static long most(ZoneFrames zone) {
        return zone.free() + zone.unknown();
    }

    private static long least(State state, ZoneFrames zone) {
        return state.nothingHeldBack() ? Math.max(0, zone.free() - zone.holes()) : 0;
    }

    /** By how many frames each count is too large, or, below 0, too small; 0 for one that may be right. */
    static long[] off(State state, Call.FreeCounts counts) {
        long[] off = new long[state.zones()];
        for (int index = 0; index < off.length; index++) {
            ZoneFrames zone = state.zone(index);
            if (!zone.isDisturbed()) {
                long reported = reported(state, counts, index);
                off[index] = Math.max(0, reported - most(zone)) + Math.min(0, reported - least(state, zone));
            }
        }
        return off;
    }

    private static Breach wrong(State state, int index, long reported, long least, long most, long[] counts) {
        ZoneFrames zone = state.zone(index);
        boolean tooFew = reported < least;
        boolean byDeclaration = tooFew && state.declares().held() == 0;
        String how = least == 0 && reported <= most
                ? ""
                : byDeclaration ? ", and none may hide" : state.nothingHeldBack() ? ", and no CPU holds any back" : "";
        Breach breach = new Breach(
                Rule.FRAMES_CONSERVED,
                state.place(index) + " reports " + reported + " free frames, but has "
                        + (least == most ? most : reported > most ? "at most " + most : "at least " + least) + ": "
                        + zone.spanned() + " less " + zone.live() + " live and " + zone.reserved() + " reserved" + how);
        return byDeclaration
                ? breach.liftedBy("\"held\":\"percpu\"")
                : isRightInSum(state, counts) ? breach.liftedBy("\"zones\":\"pool\"") : breach;
    }

    /** Whether the counts are wrong of some zones, but right of all of the memory. */
    private static boolean isRightInSum(State state, long... counts) {
        long reported = Arrays.stream(counts).sum();
        long least = 0;
        long most = 0;
        for (int index = 0; index < state.zones(); index++) {
            ZoneFrames zone = state.zone(index);
            most += most(zone);
            least += least(state, zone);
        }
        return state.zones() > 1 && reported >= least && reported <= most;
    }

    /** Until it is reported how many frames are on the free lists, none is known to be. */
    static void holdBack(State state, int cpu) {
        state.holdBack(cpu);
        for (int index = 0; index < state.zones(); index++) {
            if (!state.zone(index).isDisturbed()) {
                state.zone(index).setReported(0);
            }
        }
    }

    static void disturb(State state, int index) {
        state.zone(index).setReported(ZoneFrames.DISTURBED);
    }
}
