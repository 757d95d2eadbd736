package dev.gaugeblock.explore.harness.condition;

/** Hears what a formula looks at. */
public interface Reading {
    void variable(int variable);

    /** The free frames of a zone; with {@code onLists}, those on the lists of CPUs too. */
    void freeFrames(int zone, boolean onLists);

    /** What reclaim has noted in a zone. */
    void noteOfReclaim();

    /** Whether something has happened. */
    void happening(Happening what);
}
