package dev.gaugeblock.report.drawn;

import dev.gaugeblock.contract.found.BreachGroups;
import dev.gaugeblock.oracle.ContractFinding;
import dev.gaugeblock.oracle.FileVerdict;
import dev.gaugeblock.oracle.LastEvents;
import dev.gaugeblock.oracle.drive.DriveVerdict;
import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The drawings of a rejected file or program: one for each piece of evidence, in order. */
public final class RejectionDrawings {
    private RejectionDrawings() {}

    /** Where the last events are found. */
    private interface Source {
        LastEvents read() throws IOException, TextFormatException;
    }

    /** Of a file, which is read once more for each. */
    public static Map<String, @Nullable Object> of(FileVerdict verdict) {
        List<@Nullable Object> rejections = new ArrayList<>();
        Path file = Path.of(verdict.file());
        verdict.divergence().ifPresent(at -> rejections.add(drawing(file, () -> LastEvents.of(file, at.line()))));
        for (BreachGroups.Group<ContractFinding> group : verdict.findings()) {
            rejections.add(drawing(file, () -> LastEvents.of(file, group.first())));
        }
        return data(rejections);
    }

    /** Of a program, whose shortest sequence that fails is at hand. */
    public static Map<String, @Nullable Object> of(DriveVerdict verdict) {
        List<@Nullable Object> rejections = new ArrayList<>();
        if (!verdict.holds()) {
            rejections.add(drawing(() -> LastEvents.of(verdict.lines(), verdict.line())));
        }
        return data(rejections);
    }

    private static Map<String, @Nullable Object> data(List<@Nullable Object> rejections) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("rejections", rejections);
        return data;
    }

    private static Map<String, @Nullable Object> drawing(Path file, Source source) {
        return file.toString().equals("-")
                ? EventsDrawing.none(
                        "standard input cannot be read a second time: save it in a file to see its last events")
                : drawing(source);
    }

    private static Map<String, @Nullable Object> drawing(Source source) {
        try {
            return EventsDrawing.of(source.read());
        } catch (TextFormatException | IllegalArgumentException e) { // no event, or of a machine that there cannot be
            return EventsDrawing.none("the last events cannot be drawn: " + e.getMessage());
        } catch (IOException e) {
            return EventsDrawing.none("the last events cannot be drawn: " + Reason.of(e));
        }
    }
}
