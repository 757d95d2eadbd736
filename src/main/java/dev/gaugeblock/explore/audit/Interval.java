package dev.gaugeblock.explore.audit;

import dev.gaugeblock.explore.audit.Strikes.Touched;
import java.util.ArrayList;
import java.util.List;

/** What the program of one CPU touches from one window for interrupts to the next, unit by unit. */
final class Interval {
    /** What keeps an access and the next of its kind together. */
    enum How {
        /** Nothing. */
        ALONE,
        /** They are the head of one step. */
        HEAD,
        /** Interrupts are off. */
        OFF
    }

    private final List<Touched> touched = new ArrayList<>();
    private final List<Integer> steps = new ArrayList<>();
    private int unit;
    private boolean open;

    private How last = How.ALONE;
    private int window;

    /** A window: an interrupt may strike, and does not. */
    void begins() {
        touched.clear();
        steps.clear();
        unit = 0;
        window++;
        open = true;
        last = How.ALONE;
    }

    /** The handler has struck, so there is nothing more to look out for. */
    void ends() {
        touched.clear();
        steps.clear();
        open = false;
    }

    /** The program touches something. */
    void touches(String location, Site site, How how, int step) {
        if (!open) {
            return;
        }
        unit += how == last && how != How.ALONE ? 0 : 1;
        last = how;
        Touched access = new Touched(unit, location, site);
        if (!touched.contains(access)) {
            touched.add(access);
            steps.add(step);
        }
    }

    /** Number of the last window, from 1; 0 before the first. */
    int window() {
        return window;
    }

    /** Whether there was more than one unit. */
    boolean isDivided() {
        return open && unit > 1;
    }

    List<Touched> touched() {
        return List.copyOf(touched);
    }

    /** The step of each. */
    List<Integer> steps() {
        return List.copyOf(steps);
    }
}
