package dev.gaugeblock.course.grade;

import dev.gaugeblock.course.lab.LabException;
import dev.gaugeblock.course.lab.LabFields;
import dev.gaugeblock.text.TreeCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Invariants of the student's own, in one class of an allocator that the lab gives: the allocator must hold with them,
 * and each change that is made to it must break one of them. A part for each change.
 */
final class InvariantsJudge {
    private static final Pattern ID = Pattern.compile("@Invariant\\s*\\([^)]*?\\bid\\s*=\\s*\"([a-z0-9-]+)\"");

    private final Job job;

    InvariantsJudge(Job job) {
        this.job = job;
    }

    Mark mark() throws IOException, LabException {
        String name = job.fields().text("file");
        Path file = job.submission().resolve(name);
        if (!Files.isRegularFile(file)) {
            return Mark.none("there is no file " + name);
        }
        Set<String> own = new TreeSet<>();
        Matcher ids = ID.matcher(Files.readString(file));
        while (ids.find()) {
            own.add(String.valueOf(ids.group(1)));
        }
        if (own.isEmpty()) {
            return Mark.none(name + " has no @Invariant with an id");
        }
        Path sound = with(file, "sound");
        String complaint = Permitted.complaint(sound);
        if (!complaint.isEmpty()) {
            return Mark.none(complaint);
        }
        for (Tool.Judged each :
                ExploreJudge.explore(job, sound, ExploreJudge.tests(job)).cases()) {
            if (!each.holds()) {
                return Mark.none("the allocator as it is given must hold with your invariants; " + each.name() + ": "
                        + each.verdict() + " " + each.rules() + " " + each.reason());
            }
        }
        Mark.Parts parts = new Mark.Parts();
        int number = 0;
        for (LabFields change : job.question().from()) {
            number++;
            Path broken = with(file, "broken-" + number);
            Path changed = broken.resolve(change.text("file"));
            Files.writeString(changed, change.changed(Files.readString(changed)));
            boolean isFound = ExploreJudge.explore(job, broken, ExploreJudge.tests(job)).cases().stream()
                    .flatMap(each -> each.rules().stream())
                    .anyMatch(own::contains);
            parts.add(
                    isFound,
                    "change " + number + ": none of your invariants is broken by it (" + change.text("hint") + ")");
        }
        return parts.mark();
    }

    /** The given allocator with the student's file in it. */
    private Path with(Path file, String name) throws IOException, LabException {
        Path folder = Files.createDirectories(job.scratch().resolve(name));
        TreeCopy.copy(job.lab().resolve(job.fields().text("allocator")), folder);
        Files.writeString(folder.resolve(String.valueOf(file.getFileName())), Files.readString(file));
        return folder;
    }
}
