package dev.gaugeblock.defects;

import dev.gaugeblock.report.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The defects as Markdown: {@code docs/defects.md} is the index of all, {@code docs/defects/ID.md} the page of one.
 * Lines end with a line feed on every system, as the pages are kept in the repository.
 */
public final class DefectCatalogue {
    private DefectCatalogue() {}

    /** The index: what finds each defect, and which defects each violation finds. */
    public static String index(List<Row> rows) {
        StringBuilder page = new StringBuilder(
                """
                # Seeded defects

                Each is a patch in `model-tests/defects` that makes the allocator wrong in one way that people get it wrong.
                They prove that the checks can fail.
                They are exercises too: read the story and the diff, say what will break, and only then read the counterexample.

                `./gaugeblock defects ID` compiles one in memory and shows what finds it; `./gaugeblock defects all` puts every defect to every engine.
                To work on one by hand: `patch -p1 < model-tests/defects/ID.patch`, then `./gaugeblock explore`.
                `patch -R -p1` takes the defect out.

                `builtin` is the explorer on the [litmus tests](litmus.md), `check` the exact check of `spec/vectors`, with the answer that differs.
                A dash: the engine does not find it.
                What only `check` finds breaks no rule in any interleaving; it is not what the original did.
                `audit` is the explorer again, with each access held against what is announced ([audit.md](audit.md)): it is asked where a patch says so, or nothing else finds the defect.
                `jpf` is [Java PathFinder](jpf.md), which is asked only for what is its own to find: for the rest it would take hours.
                This page is made without it, so that it is the same on every machine.
                `under x86-tso`: found only where [stores wait](memory-model.md).

                Each defect has a page, with its diff and the shortest counterexample.
                `./gaugeblock defects --catalogue` prints this index, `./gaugeblock defects ID --catalogue` one page.
                `mvn -q test -Dtest=SeededDefectsTest -Dgaugeblock.write=true` writes all of them anew.

                """);
        table(page, rows, Defect.Kind.SEEDED);
        page.append(
                """
                ## Historical defects

                What a release of Linux, or another system, really had in this code; the page of each says where.
                A shipped test finds each of them, and [findings.md](findings.md) tells what became of others.

                """);
        table(page, rows, Defect.Kind.HISTORICAL);
        page.append(
                """
                ## Later fixes

                No defects: bugs that 2.6.11 itself has, and so the reference, as a later release has mended them.
                Each is `known-bad` in a test of `model-tests/litmus/history`, and with the patch this test holds.

                """);
        table(page, rows, Defect.Kind.LATER_FIX);
        page.append(
                """
                ## Remedies

                Likewise, but no release has mended these so: patches that show what a bug of the reference is made of.

                """);
        table(page, rows, Defect.Kind.REMEDY);
        kills(page, rows);
        return lineFeeds(page);
    }

    /** The page of one defect: its story, its diff, and what finds it. */
    public static String page(Row row) {
        Defect defect = row.defect();
        StringBuilder page = new StringBuilder("# " + defect.id() + "\n\n" + Markdown.sentences(defect.story()));
        if (!defect.seen().isEmpty()) {
            page.append("\nSeen in the world: ").append(Markdown.sentences(defect.seen()));
        }
        if (defect.kind() == Defect.Kind.LATER_FIX) {
            page.append("\nA later fix of what the reference has from Linux 2.6.11: [findings](../findings.md).\n");
        }
        if (defect.kind() == Defect.Kind.REMEDY) {
            page.append("\nA remedy for what the reference has from Linux 2.6.11, as no release has it:"
                    + " [findings](../findings.md).\n");
        }
        page.append("\n```diff\n").append(String.join("\n", defect.diff())).append("\n```\n");
        row.cells().forEach(cell -> found(page, cell, defect));
        if (!defect.isFix() && !row.cell(Engine.BUILTIN).found().isEmpty()
                || !row.cell(Engine.AUDIT).found().isEmpty()) {
            page.append("\nThe command below the counterexample runs it again, as long as the patch is applied.\n");
            page.append("In the sound allocator it shows where things now go another way.\n");
        }
        page.append("\n[All defects](../defects.md)\n");
        return lineFeeds(page);
    }

    private static String lineFeeds(StringBuilder page) {
        return page.toString().replace(System.lineSeparator(), "\n");
    }

    private static void table(StringBuilder page, List<Row> all, Defect.Kind kind) {
        List<Row> rows = all.stream().filter(row -> row.defect().kind() == kind).toList();
        if (rows.isEmpty()) {
            page.append("None is here.\n\n");
            return;
        }
        DefectTable table = new DefectTable(rows.stream().map(Row::defect).toList(), Engine::isInside);
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
        return "[" + id + "](defects/" + id + ".md)";
    }

    private static String markdown(List<String> texts) {
        return "| " + String.join(" | ", texts) + " |\n";
    }

    private static void kills(StringBuilder page, List<Row> rows) {
        Map<String, TreeSet<String>> kills = new TreeMap<>();
        for (Row row : rows) {
            if (row.defect().isFix()) {
                continue;
            }
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
    }

    private static void found(StringBuilder page, Cell cell, Defect defect) {
        String engine = "`" + cell.engine().label() + "`: ";
        for (Trial trial : cell.found()) {
            if (trial.id().equals(Defect.HOLDS)) {
                page.append("\nWith it, `")
                        .append(trial.subject())
                        .append("` holds")
                        .append(defect.under(cell.engine(), trial.subject()))
                        .append(".\n");
                continue;
            }
            page.append("\nFound by ")
                    .append(engine)
                    .append(trial.id())
                    .append(", in ")
                    .append(cell.engine().subject())
                    .append(" `")
                    .append(trial.subject())
                    .append("`")
                    .append(defect.under(cell.engine(), trial.subject()))
                    .append("\n\n```\n")
                    .append(trial.text())
                    .append("```\n");
        }
        if (!cell.tried() && !defect.claims(cell.engine()).isEmpty()) {
            page.append("\nTo be found by ")
                    .append(engine)
                    .append(DefectTable.claimed(cell.engine(), defect))
                    .append(".\nWhere it is installed, `./gaugeblock defects ")
                    .append(defect.id())
                    .append("` shows how.\n");
        }
    }
}
