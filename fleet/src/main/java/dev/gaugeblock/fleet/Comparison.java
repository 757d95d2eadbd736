package dev.gaugeblock.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the rows of a sweep say together: whether the reductions agree on each program, and what each defect did to it,
 * which is the difference to the sound row. (A random program may break a rule without any defect.)
 */
final class Comparison {
    /** What a defect did to a program. */
    enum Effect {
        /** It breaks a rule that it does not break otherwise. */
        FOUND,
        /** It breaks no rule, but ends in another way. */
        OTHERWISE,
        /** It ends as without the defect. */
        UNSEEN,
        /** It breaks a rule without the defect, too: nothing can be said. */
        BROKEN_ANYWAY,
        /** There is no verdict with the defect, or none without. */
        UNKNOWN
    }

    /**
     * A row.
     *
     * @param rule the id of what is broken; empty if nothing is
     * @param outcomes how the program can end, as a digest
     */
    record Verdict(
            String program,
            String defect,
            String reduction,
            String verdict,
            String rule,
            String reason,
            String outcomes) {
        private boolean isKnown() {
            return !verdict.equals("INCONCLUSIVE")
                    && !verdict.equals("NOT_APPLICABLE")
                    && !verdict.equals("BROKEN")
                    && !verdict.equals(SweepSlice.UNREADABLE);
        }

        private boolean isViolated() {
            return verdict.equals("VIOLATED");
        }

        /** Each reduction ends with the first violation that it meets, so which one is no difference. */
        private boolean isLike(Verdict other) {
            return verdict.equals(other.verdict)
                    && (isViolated() || reason.equals(other.reason) && outcomes.equals(other.outcomes));
        }

        @Override
        public String toString() {
            return verdict + (reason.isEmpty() ? "" : " (" + reason + ")") + " outcomes " + outcomes;
        }
    }

    /** By program and defect, the first row with a verdict. */
    private final Map<String, Map<String, Verdict>> known = new TreeMap<>();

    private final List<String> disagreements = new ArrayList<>();
    private final Map<String, Map<String, Long>> effects = new TreeMap<>();

    /** Compares the rows; those of one program and defect have to follow each other in one order of reductions. */
    Comparison(Iterable<Verdict> rows) {
        for (Verdict row : rows) {
            Map<String, Verdict> ofProgram = known.computeIfAbsent(row.program(), program -> new TreeMap<>());
            Verdict before = ofProgram.get(row.defect());
            if (before == null || !before.isKnown()) {
                ofProgram.put(row.defect(), row);
            } else if (row.isKnown() && !before.isLike(row)) {
                disagreements.add(row.program() + ", " + row.defect() + ": " + before.reduction() + " says " + before
                        + ", " + row.reduction() + " says " + row);
            }
        }
        known.values().forEach(this::addEffects);
    }

    private void addEffects(Map<String, Verdict> ofProgram) {
        Verdict sound = ofProgram.get(SweepTask.SOUND);
        ofProgram.forEach((defect, row) -> {
            if (!defect.equals(SweepTask.SOUND)) {
                String effect = effect(sound, row).name();
                effects.computeIfAbsent(defect, each -> new TreeMap<>()).merge(effect, 1L, Long::sum);
            }
        });
    }

    private static Effect effect(Verdict sound, Verdict seeded) {
        if (sound == null || !sound.isKnown() || !seeded.isKnown()) {
            return Effect.UNKNOWN;
        }
        if (sound.isViolated()) {
            return seeded.isViolated() ? Effect.BROKEN_ANYWAY : Effect.OTHERWISE;
        }
        if (seeded.isViolated()) {
            return Effect.FOUND;
        }
        return sound.isLike(seeded) ? Effect.UNSEEN : Effect.OTHERWISE;
    }

    /** On what two reductions disagree, each in a sentence. */
    List<String> disagreements() {
        return disagreements;
    }

    /** How many programs each defect had each effect on. */
    Map<String, Map<String, Long>> effects() {
        return effects;
    }
}
