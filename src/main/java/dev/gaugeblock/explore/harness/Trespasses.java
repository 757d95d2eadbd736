package dev.gaugeblock.explore.harness;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;

/** What each rule of the audit is there to name, in code that it watches; no program of a litmus test does it. */
public final class Trespasses {
    private final SharedWord word;
    private int plain;

    @Ghost("The audit's canary reads it.")
    private int ghost;

    public Trespasses(Scheduler scheduler) {
        word = new SharedWord("the canary's word", scheduler);
    }

    /** Counts in a plain field: a read and a write, and somebody could come in between. */
    public void count() {
        plain++;
    }

    /** Looks at a word that nobody announced. */
    public boolean looksAtWord() {
        return word.peek() != 0;
    }

    /** Goes by what only invariants and messages may read. */
    public boolean goesByGhost() {
        return ghost != 0;
    }
}
