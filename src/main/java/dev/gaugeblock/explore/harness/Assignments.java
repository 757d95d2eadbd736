package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.condition.Always;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Which variables of a litmus test are assigned. One that another program uses is a word, so that its assignment is a
 * step of its own: whoever uses it looks at the word first, and sleeps until it is written. So is one that the test
 * speaks of with always, for whoever looks at it between any two steps. Of all others nobody can
 * see when they are assigned.
 */
public final class Assignments {
    private static final int ASSIGNED = 1;

    /** By variable; {@code null} for one that is no word. */
    private final @Nullable SharedWord[] words;

    @Ghost("Outcomes and the state read it; one program assigns a variable.")
    private final boolean[] assigned;

    private final String[] names;
    /** By variable: the program that assigns it, by its index; -1 for none. */
    private final int[] assigners;

    private final Program[] programs;

    /**
     * No variable is assigned yet.
     *
     * @param names of the variables, by number
     * @param always what the test says is always so
     */
    Assignments(String[] names, Program[] programs, Always[] always, Scheduler scheduler) {
        this.names = names;
        this.programs = programs;
        this.assigned = new boolean[names.length];
        this.words = new SharedWord[names.length];
        this.assigners = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            assigners[i] = Program.assigner(i, programs);
            if (Program.isHandedOver(i, programs) || assigners[i] >= 0 && isWatched(i, always)) {
                words[i] = new SharedWord("variable " + names[i], scheduler);
            }
        }
    }

    private static boolean isWatched(int variable, Always[] always) {
        for (Always each : always) {
            if (each.reads().variables().contains(variable)) {
                return true;
            }
        }
        return false;
    }

    /** How many variables there are. */
    int count() {
        return names.length;
    }

    /** A program has given a variable its value. */
    void assign(int variable, Task task) {
        SharedWord word = words[variable];
        if (word == null) {
            noteGhost(variable);
        } else {
            word.set(ASSIGNED, task);
        }
    }

    /** Likewise, to a variable that nobody waits for. */
    @Ghost
    void noteGhost(int variable) {
        assigned[variable] = true;
    }

    /**
     * The task of a program is about to use a variable: it waits until another program has assigned it.
     *
     * @param program its number; below 0 where no program runs, and there is nobody to wait for
     */
    void await(int variable, int program, Task task) {
        SharedWord word = words[variable];
        int assigner = assigners[variable];
        if (word != null && program >= 0 && program != assigner && word.get(task) != ASSIGNED) {
            word.awaitChange(0, names[variable] + " to be assigned by " + programs[assigner].title(), task);
        }
    }

    /** The word that is written when a variable is assigned; {@code null} if there is none. */
    public @Nullable SharedWord word(int variable) {
        return words[variable];
    }

    /** Whether a variable has its value. */
    public boolean isAssigned(int variable) {
        SharedWord word = words[variable];
        return word == null ? assigned[variable] : word.peek() == ASSIGNED;
    }
}
