package dev.gaugeblock.machines;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.statistics.Statistics;

/** Whatever is done to the whole system, it does what the model does, and keeps to its invariants. */
class SystemTest {
    @Provide
    Arbitrary<ActionChain<Session>> sessions() {
        return Sessions.all();
    }

    @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void shouldDoWhatTheModelDoes(@ForAll("sessions") ActionChain<Session> chain) {
        try (Session session = chain.run()) {
            Statistics.label("length").collect(session.outcomes().size() >= 25);
            session.outcomes().forEach(outcome -> Statistics.label("outcome").collect(outcome));
        }
    }
}
