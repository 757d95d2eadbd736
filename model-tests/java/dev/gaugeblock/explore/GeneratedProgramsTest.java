package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/**
 * Programs that nobody has thought of, in all their interleavings: no invariant breaks, and the contract accepts every
 * answer. What fails is the smallest such program, as a litmus file.
 */
class GeneratedProgramsTest {
    private static final int TRIES = 40;

    @Provide
    Arbitrary<GeneratedProgram> programs() {
        return GeneratedProgram.any();
    }

    @Property(seed = "18", tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void shouldGoWellInEveryInterleaving(@ForAll("programs") GeneratedProgram program) {
        judge(program);
        Statistics.label("phrase").coverage(coverage -> {
            for (GeneratedProgram.What what : GeneratedProgram.What.values()) {
                coverage.check(what).percentage(share -> share >= 2);
            }
        });
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void shouldGoWellWhateverTheSeed(@ForAll("programs") GeneratedProgram program) {
        judge(program);
    }

    private static void judge(GeneratedProgram program) {
        program.programs()
                .forEach(phrases ->
                        phrases.forEach(phrase -> Statistics.label("phrase").collect(phrase.what())));
        assertEquals("", ProgramTrying.wrong(program.text()), program.text());
    }
}
