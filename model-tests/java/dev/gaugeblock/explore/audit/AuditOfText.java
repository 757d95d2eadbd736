package dev.gaugeblock.explore.audit;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Inside an audited program: what the audit names in a litmus test that breaks no other rule, by {@code dpor} and by
 * {@code dpor+cache}. Takes its text and a number of executions; gives a sentence, empty for nothing.
 */
public final class AuditOfText implements BiFunction<String, Long, String> {
    @Override
    public String apply(String text, Long executions) {
        LitmusTest test = LitmusParser.parse("audited", text);
        for (Reduction reduction : List.of(Reduction.DPOR, Reduction.DPOR_CACHE)) {
            String named = named(test, reduction, Budget.ofExecutions(executions));
            if (!named.isEmpty()) {
                return named;
            }
        }
        Map<String, String> failures = Audit.sites().failures();
        return failures.isEmpty() ? "" : "not audited: " + failures;
    }

    private static String named(LitmusTest test, Reduction reduction, Budget budget) {
        Audit audit = Audit.ofAll();
        try (Explorer explorer =
                new Explorer(reduction, budget).withoutShortening().audited(audit)) {
            Exploration exploration = explorer.explore(test);
            // Who uses a block that somebody else has by now is named for that, and for all that comes of it.
            if (exploration.verdict() == Verdict.VIOLATED || audit.findings().isEmpty()) {
                return "";
            }
        }
        Map.Entry<String, String> first = audit.findings().entrySet().iterator().next();
        return "the audit names, by " + reduction.name().toLowerCase(Locale.ROOT) + ", " + first.getKey() + ": "
                + first.getValue();
    }

    /** The same, to be asked from outside. */
    @SuppressWarnings("unchecked")
    public static BiFunction<String, Long, String> inside(ClassLoader program) {
        try {
            return (BiFunction<String, Long, String>) program.loadClass(AuditOfText.class.getName())
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
