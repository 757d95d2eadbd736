package dev.gaugeblock.defects;

import java.util.List;

/**
 * A defect put to every engine: a line of the table.
 *
 * @param cells one for each engine, in their order
 */
public record Row(Defect defect, List<Cell> cells) {
    /** What that means. */
    public enum Verdict {
        /** Everything that must find it, and is here, does. */
        FOUND,
        /** Something finds it, but not everything that the patch names, or not as it says. */
        FOUND_OTHERWISE,
        /** No engine finds it. */
        SURVIVES,
        /** Only an engine that is not here can find it. */
        ENGINE_MISSING;

        /** As reports write it: "FOUND OTHERWISE". */
        String label() {
            return name().replace('_', ' ');
        }
    }

    /** See {@link Verdict}. */
    public Verdict verdict() {
        boolean missing = false;
        boolean unmet = false;
        boolean found = false;
        for (Cell cell : cells) {
            missing |= lacks(cell.engine());
            unmet |= !cell.unmet().isEmpty();
            found |= !cell.found().isEmpty();
        }
        if (unmet) {
            return found ? Verdict.FOUND_OTHERWISE : Verdict.SURVIVES;
        }
        if (found) {
            return Verdict.FOUND;
        }
        return missing ? Verdict.ENGINE_MISSING : Verdict.SURVIVES;
    }

    /** Whether an engine that must find the defect was not asked, as it is not here. */
    boolean lacks(Engine engine) {
        return !cell(engine).tried() && !defect.claims(engine).isEmpty();
    }

    /** The place of an engine. */
    Cell cell(Engine engine) {
        return cells.get(engine.ordinal());
    }

    /** What the patch claims and is not so, in sentences. */
    public List<String> unmet() {
        return cells.stream().flatMap(cell -> cell.unmet().stream()).toList();
    }
}
