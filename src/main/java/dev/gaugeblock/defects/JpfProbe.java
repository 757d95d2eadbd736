package dev.gaugeblock.defects;

import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.jpf.ClassFolder;
import dev.gaugeblock.explore.jpf.JpfEngine;
import dev.gaugeblock.explore.jpf.JpfExploration;
import dev.gaugeblock.explore.jpf.JpfHome;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.story.Counterexample;
import dev.gaugeblock.report.JpfReport;
import dev.gaugeblock.report.steps.Again;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Java PathFinder on the allocator with a defect. Unlike the other engines it stays in the sound program: what it
 * explores is a folder with the patched classes, before the built ones, in a process of its own.
 */
final class JpfProbe implements Probe {
    private final LitmusSuite suite;
    private final JpfEngine engine;
    private final ClassFolder folder;

    /**
     * Writes the patched classes out.
     *
     * @param patched class files by class name
     */
    JpfProbe(Map<String, byte[]> patched) throws IOException {
        suite = LitmusSuite.shipped();
        folder = new ClassFolder(patched);
        String classpath = folder.path() + File.pathSeparator + JpfEngine.ownClasses();
        try {
            engine = new JpfEngine(JpfHome.find(), classpath, Duration.ofSeconds(JpfEngine.LIMIT), true);
        } catch (JpfHome.MissingException e) {
            throw new IllegalStateException("asked for an engine that is not here: " + e.getMessage(), e);
        }
    }

    /** Whether Java PathFinder is installed. */
    static boolean isHere() {
        try {
            JpfHome.find();
            return true;
        } catch (JpfHome.MissingException e) {
            return false;
        }
    }

    @Override
    public List<String> subjects() {
        return suite.tests().stream().map(LitmusTest::name).toList();
    }

    @Override
    public Trial run(String subject, String command) throws IOException {
        LitmusTest test = suite.named(subject);
        JpfExploration exploration = engine.explore(test);
        if (exploration.verdict() == Verdict.HOLDS) {
            return new Trial(Trial.Result.SURVIVED, subject, "", "");
        }
        if (!exploration.verdict().isWrong()) {
            String why = exploration.verdict() + ": " + exploration.reason();
            return new Trial(Trial.Result.NOT_JUDGED, subject, "", why);
        }
        String id = exploration
                .counterexample()
                .map(Counterexample::violation)
                .map(Violation::id)
                .orElse(BuiltinProbe.EXPECTATION);
        StringWriter text = new StringWriter();
        Again again = new Again(command);
        JpfReport.whatIsWrong(exploration, again, new PrintWriter(text, true));
        return new Trial(Trial.Result.FOUND, subject, id, text.toString(), JpfReport.evidence(exploration, again));
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
