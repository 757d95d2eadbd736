package dev.gaugeblock.kernel.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gaugeblock.kernel.rule.Clause;
import dev.gaugeblock.kernel.rule.RuleMutants;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The logs of the tests tell the rule from each that differs from it in one thing. */
class RuleMutantsTest {
    @TempDir
    Path folder = Path.of("");

    static Stream<String> mutants() {
        return RuleMutants.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void shouldChangeWhetherAZonePassesInALog(String mutant) throws IOException, TextFormatException {
        assertFalse(changed(RuleMutants.all().getOrDefault(mutant, UnaryOperator.identity()))
                .isEmpty());
    }

    @Test
    void shouldChangeNothingWithoutAMutant() throws IOException, TextFormatException {
        assertEquals(8, RuleMutants.all().size());
        assertEquals(List.of(), changed(UnaryOperator.identity()));
    }

    /** Logs in which a zone passes with a mutant and is refused without, or the other way round. */
    private List<Path> changed(UnaryOperator<List<Clause>> mutant) throws IOException, TextFormatException {
        List<Path> changed = new ArrayList<>();
        for (Path file : Logs.all()) {
            String text = Logs.text(String.valueOf(file.getFileName()));
            List<String> right = states(Logs.explain(folder, text));
            List<String> wrong =
                    states(Logs.explain(folder, text, new Explainer(null, era -> mutant.apply(era.clauses()))));
            if (!right.equals(wrong)) {
                changed.add(file);
            }
        }
        return changed;
    }

    private static List<String> states(List<Explanation> explanations) {
        return explanations.stream()
                .flatMap(each -> each.zones().stream())
                .map(zone -> zone.dump().label() + " " + zone.state())
                .toList();
    }
}
