package dev.gaugeblock.machines;

import java.util.Random;
import java.util.function.LongFunction;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import net.jqwik.api.state.ActionChain;

/** Sessions outside of a property: for whoever wants to know how many it takes until a defect shows. */
public final class Trying implements LongFunction<String> {
    /** How many sessions a build tries, at most, with seeds that never change. */
    static final int TRIES = 500;

    /**
     * Tries sessions up to the first that fails.
     *
     * @param tries how many at most
     * @return its number, from 1, and what was wrong in a line; empty if none fails
     */
    @Override
    public String apply(long tries) {
        return from(0, tries);
    }

    /** Likewise, with other seeds: {@code first} and those behind it. */
    public String from(long first, long tries) {
        String[] found = {""};
        JqwikSession.run(() -> {
            RandomGenerator<ActionChain<SystemSession>> sessions =
                    Sessions.all().generator(TRIES, false);
            for (long i = 0; i < tries && found[0].isEmpty(); i++) {
                String failure = failure(sessions.next(new Random(first + i)).value());
                found[0] = failure.isEmpty() ? "" : i + 1 + " " + failure;
            }
        });
        return found[0];
    }

    private static String failure(ActionChain<SystemSession> chain) {
        try {
            chain.run().close();
            return "";
        } catch (AssertionError wrong) {
            Throwable cause = wrong;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
        }
    }
}
