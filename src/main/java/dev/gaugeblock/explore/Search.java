package dev.gaugeblock.explore;

/** Leads execution after execution until all that has to be tried was tried. */
interface Search extends Director {
    /** To be called before each execution. */
    void begin();

    /** Takes the choices of a finished execution in, and moves on to the next schedule; false if there is none. */
    boolean advance(Execution execution);

    /** How many different states were met; 0 for a search that does not tell states apart. */
    int states();

    /** The choices of the present execution. */
    Schedule schedule();
}
