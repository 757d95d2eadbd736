package dev.gaugeblock.defects;

import java.util.ArrayList;
import java.util.List;

/** Defect x engine x what shows: as text. */
public final class DefectTable {
    private DefectTable() {}

    /** The heads of the columns. */
    static List<String> heads() {
        List<String> heads = new ArrayList<>(List.of("defect"));
        for (Engine engine : Engine.values()) {
            heads.add(engine.label());
        }
        return heads;
    }

    /** The texts of a line: the defect, what each engine finds, and what is wrong with that if anything is. */
    static List<String> texts(Row row) {
        List<String> texts = new ArrayList<>(List.of(row.defect().id()));
        row.cells().forEach(cell -> texts.add(text(cell, row.defect())));
        return texts;
    }

    private static String text(Cell cell, Defect defect) {
        if (!cell.tried()) {
            return defect.claims(cell.engine()).isEmpty() ? "-" : "needs " + cell.engine().label();
        }
        return cell.first()
                .map(trial -> trial.id() + " (" + trial.subject() + ")")
                .orElseGet(() -> cell.notJudged().isEmpty()
                        ? "survives"
                        : "survives, " + cell.notJudged().size() + " not judged");
    }

    /** The line of one defect, and what is wrong with it. */
    public static String line(Row row, List<Defect> all) {
        List<String> texts = texts(row);
        int width = all.stream().mapToInt(defect -> defect.id().length()).max().orElse(0);
        StringBuilder line = new StringBuilder(pad(texts.get(0), width));
        for (int i = 1; i < texts.size(); i++) {
            line.append("  ").append(pad(texts.get(i), i == texts.size() - 1 ? 0 : 60));
        }
        String text = line.toString().stripTrailing() + System.lineSeparator();
        for (String unmet : row.unmet()) {
            text += "    " + row.verdict() + ": " + unmet + System.lineSeparator();
        }
        return text;
    }

    /** What stands above the lines. */
    public static String head(List<Defect> all) {
        int width = all.stream().mapToInt(defect -> defect.id().length()).max().orElse(0);
        StringBuilder line = new StringBuilder(pad("defect", width));
        for (Engine engine : Engine.values()) {
            line.append("  ").append(pad(engine.label(), 60));
        }
        return line.toString().stripTrailing() + System.lineSeparator();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** The last line: how many came out how. */
    public static String summary(List<Row> rows) {
        return rows.size() + (rows.size() == 1 ? " defect: " : " defects: ") + count(rows, Row.Verdict.FOUND)
                + " found as their patches say, " + count(rows, Row.Verdict.FOUND_OTHERWISE) + " found otherwise, "
                + count(rows, Row.Verdict.SURVIVES) + " survive, " + count(rows, Row.Verdict.ENGINE_MISSING)
                + " need an engine that is not here";
    }

    private static long count(List<Row> rows, Row.Verdict verdict) {
        return rows.stream().filter(row -> row.verdict() == verdict).count();
    }
}
