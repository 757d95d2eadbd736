package dev.gaugeblock.explore.harness.condition;

import java.util.ArrayList;
import java.util.List;

/** Takes down what formulas look at. */
public final class Reads implements Reading {
    private final List<Integer> variables = new ArrayList<>();
    private final List<Integer> zones = new ArrayList<>();
    private boolean lists;
    private boolean withoutLists;
    private boolean happenings;
    private boolean whoSlept;

    /** What one formula looks at. */
    public static Reads of(Formula formula) {
        Reads reads = new Reads();
        formula.tell(reads);
        return reads;
    }

    @Override
    public void variable(int variable) {
        variables.add(variable);
    }

    @Override
    public void freeFrames(int zone, boolean onLists) {
        zones.add(zone);
        lists |= onLists;
        withoutLists |= !onLists;
    }

    @Override
    public void noteOfReclaim() {
        happenings = true;
    }

    @Override
    public void happening(Happening what) {
        happenings = true;
        whoSlept |= what.kind == Happening.SLEPT;
    }

    /** Numbers of the variables; one that is named twice comes twice. */
    public List<Integer> variables() {
        return variables;
    }

    /** Numbers of the zones whose free frames are counted, likewise. */
    public List<Integer> zones() {
        return zones;
    }

    /** Whether frames on the lists of CPUs are counted too. */
    public boolean countLists() {
        return lists;
    }

    /** Whether in some count they are left out. */
    public boolean leaveListsOut() {
        return withoutLists;
    }

    /** Whether it matters what has happened, or what reclaim has noted: any step may change that. */
    public boolean askWhatHappened() {
        return happenings;
    }

    /** Whether it matters who has slept. */
    public boolean askWhoSlept() {
        return whoSlept;
    }
}
