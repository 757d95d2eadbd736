package dev.gaugeblock.oracle;

import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what a check judged, and names what it did not. */
final class Tally {
    private final SortedMap<String, Long> notJudged = new TreeMap<>();
    private long events;
    private long answers;

    /** A call that kept to the contract. */
    void add(boolean isJudged) {
        answers += isJudged ? 1 : 0;
    }

    /** So many answers that were compared. */
    void addAnswers(int compared) {
        answers += compared;
    }

    /** An event of which something was judged. */
    void addEvent() {
        events++;
    }

    /** Frames that the allocator keeps for itself. */
    void addOwn(int frames) {
        notJudged.merge("own frames", (long) frames, Long::sum);
    }

    /** An event of which nothing is judged. */
    void addNotJudged(String operation) {
        notJudged.merge(operation, 1L, Long::sum);
    }

    /** An answer that says nothing, because it is not known what the overlapping events had done by then. */
    void addOverlapped(String what) {
        addNotJudged(what + " in an overlap");
    }

    long events() {
        return events;
    }

    long answers() {
        return answers;
    }

    SortedMap<String, Long> notJudged() {
        return notJudged;
    }
}
