package dev.gaugeblock.fleet;

import java.io.Serializable;

/**
 * One exploration.
 *
 * @param program the name of its file
 * @param text what the file says
 * @param defect the id of a shipped defect, or {@link #SOUND}
 * @param reduction as {@code explore --reduction} takes it
 */
record SweepTask(String program, String text, String defect, String reduction) implements Serializable {
    /** In the place of a defect: there is none. */
    static final String SOUND = "sound";

    /** What no other task of a sweep has. */
    String key() {
        return program + " " + defect + " " + reduction;
    }
}
