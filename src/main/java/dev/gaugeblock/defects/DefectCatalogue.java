package dev.gaugeblock.defects;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All defects as Markdown: what {@code gaugeblock defects --catalogue} prints and {@code docs/defects.md} holds. */
public final class DefectCatalogue {
    private DefectCatalogue() {}

    /** The page. Lines end with a line feed on every system, as the page is kept in the repository. */
    public static String of(List<Row> rows) {
        StringBuilder page = new StringBuilder(
                """
                # Seeded defects
                Each is a patch in `model-tests/defects` that makes the allocator wrong in one way that people get it wrong. They prove that the checks can
                fail; and they are exercises: read the story and the diff, say what will break, and only then the counterexample.
                `./gaugeblock defects --catalogue > docs/defects.md` makes this page anew.

                `./gaugeblock defects ID` compiles one in memory and shows what finds it, `./gaugeblock defects all` puts every defect to every engine. To
                work on one by hand: `patch -p1 < model-tests/defects/ID.patch`, then `./gaugeblock explore`. The command below each counterexample runs it again,
                as long as the patch is applied; in the sound allocator it shows where things now go another way. `patch -R -p1` takes the defect out.

                `builtin` is the explorer on the litmus tests (`docs/litmus.md`), `check` the exact check of `spec/vectors`, with the answer that differs. A dash: the
                engine does not find it. What only `check` finds breaks no rule in any interleaving; it is not what the original did. `jpf` is Java PathFinder
                (`docs/jpf.md`), which is asked only for what is its own to find, since it would take hours for the rest; this page is made without it, so that it is the
                same on every machine.

                """);
        table(page, rows);
        kills(page, rows);
        rows.forEach(row -> entry(page, row));
        return page.toString().replace(System.lineSeparator(), "\n");
    }

    private static void table(StringBuilder page, List<Row> rows) {
        DefectTable table = new DefectTable(rows.stream().map(Row::defect).toList());
        page.append(markdown(table.heads()));
        page.append(markdown(table.heads().stream().map(head -> "---").toList()));
        for (Row row : rows) {
            List<String> texts = new ArrayList<>(table.texts(row));
            texts.set(0, link(row.defect().id()));
            page.append(markdown(texts));
        }
        page.append("\n");
    }

    private static String link(String id) {
        return "[" + id + "](#" + id + ")";
    }

    private static String markdown(List<String> texts) {
        return "| " + String.join(" | ", texts) + " |\n";
    }

    private static void kills(StringBuilder page, List<Row> rows) {
        Map<String, TreeSet<String>> kills = new TreeMap<>();
        for (Row row : rows) {
            for (Claim claim : row.defect().claims(Engine.BUILTIN)) {
                kills.computeIfAbsent(claim.id(), id -> new TreeSet<>())
                        .add(row.defect().id());
            }
        }
        page.append(
                "Which invariant, or other violation, finds which defects:\n\n| violation | defects |\n| --- | --- |\n");
        kills.forEach((id, defects) -> page.append("| ")
                .append(id)
                .append(" | ")
                .append(defects.stream().map(DefectCatalogue::link).collect(Collectors.joining(", ")))
                .append(" |\n"));
        page.append("\n");
    }

    private static void entry(StringBuilder page, Row row) {
        Defect defect = row.defect();
        page.append("## ")
                .append(defect.id())
                .append("\n")
                .append(defect.story())
                .append("\n");
        if (!defect.seen().isEmpty()) {
            page.append("\nSeen in the world: ").append(defect.seen()).append("\n");
        }
        page.append("\n```diff\n").append(String.join("\n", defect.diff())).append("\n```\n");
        for (Cell cell : row.cells()) {
            for (Trial trial : cell.found()) {
                page.append("\nFound by `")
                        .append(cell.engine().label())
                        .append("`: ")
                        .append(trial.id());
                page.append(", in ")
                        .append(cell.engine().subject())
                        .append(" `")
                        .append(trial.subject());
                page.append("`\n\n```\n").append(trial.text()).append("```\n");
            }
            if (!cell.tried() && !defect.claims(cell.engine()).isEmpty()) {
                page.append("\nTo be found by `").append(cell.engine().label()).append("`: ");
                page.append(DefectTable.claimed(cell.engine(), defect));
                page.append(". Where it is installed, `./gaugeblock defects ")
                        .append(defect.id())
                        .append("` shows how.\n");
            }
        }
        page.append("\n");
    }
}
