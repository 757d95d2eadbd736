package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.Outcome;
import dev.gaugeblock.explore.harness.SimulatedFacts;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.state.Renaming;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.state.Symmetry;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The outcomes that an exploration has met, each with the first schedule that led to it; and those that alike CPUs
 * would have under other numbers, which are still to be tried.
 */
final class Outcomes {
    private final SortedMap<String, Schedule> met = new TreeMap<>();
    private final Map<String, Schedule> untried = new LinkedHashMap<>();

    private final String[] variables;

    /** An outcome to be tried, and the schedule that is to lead to it. */
    record Untried(String outcome, Schedule schedule) {}

    /** None yet, of a test with these variables. */
    Outcomes(List<String> variables) {
        this.variables = variables.toArray(new String[0]);
    }

    /** The outcome of an execution that is over. */
    String of(Simulation simulation) {
        return Outcome.of(simulation, variables);
    }

    /** Takes in how a complete execution ended, and how it would have ended, had alike CPUs had other numbers. */
    void ended(Simulation simulation, Schedule schedule, Symmetry symmetry, LitmusJudge judge) {
        met.putIfAbsent(of(simulation), schedule);
        judge.note(new SimulatedFacts(simulation), schedule);
        for (Renaming renaming : symmetry.renamings()) {
            RenamedEnd end = new RenamedEnd(simulation, renaming.inverse());
            Schedule renamed = renaming.of(schedule);
            String outcome = end.outcome(variables);
            if (!met.containsKey(outcome)) {
                untried.putIfAbsent(outcome, renamed);
            }
            judge.note(end, renamed);
        }
    }

    /** What was to be tried has come true. */
    void meet(Untried tried) {
        met.putIfAbsent(tried.outcome(), tried.schedule());
    }

    boolean hasUntried() {
        return !untried.isEmpty();
    }

    /** The oldest that was not tried; it counts as tried from now on. */
    Untried takeUntried() {
        String outcome = untried.keySet().iterator().next();
        return new Untried(outcome, Objects.requireNonNull(untried.remove(outcome), outcome));
    }

    SortedMap<String, Schedule> met() {
        return met;
    }

    void clear() {
        met.clear();
        untried.clear();
    }

    /** Writes all of them, for a checkpoint. */
    void save(DataOutputStream out) throws IOException {
        save(met, out);
        save(untried, out);
    }

    private static void save(Map<String, Schedule> schedules, DataOutputStream out) throws IOException {
        out.writeInt(schedules.size());
        for (Map.Entry<String, Schedule> each : schedules.entrySet()) {
            out.writeUTF(each.getKey());
            out.writeUTF(each.getValue().toString());
        }
    }

    /** Reads what {@link #save} wrote. */
    void restore(DataInputStream in) throws IOException {
        restore(met, in);
        restore(untried, in);
    }

    private static void restore(Map<String, Schedule> schedules, DataInputStream in) throws IOException {
        int length = in.readInt();
        for (int i = 0; i < length; i++) {
            schedules.put(in.readUTF(), Schedule.parse(in.readUTF()));
        }
    }
}
