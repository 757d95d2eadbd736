package dev.gaugeblock.explore.jpf;

import static dev.gaugeblock.explore.Verdict.BOUNDED;
import static dev.gaugeblock.explore.Verdict.BROKEN;
import static dev.gaugeblock.explore.Verdict.HOLDS;
import static dev.gaugeblock.explore.Verdict.UNEXPECTED;
import static dev.gaugeblock.explore.Verdict.VIOLATED;
import static dev.gaugeblock.explore.stress.StressVerdict.SAMPLED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.stress.StressSample;
import dev.gaugeblock.explore.stress.StressVerdict;
import dev.gaugeblock.report.CrossReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrossValidationTest {
    private static final LitmusTest RACE = Findings.test("race");
    private static final LitmusTest KNOWN = Findings.knownBad("known", "deadlock");
    private static final StressSample MET_A = Findings.sample(RACE, SAMPLED, "", "a");

    @Test
    void shouldHoldWhereAllAgree() {
        CrossValidation agreed =
                new CrossValidation(builtin(HOLDS, "", "", "a", "b"), jpf(HOLDS, "", "", "a", "b"), MET_A);

        assertAgree(HOLDS, agreed);
        assertTrue(agreed.isExhaustive());
        assertTrue(report(agreed).endsWith("2 in both, 1 met by stress\n"), report(agreed));
    }

    @Test
    void shouldBeBrokenWhereTheVerdictDiffers() {
        assertDiffer(
                new CrossValidation(builtin(HOLDS, "", "", "a"), jpf(VIOLATED, "deadlock: stuck", "deadlock"), MET_A),
                "builtin says HOLDS, jpf says VIOLATED (deadlock: stuck)");
    }

    @Test
    void shouldBeBrokenWhereTheViolationDiffers() {
        assertDiffer(
                new CrossValidation(
                        builtin(VIOLATED, "deadlock: stuck", "deadlock"),
                        jpf(VIOLATED, "kernel-bug: boom", "kernel-bug"),
                        MET_A),
                "builtin finds deadlock, jpf finds kernel-bug");
        assertDiffer(
                new CrossValidation(
                        builtin(UNEXPECTED, "never: it ended so", "never"),
                        jpf(UNEXPECTED, "no execution ends so", ""),
                        MET_A),
                "builtin finds never, jpf finds no violation");
    }

    @Test
    void shouldBeViolatedWhereBothFindTheSame() {
        assertAgree(
                VIOLATED,
                new CrossValidation(
                        builtin(VIOLATED, "deadlock: stuck", "deadlock", "a"),
                        jpf(VIOLATED, "deadlock: stuck", "deadlock", "b"),
                        MET_A));
        assertAgree(
                UNEXPECTED,
                new CrossValidation(
                        builtin(UNEXPECTED, "never: it ended so", "never", "a"),
                        jpf(UNEXPECTED, "never: it ended so: b", "", "b"),
                        MET_A));
    }

    @Test
    void shouldNameTheOutcomesThatOnlyOneHas() {
        assertDiffer(
                new CrossValidation(builtin(HOLDS, "", "", "a", "b"), jpf(HOLDS, "", "", "a"), MET_A),
                "only builtin has the outcome b");
        assertDiffer(
                new CrossValidation(builtin(HOLDS, "", "", "a"), jpf(HOLDS, "", "", "a", "b", "c"), MET_A),
                "only jpf has the outcome b",
                "only jpf has the outcome c");
        assertDiffer(
                new CrossValidation(
                        builtin(HOLDS, "", "", "a"),
                        jpf(HOLDS, "", "", "a"),
                        Findings.sample(RACE, SAMPLED, "", "a", "z")),
                "only stress has the outcome z");
    }

    @Test
    void shouldCountTheOutcomesOfEachWhereTheyDiffer() {
        String report = report(new CrossValidation(builtin(HOLDS, "", "", "a", "b"), jpf(HOLDS, "", "", "a"), MET_A));

        assertTrue(report.contains("  2 in builtin, 1 in jpf, 1 met by stress\n"), report);
    }

    @Test
    void shouldNameThemAlsoWhereTheirNumberIsWhatOneFindsWrong() {
        assertDiffer(
                new CrossValidation(
                        builtin(HOLDS, "", "", "a", "b"),
                        jpf(UNEXPECTED, "there are 1 outcomes, the test states 2", "", "a"),
                        MET_A),
                "builtin says HOLDS, jpf says UNEXPECTED (there are 1 outcomes, the test states 2)",
                "only builtin has the outcome b");
        assertDiffer(
                new CrossValidation(
                        builtin(UNEXPECTED, "there are 1 outcomes, the test states 3", "", "a"),
                        jpf(UNEXPECTED, "there are 1 outcomes, the test states 3", "", "b"),
                        MET_A),
                "only builtin has the outcome a",
                "only jpf has the outcome b");
    }

    @Test
    void shouldNotCompareTheOutcomesThatAKnownViolationCutShort() {
        CrossValidation known = new CrossValidation(
                Findings.builtin(KNOWN, HOLDS, "", "deadlock", "a"),
                Findings.jpf(KNOWN, HOLDS, "", "deadlock", "b"),
                Findings.sample(KNOWN, SAMPLED, "", "c"));

        assertAgree(HOLDS, known);
        assertFalse(known.isExhaustive());
        assertTrue(report(known).endsWith("known bad: deadlock\n"), report(known));
    }

    @Test
    void shouldBeBoundedWhereOneIsAndTheOtherHolds() {
        assertAgree(BOUNDED, new CrossValidation(builtin(BOUNDED, "too long", ""), jpf(HOLDS, "", "", "a"), MET_A));
        assertAgree(BOUNDED, new CrossValidation(builtin(HOLDS, "", "", "a"), jpf(BOUNDED, "too long", ""), MET_A));
    }

    @Test
    void shouldHaveTheViolationOfTheEngineThatCameToIt() {
        assertAgree(
                VIOLATED,
                new CrossValidation(
                        builtin(VIOLATED, "deadlock: stuck", "deadlock"), jpf(BOUNDED, "too long", ""), MET_A));
        assertAgree(
                VIOLATED,
                new CrossValidation(
                        builtin(BOUNDED, "too long", ""), jpf(VIOLATED, "deadlock: stuck", "deadlock"), MET_A));
    }

    @Test
    void shouldBeBoundedWhereBothAre() {
        assertAgree(
                BOUNDED,
                new CrossValidation(
                        builtin(BOUNDED, "too long", "", "a"), jpf(BOUNDED, "its search was cut", "", "b"), MET_A));
    }

    @Test
    void shouldBeBrokenWhereStressMetAViolationThatNobodyElseFinds() {
        StressSample violated = Findings.sample(RACE, StressVerdict.VIOLATED, "deadlock: stuck");

        assertDiffer(
                new CrossValidation(builtin(HOLDS, "", "", "a"), jpf(HOLDS, "", "", "a"), violated),
                "builtin says HOLDS, stress met a violation: deadlock: stuck");
        assertDiffer(
                new CrossValidation(builtin(BOUNDED, "too long", ""), jpf(BOUNDED, "cut", ""), violated),
                "builtin says BOUNDED, stress met a violation: deadlock: stuck");
        assertAgree(
                VIOLATED,
                new CrossValidation(
                        builtin(VIOLATED, "deadlock: stuck", "deadlock"),
                        jpf(VIOLATED, "deadlock: stuck", "deadlock"),
                        violated));
    }

    @Test
    void shouldBeBrokenWhereAnEngineIs() {
        assertDiffer(
                new CrossValidation(
                        builtin(BROKEN, "one", ""),
                        jpf(BROKEN, "two", ""),
                        Findings.sample(RACE, StressVerdict.BROKEN, "three")),
                "jpf is BROKEN: two",
                "builtin is BROKEN: one",
                "stress is BROKEN: three");
    }

    private static void assertAgree(Verdict verdict, CrossValidation validation) {
        assertEquals(List.of(), validation.differences());
        assertEquals(verdict, validation.verdict());
    }

    /** What differs is also what a reader of the report sees. */
    private static void assertDiffer(CrossValidation validation, String... differences) {
        assertEquals(List.of(differences), validation.differences());
        assertEquals(BROKEN, validation.verdict());
        String report = report(validation);
        assertTrue(report.contains("\nrace  BROKEN  "), report);
        for (String difference : differences) {
            assertTrue(report.contains("\n  " + difference + "\n"), report);
        }
    }

    private static String report(CrossValidation validation) {
        CrossReport report = new CrossReport(List.of(validation.test().name()));
        return report.head() + "\n" + String.join("\n", report.of(validation).text()) + "\n";
    }

    private static Exploration builtin(Verdict verdict, String reason, String id, String... outcomes) {
        return Findings.builtin(RACE, verdict, reason, id, outcomes);
    }

    private static JpfExploration jpf(Verdict verdict, String reason, String id, String... outcomes) {
        return Findings.jpf(RACE, verdict, reason, id, outcomes);
    }
}
