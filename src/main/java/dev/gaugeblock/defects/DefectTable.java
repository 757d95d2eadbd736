package dev.gaugeblock.defects;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Defect x engine x what shows. An engine has a column if it is here, or if a defect needs it. */
public final class DefectTable {
    private static final int CELL_WIDTH = 55;

    private final List<Defect> defects;
    private final List<Engine> engines = new ArrayList<>();

    /** A table for the given defects, with a column for each engine that is here, or that a patch speaks of. */
    public DefectTable(List<Defect> defects) {
        this(defects, Engine::isHere);
    }

    /** Likewise, with a column for each engine that counts as being here. */
    DefectTable(List<Defect> defects, Predicate<Engine> isHere) {
        this.defects = defects;
        for (Engine engine : Engine.values()) {
            boolean needed =
                    defects.stream().anyMatch(defect -> !defect.claims(engine).isEmpty());
            if (isHere.test(engine) || needed) {
                engines.add(engine);
            }
        }
    }

    /** The heads of the columns. */
    List<String> heads() {
        List<String> heads = new ArrayList<>(List.of("defect"));
        engines.forEach(engine -> heads.add(engine.label()));
        return heads;
    }

    /** The texts of a line: the defect, and what each engine finds. */
    List<String> texts(Row row) {
        List<String> texts = new ArrayList<>(List.of(row.defect().id()));
        engines.forEach(engine -> texts.add(text(row.cell(engine), row.defect())));
        return texts;
    }

    private static String text(Cell cell, Defect defect) {
        if (!cell.tried()) {
            return untried(cell.engine(), defect);
        }
        return cell.first()
                .map(trial -> trial.id() + " (" + trial.subject() + ")" + defect.under(cell.engine(), trial.subject()))
                .orElseGet(() -> "survives " + cell.survived() + " of "
                        + (cell.survived() + cell.notJudged().size()));
    }

    private static String untried(Engine engine, Defect defect) {
        if (defect.claims(engine).isEmpty()) {
            return engine.isAskedAlways() ? "-" : "not asked";
        }
        return "needs " + engine.label() + ": " + claimed(engine, defect);
    }

    /** What a patch says that an engine finds, as in a place of the table. */
    static String claimed(Engine engine, Defect defect) {
        return defect.claims(engine).stream()
                .map(claim -> claim.id() + " (" + claim.subject() + ")" + claim.under())
                .collect(Collectors.joining(", "));
    }

    /** What stands above the lines of a plain text. */
    public String head() {
        return line(heads());
    }

    /** The line of one defect, and what is wrong with it. */
    public String line(Row row) {
        StringBuilder text = new StringBuilder(line(texts(row)));
        for (String unmet : row.unmet()) {
            text.append("    ")
                    .append(row.verdict().label())
                    .append(": ")
                    .append(unmet)
                    .append(System.lineSeparator());
        }
        return text.toString();
    }

    private String line(List<String> texts) {
        int width =
                defects.stream().mapToInt(defect -> defect.id().length()).max().orElse(0);
        StringBuilder line = new StringBuilder(pad(texts.get(0), width));
        texts.stream().skip(1).forEach(text -> line.append("  ").append(pad(text, CELL_WIDTH)));
        return line.toString().stripTrailing() + System.lineSeparator();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** The last line: how many came out how. */
    public static String summary(List<Row> all) {
        List<Row> rows = all.stream().filter(row -> !row.defect().isFix()).toList();
        List<Row> fixes = all.stream().filter(row -> row.defect().isFix()).toList();
        String ofFixes =
                "fixes: with " + count(fixes, Row.Verdict.FOUND) + " of " + fixes.size() + " all holds that they mend";
        if (rows.isEmpty()) {
            return ofFixes;
        }
        return rows.size() + (rows.size() == 1 ? " defect: " : " defects: ") + count(rows, Row.Verdict.FOUND)
                + " found as their patches say, " + count(rows, Row.Verdict.FOUND_OTHERWISE) + " found otherwise, "
                + count(rows, Row.Verdict.SURVIVES) + " survive, " + count(rows, Row.Verdict.ENGINE_MISSING)
                + " need an engine that is not here" + untried(rows)
                + (fixes.isEmpty() ? "" : "; " + ofFixes);
    }

    /**
     * What patches say of engines that are not here: that it was not tried must not go unsaid, though another engine
     * finds the defect.
     */
    private static String untried(List<Row> rows) {
        StringBuilder text = new StringBuilder();
        for (Engine engine : Engine.values()) {
            long defects = rows.stream().filter(row -> row.lacks(engine)).count();
            if (defects > 0) {
                text.append("; not tried: ")
                        .append(engine.label())
                        .append(", which must find ")
                        .append(defects);
            }
        }
        return text.toString();
    }

    private static long count(List<Row> rows, Row.Verdict verdict) {
        return rows.stream().filter(row -> row.verdict() == verdict).count();
    }
}
