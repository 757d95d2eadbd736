package dev.gaugeblock.explore.audit;

import dev.gaugeblock.explore.execution.AuditRule;
import dev.gaugeblock.explore.state.Schedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the interrupt handlers of a test touch, over all its executions, and what programs do where a handler of their
 * CPU may strike, but in truth could strike in between too: {@code strikable-in-between}.
 *
 * <p>A handler begins at a window: a point of a program that has interrupts on. What the program touches from one
 * window to the next falls into units: one access with interrupts on, the head of one step, or all that it does until
 * it turns them on again. A handler that strikes between two units does what it does at the window before, up to the
 * first access that meets a unit which has come already; so if there is none, it is explored there. Likewise at the
 * window behind, if it meets no unit that is still to come.
 */
final class Strikes {
    /**
     * What a program touches between two windows.
     *
     * @param unit number of the unit between these windows
     * @param location the same text in every execution
     */
    record Touched(int unit, String location, Site site) {}

    /**
     * What is touched from one window of a CPU to the next.
     *
     * @param before what the program had touched up to the first of them, as a hash: by it the windows of different
     *     executions are told apart
     * @param behind likewise up to the second
     */
    record Between(int cpu, long before, long behind, List<Touched> touched) {}

    /** Where something was met first: by whom, in which step each access, and in which execution. */
    record Met(String task, List<Integer> steps, Schedule schedule) {}

    /** What is wrong, and an execution that does it. */
    record Struck(Finding finding, Schedule schedule) {}

    /** By CPU, window and location: where its handler touches it, a site that reads and one that writes. */
    private final Map<String, List<Site>> strikes = new HashMap<>();

    private final Map<Between, Met> betweenWindows = new LinkedHashMap<>();

    /** A handler touches something; it has begun at a window of its CPU. */
    void handles(int cpu, long window, String location, Site site) {
        List<Site> known = strikes.computeIfAbsent(strike(cpu, window, location), none -> new ArrayList<>());
        if (known.stream().noneMatch(other -> other.writes() == site.writes())) {
            known.add(site);
        }
    }

    /**
     * A program has touched something in more than one unit.
     *
     * @return what is wrong with it, as far as handlers are known; {@code null} for nothing
     */
    @Nullable
    Struck touches(Between between, Met met) {
        betweenWindows.putIfAbsent(between, met);
        return judge(between, met);
    }

    /** What is wrong with what was met so far; {@code null} for nothing. */
    @Nullable
    Struck first() {
        for (Map.Entry<Between, Met> entry : betweenWindows.entrySet()) {
            Struck struck = judge(entry.getKey(), entry.getValue());
            if (struck != null) {
                return struck;
            }
        }
        return null;
    }

    private @Nullable Struck judge(Between between, Met met) {
        int one = -1;
        List<Touched> touched = between.touched;
        for (int i = 0; i < touched.size(); i++) {
            boolean later = one >= 0 && touched.get(one).unit != touched.get(i).unit;
            Site behind = later ? met(between, between.behind, touched.get(i)) : null;
            if (behind != null) {
                Access first = new Access(touched.get(one).site, met.task, met.steps.get(one), "");
                Access second = new Access(touched.get(i).site, met.task, met.steps.get(i), "");
                return new Struck(finding(first, second, behind), met.schedule);
            }
            one = one < 0 && met(between, between.before, touched.get(i)) != null ? i : one;
        }
        return null;
    }

    /** Where the handler touches the same, so that it could tell when it came; {@code null} if it does not. */
    private @Nullable Site met(Between between, long window, Touched touched) {
        for (Site site : strikes.getOrDefault(strike(between.cpu, window, touched.location), List.of())) {
            if (site.writes() || touched.site.writes()) {
                return site;
            }
        }
        return null;
    }

    private static String strike(int cpu, long window, String location) {
        return cpu + " " + window + " " + location;
    }

    private static Finding finding(Access first, Access second, Site handled) {
        String key = first.site().target() + ": " + first.site().place() + " / "
                + second.site().place();
        return new Finding(
                AuditRule.STRIKABLE_IN_BETWEEN,
                AuditRule.STRIKABLE_IN_BETWEEN.id() + " " + key,
                first + ", and " + second + "; the handler of that CPU, which "
                        + (handled.writes() ? "writes " : "reads ")
                        + handled.target() + " (" + handled.place() + "), could strike in between, and is explored only"
                        + " before both or behind both");
    }
}
