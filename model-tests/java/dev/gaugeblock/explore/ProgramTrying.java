package dev.gaugeblock.explore;

import dev.gaugeblock.explore.carriers.Carriers;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusSyntaxException;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;

/**
 * Concurrent programs outside of a property, with seeds that never change: for whoever wants to know which is the
 * smallest that shows a defect.
 */
public final class ProgramTrying implements LongFunction<String>, Predicate<String> {
    private static final long ENOUGH = 2_000;

    /**
     * Tries programs up to the first that shows something wrong, and makes that one smaller for as long as it does.
     *
     * @param tries how many at most
     * @return the smallest as a litmus file, with what it shows behind it in a comment; empty if none shows anything
     */
    @Override
    public String apply(long tries) {
        String[] smallest = {""};
        JqwikSession.run(() -> {
            RandomGenerator<ConcurrentProgram> programs =
                    ConcurrentProgram.all().generator(1000, false);
            for (long i = 0; i < tries && smallest[0].isEmpty(); i++) {
                Shrinkable<ConcurrentProgram> program = programs.next(new Random(i));
                if (test(program.value().toString())) {
                    String text = shrunk(program).value().toString();
                    smallest[0] = text + "# " + wrong(text).replace("\n", " ") + "\n";
                }
            }
        });
        return smallest[0];
    }

    private Shrinkable<ConcurrentProgram> shrunk(Shrinkable<ConcurrentProgram> program) {
        Shrinkable<ConcurrentProgram> best = program;
        while (true) {
            Optional<Shrinkable<ConcurrentProgram>> smaller =
                    best.shrink().filter(each -> test(each.value().toString())).findFirst();
            if (smaller.isEmpty()) {
                return best;
            }
            best = smaller.get();
        }
    }

    /** Whether an interleaving of a litmus file shows something wrong; what is no such file does not. */
    @Override
    public boolean test(String text) {
        return !wrong(text).isEmpty();
    }

    static String wrong(String text) {
        try {
            return wrong(explored(text));
        } catch (LitmusSyntaxException e) {
            return "";
        }
    }

    static String wrong(Exploration exploration) {
        boolean isRight = exploration.verdict() == Verdict.HOLDS || exploration.verdict() == Verdict.BOUNDED;
        return isRight ? "" : exploration.verdict() + ": " + exploration.reason();
    }

    static Exploration explored(String text) {
        LitmusTest test = LitmusParser.parse("smallest", text);
        try (Explorer explorer = new Explorer(Reduction.DPOR, false, Budget.ofExecutions(ENOUGH), Carriers.fastest())) {
            return explorer.explore(test);
        }
    }
}
