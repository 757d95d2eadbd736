package dev.gaugeblock.defects;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.audit.Audit;
import dev.gaugeblock.explore.execution.AuditRule;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.report.result.Case;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The audit with a defect in the allocator: what the code touches that the explorer is not told of. A defect that
 * breaks another rule is for the explorer alone to find.
 */
public final class AuditProbe implements Probe {
    private final BuiltinProbe explored = new BuiltinProbe();

    public AuditProbe() throws IOException {}

    @Override
    public List<String> subjects() {
        return explored.subjects();
    }

    @Override
    public Trial run(String subject, String again) {
        LitmusTest test = explored.test(subject);
        // By the keys of states as well, as one rule is about these.
        try (Explorer explorer = audited(Reduction.DPOR_CACHE)) {
            Exploration exploration = explorer.explore(test);
            Map<String, String> failures = Objects.requireNonNull(Audit.sites(), "only in an audited program")
                    .failures();
            if (!failures.isEmpty()) {
                return new Trial(Trial.Result.NOT_JUDGED, subject, "", "not audited: " + failures);
            }
            Trial trial = BuiltinProbe.trial(exploration, again);
            boolean another = trial.result() == Trial.Result.FOUND
                    && Arrays.stream(AuditRule.values())
                            .noneMatch(rule -> rule.id().equals(trial.id()));
            return another ? new Trial(Trial.Result.SURVIVED, subject, "", "") : trial;
        }
    }

    @Override
    public Case replay(String subject, String schedule, String again) {
        try (Explorer explorer = audited(Reduction.DPOR)) {
            return BuiltinProbe.replay(explorer, explored.test(subject), schedule, again);
        }
    }

    private static Explorer audited(Reduction reduction) {
        return new Explorer(reduction).audited(Audit.begin());
    }
}
