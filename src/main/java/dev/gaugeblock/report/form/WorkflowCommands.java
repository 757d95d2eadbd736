package dev.gaugeblock.report.form;

import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is wrong, as the workflow commands that GitHub, and hosts that run the same workflows, turn into annotations
 * beside the lines of a change.
 */
public final class WorkflowCommands {
    private WorkflowCommands() {}

    /** The commands for one that was judged, a line each; none if it is as it must be. */
    public static List<String> of(Case judged) {
        Conclusion conclusion = judged.conclusion();
        if (conclusion.isQuiet()) {
            return List.of();
        }
        String title = conclusion.id().toUpperCase(Locale.ROOT) + " " + judged.name();
        String level = conclusion.isOpen() ? "warning" : "error";
        List<String> commands = new ArrayList<>();
        for (Evidence evidence : judged.evidence()) {
            String again = evidence.again().isEmpty() ? "" : "\nto see it again: " + evidence.again();
            commands.add(command(
                    level, judged.placeOf(evidence), title, evidence.rule().id() + ": " + evidence.message() + again));
        }
        if (commands.isEmpty()) {
            commands.add(command(level, judged.place(), title, judged.reason()));
        }
        return commands;
    }

    private static String command(String level, Place place, String title, String message) {
        StringBuilder command = new StringBuilder("::").append(level).append(' ');
        if (place.isSomewhere()) {
            command.append("file=").append(property(place.file())).append(',');
            if (place.line() > 0) {
                command.append("line=").append(place.line()).append(',');
            }
        }
        return command.append("title=")
                .append(property(title))
                .append("::")
                .append(escaped(message))
                .toString();
    }

    private static String property(String text) {
        return escaped(text).replace(":", "%3A").replace(",", "%2C");
    }

    private static String escaped(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }
}
