package dev.gaugeblock.defects;

import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.report.steps.Again;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody's litmus tests, which are to find defects by themselves. A test that does not hold on the sound allocator
 * finds nothing: it would say of every allocator that it is wrong.
 *
 * @param folder where they lie
 * @param without ids of the invariants of the catalogue that are switched off
 * @param budget what each exploration may take, as {@code --budget} has it; empty for no bound
 */
public record OwnTests(Path folder, List<String> without, String budget) {

    /**
     * What one defect does to the tests.
     *
     * @param defect the defect
     * @param trials what came of each test, in the order of the tests
     */
    public record Fate(Defect defect, List<Trial> trials) {
        /** Whether a test finds it. */
        public boolean isKilled() {
            return trials.stream().anyMatch(Trial::isFound);
        }
    }

    /** The files, and what is wrong with those that are no tests. */
    public LitmusSuite suite() {
        return LitmusSuite.of(List.of(folder));
    }

    /**
     * What each test says of the sound allocator, in the order of the tests.
     *
     * @param tests those of {@link #suite}
     */
    public List<Trial> onTheSoundAllocator(List<LitmusTest> tests) throws IOException {
        List<Trial> trials = new ArrayList<>();
        try (Probe shipped = new BuiltinProbe();
                Probe probe = shipped.on(folder.toString(), without, budget)) {
            for (LitmusTest test : tests) {
                trials.add(probe.run(
                        test.name(), Again.exploring(test.without(without)).command()));
            }
        }
        return trials;
    }

    /** Puts a defect to the tests that hold without it; {@code again} is the command up to {@code --replay}. */
    public Fate of(Defect defect, List<String> sound, String again) throws IOException, DefectException {
        return of(defect, sound, again, new PatchedProgram(PatchedSources.compile(defect)));
    }

    /** Likewise, where nothing tells which of the classes is the changed one, nor in which line. */
    public Fate ofBlind(Defect defect, List<String> sound, String again) throws IOException, DefectException {
        return of(defect, sound, again, PatchedProgram.withoutLines(PatchedSources.compile(defect)));
    }

    private Fate of(Defect defect, List<String> sound, String again, PatchedProgram program) throws IOException {
        List<Trial> trials = new ArrayList<>();
        try (Probe shipped = program.probe(Engine.BUILTIN);
                Probe probe = shipped.on(folder.toString(), without, budget)) {
            for (String test : sound) {
                trials.add(probe.run(test, again + " --replay " + test + ":"));
            }
        }
        return new Fate(defect, trials);
    }
}
