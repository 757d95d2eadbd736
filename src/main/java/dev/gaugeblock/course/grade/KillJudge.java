package dev.gaugeblock.course.grade;

import dev.gaugeblock.course.lab.LabException;
import dev.gaugeblock.course.lab.LabFields;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Litmus tests that hold on the sound allocator and find defects: a part for each defect. */
final class KillJudge {
    private static final String ANY = "";

    private final Job job;

    KillJudge(Job job) {
        this.job = job;
    }

    Mark mark() throws IOException, LabException {
        String folder = job.fields().text("folder");
        if (!Files.isDirectory(job.submission().resolve(folder))) {
            return Mark.none("there is no folder " + folder);
        }
        Mark.Parts parts = new Mark.Parts();
        Path admitted = Files.createDirectories(job.scratch().resolve("admitted"));
        int count = admit(job.submission().resolve(folder), admitted, parts);
        List<String> ids = new ArrayList<>();
        for (LabFields each : job.question().from()) {
            ids.add(each.text("defect"));
        }
        List<Tool.Judged> cases = count == 0 ? List.of() : judged(ids, admitted);
        for (Tool.Judged each : cases) {
            if (Boolean.FALSE.equals(each.data().get("sound"))) {
                parts.spoil(each.name() + " does not hold on the sound allocator (" + each.verdict()
                        + "): it counts for nothing. Run gaugeblock explore " + folder);
            } else if (each.verdict().equals("unreadable")) {
                parts.spoil(each.reason());
            }
        }
        String by = job.fields().text("by", ANY);
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            boolean isKilled = cases.stream()
                    .filter(each -> each.name().equals(id))
                    .flatMap(each -> Tool.list(each.data().get("killed_by")).stream())
                    .anyMatch(
                            found -> by.equals(ANY) || by.equals(Tool.map(found).get("id")));
            String how = by.equals(ANY) ? "" : " by " + by;
            parts.add(isKilled, "defect " + (i + 1) + ": none of your tests finds it" + how);
        }
        return parts.mark();
    }

    private List<Tool.Judged> judged(List<String> ids, Path admitted) throws IOException, LabException {
        List<String> words = new ArrayList<>(List.of("defects"));
        words.addAll(ids);
        words.addAll(
                List.of("--with", admitted.toString(), "--budget", job.fields().text("budget", "20000")));
        for (String off : job.fields().texts("without")) {
            words.addAll(List.of("--without", off));
        }
        return job.tool().results(words).cases();
    }

    /** Copies the tests that may be handed in; says of the others why not. */
    private int admit(Path from, Path to, Mark.Parts parts) throws IOException, LabException {
        int most = job.fields().number("operations", 1, 1000, 1000);
        Set<String> shipped = job.fields().isTrue("own")
                ? LitmusSuite.shipped().tests().stream().map(KillJudge::essence).collect(Collectors.toSet())
                : Set.of();
        LitmusSuite suite = LitmusSuite.of(List.of(from));
        suite.unreadable().forEach(refused -> parts.spoil(shortened(refused.message(), from)));
        int admitted = 0;
        for (LitmusTest test : suite.tests()) {
            int operations = test.before().size()
                    + test.programs().stream().mapToInt(each -> each.length()).sum();
            if (operations > most) {
                parts.spoil(test.name() + " has " + operations + " operations, and at most " + most
                        + " are allowed: it counts for nothing");
            } else if (shipped.contains(essence(test))) {
                parts.spoil(test.name() + " is a shipped test: write one of your own");
            } else {
                Files.copy(Path.of(test.file()), to.resolve(test.name() + ".litmus"));
                admitted++;
            }
        }
        if (admitted == 0) {
            parts.spoil("there is no test that could be put to the defects");
        }
        return admitted;
    }

    private static String shortened(String message, Path folder) {
        return message.replace(folder.toString() + "/", "");
    }

    /** Machine and programs, without blanks, comments and names: what tells two tests apart. */
    private static String essence(LitmusTest test) {
        return test.source().stream()
                .map(line -> line.replaceFirst("#.*", "").strip().replaceAll("\\s+", " "))
                .filter(line -> !line.matches("|\".*|(litmus|sometimes|never|always|outcomes|reduction|known-bad) .*"))
                .collect(Collectors.joining("\n"));
    }
}
