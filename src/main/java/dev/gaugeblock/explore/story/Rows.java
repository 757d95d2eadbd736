package dev.gaugeblock.explore.story;

import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.Narration;
import dev.gaugeblock.explore.execution.Snapshot;
import dev.gaugeblock.explore.search.HappensBefore;
import dev.gaugeblock.explore.state.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The steps of an execution, each with what it read or wrote, and what came of it. */
final class Rows {
    private static final String FLAGS = "flags of ";

    private final Execution execution;
    private final List<String> titles;
    private final List<Narration> narration;

    /**
     * Of an execution that was narrated.
     *
     * @param titles what each program is called
     */
    Rows(Execution execution, List<String> titles) {
        this.execution = execution;
        this.titles = titles;
        this.narration = execution.narration();
    }

    List<Counterexample.Row> all() {
        boolean[] matters = matters();
        List<Counterexample.Row> rows = new ArrayList<>();
        for (int i = 0; i < narration.size(); i++) {
            Narration told = narration.get(i);
            List<String> changes = told.before().changesTo(after(i));
            int overtakenAt = overtakenAt(i);
            rows.add(new Counterexample.Row(
                    told.step().task(),
                    told.operation(),
                    told.step().toString(),
                    value(told, changes),
                    overtakenAt < 0 ? "" : overtaker(overtakenAt),
                    told.place(),
                    notes(told, changes),
                    matters[i],
                    around(i, overtakenAt)));
        }
        return List.copyOf(rows);
    }

    private Around around(int step, int overtakenAt) {
        Snapshot before = narration.get(step).before();
        if (overtakenAt < 0) {
            Lookups.Overtaken looked = new Lookups(narration, titles).overtaken(step);
            if (looked != null) {
                return new Around(before, after(step), looked.by(), looked.at() + 1);
            }
        }
        return new Around(before, after(step), "", overtakenAt + 1);
    }

    /**
     * Of each step, whether its program matters: whether some step of that must come before the last one, which goes
     * wrong. All do, if what is wrong shows only in how the programs ended. A program is told as a whole, for what is
     * wrong may be a step that is missing.
     */
    private boolean[] matters() {
        boolean[] matters = new boolean[narration.size()];
        int last = matters.length - 1;
        Set<Integer> programs = new HashSet<>();
        HappensBefore order = new HappensBefore(execution, titles.size());
        for (int i = 0; i <= last; i++) {
            if (!execution.isStoppedByStep() || i == last || order.ordered(i, last)) {
                programs.add(narration.get(i).step().task());
            }
        }
        for (int i = 0; i <= last; i++) {
            matters[i] = programs.contains(narration.get(i).step().task());
        }
        return matters;
    }

    /** What is read, or what was there and what is written; in the words of the snapshots where they have some. */
    private static String value(Narration told, List<String> changes) {
        String word = told.step().object();
        if (told.found().isEmpty()) {
            return "";
        }
        String found = told.before().values().getOrDefault(word, told.found());
        if (told.step().onlyReads()) {
            return found;
        }
        if (told.found().equals(told.left())) {
            return found + ", as before";
        }
        return changes.stream()
                .filter(change -> change.startsWith(word + Snapshot.NAMES))
                .map(change -> change.substring((word + Snapshot.NAMES).length()))
                .findFirst()
                .orElse(found + Snapshot.BECOMES + told.left());
    }

    private Snapshot after(int step) {
        return step + 1 < narration.size() ? narration.get(step + 1).before() : execution.atEnd();
    }

    /**
     * Who made what a step has read untrue while its operation went on with it: the first write of another value by
     * another program, before the operation reads the word again, or writes another value itself. Its index; -1 for
     * nobody.
     */
    private int overtakenAt(int step) {
        Narration read = narration.get(step);
        if (read.step().kind() != Step.Kind.READ || read.found().isEmpty()) {
            return -1;
        }
        for (int i = step + 1; i < narration.size(); i++) {
            Narration later = narration.get(i);
            boolean same = later.step().object().equals(read.step().object());
            if (later.step().task() == read.step().task()) {
                boolean renewed = same
                        && !(later.found().equals(later.left()) && !later.step().onlyReads());
                if (renewed || !later.operation().equals(read.operation())) {
                    return -1;
                }
            } else if (same && !later.left().equals(read.found()) && goesOn(read, i)) {
                return i;
            }
        }
        return -1;
    }

    private String overtaker(int step) {
        Narration write = narration.get(step);
        return titles.get(write.step().task()) + " wrote " + write.left() + " at step " + (step + 1);
    }

    /** Whether the operation of a read takes a step after another one. */
    private boolean goesOn(Narration read, int after) {
        for (int i = after + 1; i < narration.size(); i++) {
            Narration later = narration.get(i);
            if (later.step().task() == read.step().task()) {
                return later.operation().equals(read.operation());
            }
        }
        return false;
    }

    private static List<String> notes(Narration told, List<String> changes) {
        List<String> notes = new ArrayList<>();
        if (!told.alsoRead().isEmpty()) {
            notes.add("also reads " + told.alsoRead());
        }
        for (String change : changes) {
            boolean isShown = !told.found().isEmpty() && isOf(told.step().object(), change);
            if (!isShown && !isOfPerCpuList(change)) {
                notes.add(change);
            }
        }
        notes.addAll(told.notes());
        return List.copyOf(notes);
    }

    /** Whether a frame comes or goes; what the whole list was and is says so, too. */
    private static boolean isOfPerCpuList(String change) {
        return change.matches("(takes|puts) frame \\d+ (from|on) the (hot|cold) list of CPU .*");
    }

    /** Whether a change is that of the word that the step writes; or of one of its flags. */
    private static boolean isOf(String word, String change) {
        if (change.startsWith(word + Snapshot.NAMES) || change.endsWith(" the queue " + word)) {
            return true;
        }
        boolean ofFlag = change.startsWith("PG_locked ") || change.startsWith("PBF_");
        return ofFlag && word.startsWith(FLAGS) && change.contains(" of " + word.substring(FLAGS.length()) + ": ");
    }
}
