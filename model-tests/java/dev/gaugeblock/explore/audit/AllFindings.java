package dev.gaugeblock.explore.audit;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.report.steps.Again;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Explores litmus tests inside an audited program, and goes on behind each finding. Takes the name of a reduction, with
 * {@code /N} for at most N executions, and files, none for the shipped suite; gives a line for each test, one for the
 * places of {@link LeftOut} that it reaches, and one for each finding.
 */
public final class AllFindings implements Function<List<String>, List<String>> {
    @Override
    public List<String> apply(List<String> arguments) {
        List<String> lines = new ArrayList<>();
        try {
            String[] how = arguments.get(0).split("/", -1);
            Reduction reduction = Reduction.valueOf(how[0]);
            Budget budget = how.length == 1 ? Budget.UNLIMITED : Budget.ofExecutions(Long.parseLong(how[1]));
            List<Path> files = arguments.stream().skip(1).map(Path::of).toList();
            LitmusSuite suite = files.isEmpty() ? LitmusSuite.shipped() : LitmusSuite.of(files);
            for (LitmusTest test : suite.tests()) {
                Audit audit = Audit.ofAll();
                Meetings meetings = new Meetings();
                audit.tell(meetings);
                try (Explorer explorer = new Explorer(reduction, budget)
                        .heedingTests()
                        .withoutShortening()
                        .audited(audit)) {
                    Exploration exploration = explorer.explore(test);
                    lines.add(String.format(
                            Locale.ROOT,
                            "test %s %s %d %d %d %s",
                            test.name(),
                            exploration.verdict(),
                            exploration.schedules(),
                            exploration.states(),
                            exploration.steps(),
                            exploration.reason()));
                }
                meetings.met().forEach(pair -> lines.add("met " + test.name() + " " + pair));
                lines.add("again " + Again.exploring(test).command());
                lines.add("reached " + test.name() + " " + LeftOut.takeReached());
                for (Map.Entry<String, String> finding : audit.findings().entrySet()) {
                    lines.add(finding.getKey() + "\t" + test.name() + "\t" + finding.getValue());
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        Audit.sites().failures().forEach((type, why) -> lines.add("FAILED " + type + ": " + why));
        for (Exemption exemption : Exemption.values()) {
            lines.add((exemption.wasNeeded() ? "needed " : "not needed ") + exemption.row());
        }
        lines.add(Audit.sites().summary() + "; " + Audit.accesses() + " accesses");
        return lines;
    }

    /** For use by hand. */
    @SuppressWarnings("unchecked")
    public static void main(String[] arguments) throws ReflectiveOperationException {
        AuditedProgram program = new AuditedProgram();
        Function<List<String>, List<String>> inside = (Function<List<String>, List<String>>)
                program.loadClass(AllFindings.class.getName()).getConstructor().newInstance();
        inside.apply(List.of(arguments)).forEach(System.out::println);
    }
}
