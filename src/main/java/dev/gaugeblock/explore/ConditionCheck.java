package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.litmus.Condition;
import dev.gaugeblock.mm.PageFrame;

/** Evaluates the conditions of a litmus test on a finished execution. */
public final class ConditionCheck {
    private ConditionCheck() {}

    public static boolean holds(Condition condition, Simulation simulation) {
        return condition.terms().stream().allMatch(term -> holds(term, simulation));
    }

    private static boolean holds(Condition.Term term, Simulation simulation) {
        if (term instanceof Condition.IsNull isNull) {
            return (simulation.value(isNull.variable()) == null) == isNull.equal();
        }
        if (term instanceof Condition.IsFrame isFrame) {
            PageFrame frame = simulation.value(isFrame.variable());
            return (frame != null && frame.pfn == isFrame.pfn()) == isFrame.equal();
        }
        if (term instanceof Condition.Kswapd kswapd) {
            return simulation.isKswapdAwake() == kswapd.woken();
        }
        if (term instanceof Condition.Sleeps sleeps) {
            return simulation.hasSlept(sleeps.cpu(), sleeps.interrupt());
        }
        Condition.SameFrame same = (Condition.SameFrame) term;
        return (simulation.value(same.left()) == simulation.value(same.right())) == same.equal();
    }
}
