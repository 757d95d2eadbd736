package dev.gaugeblock.course.grade;

import dev.gaugeblock.course.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An allocator, or free lists, under litmus tests: a part for each test that holds. */
final class ExploreJudge {
    private final Job job;

    ExploreJudge(Job job) {
        this.job = job;
    }

    Mark mark() throws IOException, LabException {
        String folder = job.fields().text("folder");
        Path sources = job.submission().resolve(folder);
        if (!Files.isDirectory(sources)) {
            return Mark.none("there is no folder " + folder);
        }
        String complaint = Permitted.complaint(sources);
        if (!complaint.isEmpty()) {
            return Mark.none(complaint);
        }
        List<String> tests = tests(job);
        Mark.Parts parts = new Mark.Parts();
        Tool.Results results = explore(job, sources, tests);
        List<Tool.Judged> cases = results.cases();
        for (String test : tests) {
            String name = test.replaceFirst(".*/", "").replaceFirst("\\.litmus$", "");
            Tool.Judged judged = cases.stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElse(null);
            parts.add(judged != null && judged.holds(), judged == null ? name + ": not judged" : wrong(name, judged));
        }
        cases.stream()
                .filter(each ->
                        each.verdict().equals("unreadable") || each.verdict().equals("inconclusive"))
                .forEach(each -> parts.spoil(each.reason()));
        return parts.mark();
    }

    private static String wrong(String name, Tool.Judged judged) {
        String rules = judged.rules().isEmpty() ? "" : " (" + String.join(", ", judged.rules()) + ")";
        return name + ": " + judged.verdict() + rules + ". Run this test, and read the steps from the top";
    }

    /** Tests of the lab's folder as files, and shipped ones by their names. */
    static List<String> tests(Job job) throws LabException {
        List<String> tests = new ArrayList<>();
        for (String each : job.fields().texts("tests")) {
            tests.add(each.endsWith(".litmus") ? job.lab().resolve(each).toString() : each);
        }
        return tests;
    }

    static Tool.Results explore(Job job, Path sources, List<String> tests) throws IOException, LabException {
        List<String> words = new ArrayList<>(List.of("explore"));
        words.addAll(tests);
        words.addAll(List.of("--allocator", sources.toString()));
        if (job.fields().has("expect")) {
            words.addAll(List.of("--expect", job.fields().text("expect")));
        }
        if (job.fields().has("budget")) {
            words.addAll(List.of("--budget", job.fields().text("budget")));
        }
        return job.tool().results(words);
    }
}
