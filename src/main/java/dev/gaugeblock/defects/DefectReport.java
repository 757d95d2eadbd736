package dev.gaugeblock.defects;

/** One defect and what finds it, as text. */
public final class DefectReport {
    private DefectReport() {}

    /** Story, diff, and what each engine says. */
    public static String of(Row row) {
        Defect defect = row.defect();
        StringBuilder text = new StringBuilder();
        line(text, defect.id() + ": " + defect.story());
        if (defect.kind() != Defect.Kind.SEEDED) {
            line(text, "kind: " + defect.kind().label());
        }
        if (!defect.seen().isEmpty()) {
            line(text, "seen: " + defect.seen());
        }
        line(text, "");
        defect.diff().forEach(each -> line(text, each));
        line(text, "");
        for (Cell cell : row.cells()) {
            append(text, cell, defect);
        }
        row.unmet().forEach(unmet -> line(text, row.verdict().label() + ": " + unmet));
        return text.toString();
    }

    private static void append(StringBuilder text, Cell cell, Defect defect) {
        String engine = cell.engine().label();
        if (!cell.tried()) {
            if (!defect.claims(cell.engine()).isEmpty()) {
                line(
                        text,
                        engine + " must find it, and is not here: "
                                + cell.engine().does());
            }
            return;
        }
        for (Trial trial : cell.found()) {
            if (!trial.id().equals(Defect.HOLDS)) {
                line(
                        text,
                        engine + " finds " + (defect.isFix() ? "still: " : "it: ") + trial.id() + ", in "
                                + cell.engine().subject() + " " + trial.subject()
                                + defect.under(cell.engine(), trial.subject()));
            }
            text.append(trial.text());
        }
        if (cell.found().isEmpty()) {
            line(
                    text,
                    engine + " does not find it: it survives " + cell.survived() + " of its "
                            + (cell.survived() + cell.notJudged().size()) + " subjects ("
                            + cell.engine().does() + ")");
        }
        cell.notJudged().forEach(why -> line(text, "    not judged: " + why));
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }
}
