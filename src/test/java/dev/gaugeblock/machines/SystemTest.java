package dev.gaugeblock.machines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.statistics.Statistics;

/** Whatever is done to the whole system, it does what the model does, and keeps to its invariants. */
class SystemTest {
    private static final boolean DEEP = Boolean.getBoolean("gaugeblock.deep");
    private static final Duration ALL_NIGHT = Duration.ofHours(1);

    /**
     * Says which seed was drawn, whether or not it finds anything. jqwik keeps the last one that failed, and tries it
     * first.
     */
    static final class SaysItsSeed implements AroundPropertyHook {
        @Override
        public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
            PropertyExecutionResult result = property.execute();
            System.out.println(context.label() + ": " + result.countTries() + " sessions from seed "
                    + result.seed().orElse("unknown"));
            return result;
        }
    }

    @Provide
    Arbitrary<ActionChain<SystemSession>> sessions() {
        return Sessions.all();
    }

    /** The same sessions in each build, and with enough of everything in them. */
    @Property(seed = "18", tries = Trying.TRIES, edgeCases = EdgeCasesMode.NONE)
    void shouldDoWhatTheModelDoes(@ForAll("sessions") ActionChain<SystemSession> chain) {
        count(chain);
        requireShares(2);
    }

    /** Others in each build. */
    @Property(tries = Trying.TRIES, edgeCases = EdgeCasesMode.NONE)
    @AddLifecycleHook(SaysItsSeed.class)
    void shouldDoWhatTheModelDoesWhateverTheSeed(@ForAll("sessions") ActionChain<SystemSession> chain) {
        count(chain);
        requireShares(1);
    }

    private static void count(ActionChain<SystemSession> chain) {
        try (SystemSession session = chain.run()) {
            Statistics.label("carried out to 25 steps")
                    .collect(session.outcomes().size() >= 25);
            for (String outcome : session.outcomes()) {
                String[] words = outcome.split(" ");
                Statistics.label("kind").collect(words[0]);
                Statistics.label("outcome").collect(words.length == 1 ? "done" : words[1]);
            }
        }
    }

    /**
     * Each kind of step has that share, in percent, and few fail; sessions come to their end; and there are sleepers.
     */
    private static void requireShares(int percent) {
        Statistics.label("carried out to 25 steps")
                .coverage(coverage -> coverage.check(true).percentage(share -> share == 100));
        Statistics.label("kind").coverage(coverage -> {
            for (SessionStep.Kind kind : SessionStep.Kind.values()) {
                coverage.check(kind.toString()).percentage(share -> share >= percent);
            }
        });
        Statistics.label("outcome").coverage(coverage -> {
            coverage.check("fails").percentage(share -> share > 0 && share <= 15);
            coverage.check("sleeps").percentage(share -> share >= percent);
        });
    }

    /** For the night: each round has seeds of its own. The clock only says when to stop. */
    @Example
    void shouldDoSoAllNight() {
        long end = System.nanoTime() + ALL_NIGHT.toNanos();
        long round = System.currentTimeMillis();
        while (DEEP && System.nanoTime() < end) {
            System.out.println("sessions from seed " + round);
            assertEquals("", new Trying().from(round, Trying.TRIES));
            round += Trying.TRIES;
        }
    }
}
