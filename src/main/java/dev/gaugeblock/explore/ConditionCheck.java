package dev.gaugeblock.explore;

import dev.gaugeblock.explore.litmus.Condition;

/** Evaluates the conditions of a litmus test on a finished execution. */
public final class ConditionCheck {
    private static final int NULL = -1;

    private ConditionCheck() {}

    public static boolean holds(Condition condition, EndState end) {
        return condition.terms().stream().allMatch(term -> holds(term, end));
    }

    private static boolean holds(Condition.Term term, EndState end) {
        if (term instanceof Condition.IsNull isNull) {
            return (end.pfn(isNull.variable()) == NULL) == isNull.equal();
        }
        if (term instanceof Condition.IsFrame isFrame) {
            return (end.pfn(isFrame.variable()) == isFrame.pfn()) == isFrame.equal();
        }
        if (term instanceof Condition.Kswapd kswapd) {
            return end.isKswapdAwake(kswapd.node()) == kswapd.woken();
        }
        if (term instanceof Condition.Sleeps sleeps) {
            return end.hasSlept(sleeps.cpu(), sleeps.interrupt());
        }
        if (term instanceof Condition.Killed killed) {
            return end.isKilled(killed.pid()) == killed.killed();
        }
        Condition.SameFrame same = (Condition.SameFrame) term;
        return (end.pfn(same.left()) == end.pfn(same.right())) == same.equal();
    }
}
