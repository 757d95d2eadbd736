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
    private final Columns columns;
    private final List<Narration> narration;

    /**
     * Of an execution that was narrated.
     *
     * @param columns of its programs
     */
    Rows(Execution execution, Columns columns) {
        this.execution = execution;
        this.columns = columns;
        this.narration = execution.narration();
    }

    List<Counterexample.Row> all() {
        boolean[] matters = matters();
        List<Counterexample.Row> rows = new ArrayList<>();
        for (int first = 0; first < narration.size(); ) {
            int last = first;
            while (last + 1 < narration.size() && execution.number(last + 1) == execution.number(first)) {
                last++;
            }
            rows.add(row(first, last, matters));
            first = last + 1;
        }
        return List.copyOf(rows);
    }

    /** A step, and the drains that are a part of it. */
    private Counterexample.Row row(int first, int last, boolean[] matters) {
        int i = first;
        while (i < last && narration.get(i).step().kind() == Step.Kind.DRAIN) {
            i++;
        }
        Narration told = narration.get(i);
        List<String> changes = told.before().changesTo(after(i));
        int overtakenAt = overtakenAt(i);
        List<String> notes = new ArrayList<>(drained("first, ", first, i));
        notes.addAll(notes(told, changes));
        notes.addAll(drained("then, ", i + 1, last + 1));
        return new Counterexample.Row(
                columns.of(told.step()),
                told.operation(),
                told.step().toString(),
                value(told, changes),
                overtakenAt < 0 ? "" : overtaker(overtakenAt),
                told.place(),
                List.copyOf(notes),
                matters[i],
                around(first, i, last, overtakenAt));
    }

    /** "first, DMA.free_pages drains: 4 -> 2". */
    private List<String> drained(String when, int from, int to) {
        List<String> notes = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Narration told = narration.get(i);
            String value = value(told, told.before().changesTo(after(i)));
            notes.add(when + told.step().object() + " drains" + (value.isEmpty() ? "" : ": " + value));
        }
        return notes;
    }

    private Around around(int first, int step, int last, int overtakenAt) {
        Snapshot before = narration.get(first).before();
        if (overtakenAt < 0) {
            Lookups.Overtaken looked = new Lookups(execution, columns).overtaken(step);
            if (looked != null) {
                return new Around(before, after(last), looked.by(), execution.number(looked.at()));
            }
        }
        return new Around(before, after(last), "", overtakenAt < 0 ? 0 : execution.number(overtakenAt));
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
        HappensBefore order = new HappensBefore(execution, columns.tasks());
        for (int i = 0; i <= last; i++) {
            if (!execution.isStoppedByStep() || i == last || order.ordered(i, last)) {
                programs.add(columns.of(narration.get(i).step()));
            }
        }
        for (int i = 0; i <= last; i++) {
            matters[i] = programs.contains(columns.of(narration.get(i).step()));
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
        return columns.title(write.step()) + " wrote " + write.left() + " at step " + execution.number(step);
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
