package dev.gaugeblock.defects;

import dev.gaugeblock.explore.state.MemoryModel;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.steps.Again;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts a defect to the engines. */
public final class Trials {
    private final Defect defect;
    private final PatchedProgram program;
    private final PatchedCode code;
    private final String folder;

    private Trials(Defect defect, PatchedProgram program, PatchedCode code, String folder) {
        this.defect = defect;
        this.program = program;
        this.code = code;
        this.folder = folder;
    }

    /**
     * Whether defects can be compiled here: that takes a JDK. A bare runtime lacks the compiler, or even the way to ask
     * for it.
     */
    public static boolean canCompile() {
        return ModuleLayer.boot().findModule("jdk.compiler").isPresent();
    }

    /**
     * Has every engine that is here try what the patch says that it finds the defect by; and an engine of which it says
     * nothing, or says wrongly, everything that there is, until something finds it. (The audit only if nothing else
     * does. Of Java PathFinder that would take hours.)
     *
     * @param folder where its patch lies; empty for a shipped one
     */
    public static Row thorough(Defect defect, String folder) throws IOException, DefectException {
        return of(defect, folder).row(true);
    }

    /**
     * Has the engines that are always here try what the patch says that they find the defect by, and nothing else; so
     * that the answer is the same on every machine.
     */
    public static Row ofClaims(Defect defect) throws IOException, DefectException {
        return of(defect, "").row(false);
    }

    /**
     * Has the built-in explorer run one schedule with a defect; under the audit, if nothing but the audit must find it.
     *
     * @param folder where its patch lies; empty for a shipped one
     * @param test name of a shipped litmus test; empty for the first that must find the defect
     * @throws IllegalArgumentException if there is no such test, or the schedule is none of it
     */
    public static Case replay(Defect defect, String folder, String test, String schedule)
            throws IOException, DefectException {
        Engine engine = defect.claims(Engine.BUILTIN).isEmpty()
                        && !defect.claims(Engine.AUDIT).isEmpty()
                ? Engine.AUDIT
                : Engine.BUILTIN;
        List<Claim> claims = defect.claims(engine);
        if (test.isEmpty() && claims.isEmpty()) {
            throw new IllegalArgumentException(
                    "no litmus test must find " + defect.id() + ": say which one, TEST:" + schedule);
        }
        String subject = test.isEmpty() ? claims.get(0).subject() : test;
        Trials trials = of(defect, folder);
        try (Probe probe = trials.program.probe(engine)) {
            Probe onIt = on(defect.memoryOf(subject), probe);
            return trials.code.in(onIt.replay(subject, schedule, trials.again(subject)));
        }
    }

    /**
     * Has the built-in explorer run one schedule of somebody's own test with a defect.
     *
     * @param isBlind whether the lines of the allocator are left out
     * @param again the command up to {@code --replay}
     * @throws IllegalArgumentException as for {@link #replay}
     */
    public static Case replay(
            Defect defect, OwnTests tests, boolean isBlind, String test, String schedule, String again)
            throws IOException, DefectException {
        Map<String, byte[]> classes = PatchedSources.compile(defect);
        PatchedProgram program = isBlind ? PatchedProgram.withoutLines(classes) : new PatchedProgram(classes);
        try (Probe shipped = program.probe(Engine.BUILTIN);
                Probe probe = shipped.on(tests.folder().toString(), tests.without(), "")) {
            return probe.replay(test, schedule, again + " --replay " + test + ":");
        }
    }

    /**
     * Has the built-in explorer find a defect, by what its patch names or else by any shipped test, where nothing tells
     * which of the classes is the changed one.
     *
     * @param again the command up to {@code --replay}
     * @return the first find; one that found nothing if there is none
     */
    public static Trial blind(Defect defect, String again) throws IOException, DefectException {
        PatchedProgram program = PatchedProgram.withoutLines(PatchedSources.compile(defect));
        try (Probe probe = program.probe(Engine.BUILTIN)) {
            List<String> subjects = new ArrayList<>();
            defect.claims(Engine.BUILTIN).stream()
                    .filter(claim -> claim.memory() == MemoryModel.SC)
                    .forEach(claim -> subjects.add(claim.subject()));
            if (subjects.isEmpty()) {
                subjects.addAll(probe.subjects());
            }
            for (String subject : subjects) {
                Trial trial = probe.run(subject, again + " --replay " + subject + ":");
                if (trial.isFound()) {
                    return trial;
                }
            }
            return new Trial(Trial.Result.SURVIVED, "", "", "");
        }
    }

    /** Likewise, one schedule of a shipped test. */
    public static Case replayBlind(Defect defect, String test, String schedule, String again)
            throws IOException, DefectException {
        PatchedProgram program = PatchedProgram.withoutLines(PatchedSources.compile(defect));
        try (Probe probe = program.probe(Engine.BUILTIN)) {
            return probe.replay(test, schedule, again + " --replay " + test + ":");
        }
    }

    /** A probe closed by whoever has the other one: they share what there is to close. */
    private static Probe on(MemoryModel memory, Probe probe) {
        return memory == MemoryModel.SC ? probe : probe.under(memory.toString());
    }

    private static Trials of(Defect defect, String folder) throws IOException, DefectException {
        PatchedProgram program = new PatchedProgram(PatchedSources.compile(defect));
        return new Trials(defect, program, new PatchedCode(PatchedSources.of(defect)), folder);
    }

    private String again(String subject) {
        return Again.withDefect(defect.id(), folder, subject).command();
    }

    private Row row(boolean thorough) throws IOException, DefectException {
        List<Cell> cells = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            boolean asked = thorough ? engine.isHere() : engine.isInside();
            boolean known = cells.stream().anyMatch(cell -> !cell.found().isEmpty());
            boolean everything = thorough && !defect.isFix() && engine.isInside() && (engine.isAskedAlways() || !known);
            cells.add(asked ? cell(engine, everything) : untried(engine));
        }
        return new Row(defect, cells);
    }

    private static Cell untried(Engine engine) {
        return new Cell(engine, List.of(), List.of(), 0, List.of(), false);
    }

    private Cell cell(Engine engine, boolean thorough) throws IOException, DefectException {
        List<Claim> claims = defect.claims(engine);
        if (claims.isEmpty() && !thorough) {
            return untried(engine);
        }
        try (Probe probe = program.probe(engine)) {
            requireSubjects(claims, probe);
            return cell(engine, claims, probe, thorough);
        }
    }

    private Cell cell(Engine engine, List<Claim> claims, Probe probe, boolean thorough) throws IOException {
        List<Trial> found = new ArrayList<>();
        List<String> unmet = new ArrayList<>();
        for (Claim claim : claims) {
            String again = again(claim.subject());
            Probe onIt = on(claim.memory(), probe);
            Trial trial =
                    code.in(defect.isFix() ? onIt.mended(claim.subject(), again) : onIt.run(claim.subject(), again));
            if (trial.isFound()) {
                found.add(trial);
            }
            if (!trial.id().equals(claim.id())) {
                String must = defect.isFix()
                        ? claim.subject() + " must hold with it" + claim.under() + "; "
                        : claim + " must find it; ";
                unmet.add(must + whatHappened(trial));
            }
        }
        int survived = 0;
        List<String> notJudged = new ArrayList<>();
        if (found.isEmpty() && thorough) {
            for (String subject : probe.subjects()) {
                Trial trial = code.in(probe.run(subject, again(subject)));
                if (trial.isFound()) {
                    found.add(trial);
                    break;
                }
                if (trial.result() == Trial.Result.SURVIVED) {
                    survived++;
                } else {
                    notJudged.add(trial.text());
                }
            }
        }
        return new Cell(engine, found, unmet, survived, notJudged, true);
    }

    private void requireSubjects(List<Claim> claims, Probe probe) throws IOException, DefectException {
        for (Claim claim : claims) {
            if (!probe.subjects().contains(claim.subject())) {
                throw new DefectException(defect.id() + ": found-by: " + claim + ": there is no such "
                        + claim.engine().subject());
            }
        }
    }

    private static String whatHappened(Trial trial) {
        return switch (trial.result()) {
            case FOUND -> "it finds " + trial.id();
            case SURVIVED -> "the defect survives it";
            case NOT_JUDGED -> "it cannot judge: " + trial.text();
        };
    }
}
