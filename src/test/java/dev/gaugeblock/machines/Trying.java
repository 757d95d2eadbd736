package dev.gaugeblock.machines;

import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import net.jqwik.api.state.ActionChain;

/** Sessions outside of a property: for whoever wants to know after how many of them a defect shows. */
public final class Trying implements Supplier<String> {
    /** As many as a build tries. */
    public static final int TRIES = 300;

    /** The number of the first session that fails, and why; empty if none does. */
    @Override
    public String get() {
        String[] found = {""};
        JqwikSession.run(() -> {
            RandomGenerator<ActionChain<Session>> sessions = Sessions.all().generator(1000, false);
            for (int i = 0; i < TRIES && found[0].isEmpty(); i++) {
                found[0] = failure(sessions.next(new Random(i)).value(), i);
            }
        });
        return found[0];
    }

    private static String failure(ActionChain<Session> chain, int number) {
        try {
            chain.run().close();
            return "";
        } catch (AssertionError wrong) {
            Throwable cause = wrong;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return (number + 1) + ": "
                    + String.valueOf(cause.getMessage()).lines().findFirst().orElse("") + " "
                    + (cause.getMessage() == null ? cause.toString() : "");
        }
    }
}
