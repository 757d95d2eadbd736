package dev.gaugeblock.explore;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.search.Reduction;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.oracle.ContractCheck;
import dev.gaugeblock.oracle.FileVerdict;
import dev.gaugeblock.oracle.Ruling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;

/** Generated programs outside of a property: for whoever wants to know how many it takes until a defect shows. */
public final class ProgramTrying implements LongFunction<String> {
    /** Executions after which a program is let be. */
    private static final Budget ENOUGH = Budget.ofExecutions(300);

    /**
     * Tries programs up to the first in which something goes wrong, and makes that small.
     *
     * @param tries how many at most
     * @return what goes wrong, and the smallest program as a litmus file; empty if nothing does
     */
    @Override
    public String apply(long tries) {
        String[] found = {""};
        JqwikSession.run(() -> {
            RandomGenerator<GeneratedProgram> programs = GeneratedProgram.any().generator(1000, false);
            for (long i = 0; i < tries && found[0].isEmpty(); i++) {
                Shrinkable<GeneratedProgram> program = programs.next(new Random(i));
                if (!wrong(program.value().text()).isEmpty()) {
                    String text = smallest(program).value().text();
                    found[0] = wrong(text) + "\n" + text;
                }
            }
        });
        return found[0];
    }

    private static Shrinkable<GeneratedProgram> smallest(Shrinkable<GeneratedProgram> program) {
        Shrinkable<GeneratedProgram> now = program;
        while (true) {
            Optional<Shrinkable<GeneratedProgram>> smaller = now.shrink()
                    .filter(candidate -> !wrong(candidate.value().text()).isEmpty())
                    .findFirst();
            if (smaller.isEmpty()) {
                return now;
            }
            now = smaller.get();
        }
    }

    /** What goes wrong in some interleaving, as an invariant or the contract says it; empty if nothing does. */
    static String wrong(String text) {
        LitmusTest test = LitmusParser.parse("generated", text);
        try (Explorer explorer = new Explorer(Reduction.DPOR, ENOUGH)) {
            Exploration exploration = explorer.explore(test);
            if (exploration.verdict() == Verdict.VIOLATED) {
                return exploration.reason();
            }
            for (Schedule schedule : exploration.outcomes().values()) {
                String rejected = rejected(History.of(test, explorer.replay(test, schedule)));
                if (!rejected.isEmpty()) {
                    return rejected + " in " + schedule;
                }
            }
            return "";
        }
    }

    private static String rejected(History history) {
        try {
            Path file = Files.createTempFile("generated", ".jsonl");
            try {
                Files.write(file, history.lines());
                FileVerdict verdict = ContractCheck.check(file, Contract.Failures.RESOURCE_AWARE);
                return verdict.ruling() == Ruling.VIOLATED ? verdict.reason() : "";
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
