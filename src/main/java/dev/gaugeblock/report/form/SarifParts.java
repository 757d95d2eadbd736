package dev.gaugeblock.report.form;

import dev.gaugeblock.report.result.Interleaving;
import dev.gaugeblock.report.result.Interleaving.StoryStep;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.result.RuleText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The objects that a SARIF log is made of. */
final class SarifParts {
    /** More steps than this in a flow, and hosts refuse the file. */
    static final int MOST_STEPS = 1000;

    /** Beside letters and digits, what stands for itself in a path. */
    private static final String PLAIN = "/-._~";

    private SarifParts() {}

    /** Names and values in turn. */
    static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    static Map<String, Object> message(String text) {
        return map("text", text);
    }

    static Map<String, Object> rule(RuleText rule) {
        String help = rule.help().isEmpty() ? rule.says() : rule.says() + "\n" + rule.help();
        return map(
                "id", rule.id(),
                "shortDescription", message(rule.says()),
                "help", message(help));
    }

    /** A place, with words about it unless they are empty. */
    static Map<String, Object> location(Place place, String words) {
        Map<String, Object> physical = new LinkedHashMap<>();
        physical.put("artifactLocation", map("uri", uri(place.file())));
        if (place.line() > 0) {
            physical.put("region", map("startLine", place.line()));
        }
        Map<String, Object> location = new LinkedHashMap<>();
        if (place.isSomewhere()) {
            location.put("physicalLocation", physical);
        }
        if (!words.isEmpty()) {
            location.put("message", message(words));
        }
        return location;
    }

    /** Relative to the folder that the command ran in; hosts take that for the root of the repository. */
    private static String uri(String file) {
        String path = file.startsWith("./") ? file.substring(2) : file;
        StringBuilder uri = new StringBuilder(path.startsWith("/") ? "file://" : "");
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (each & 0xff);
            if (letter < 0x7f && (Character.isLetterOrDigit(letter) || PLAIN.indexOf(letter) >= 0)) {
                uri.append(letter);
            } else {
                uri.append(String.format("%%%02X", (int) letter));
            }
        }
        return uri.toString();
    }

    /** One thread flow for each program; the order of their steps among each other is in {@code executionOrder}. */
    static Map<String, Object> codeFlow(Interleaving interleaving) {
        int all = interleaving.steps().size();
        int leftOut = Math.max(0, all - MOST_STEPS);
        List<Object> threads = new ArrayList<>();
        for (int program = 0; program < interleaving.programs().size(); program++) {
            List<Object> locations = new ArrayList<>();
            for (int i = leftOut; i < all; i++) {
                if (interleaving.steps().get(i).program() == program) {
                    locations.add(step(interleaving.steps().get(i), i + 1, i + 1 == all));
                }
            }
            if (!locations.isEmpty()) {
                String title = interleaving.programs().get(program);
                threads.add(map("id", title, "message", message(title), "locations", locations));
            }
        }
        String words = leftOut == 0
                ? all + (all == 1 ? " step" : " steps")
                : "the last " + MOST_STEPS + " of " + all + " steps; steps 1 to " + leftOut + " are left out";
        return map("message", message(words + "; schedule " + interleaving.schedule()), "threadFlows", threads);
    }

    private static Map<String, Object> step(StoryStep step, int number, boolean isLast) {
        List<String> words = new ArrayList<>();
        if (!step.operation().isEmpty()) {
            words.add(step.operation());
        }
        words.add(step.action());
        words.addAll(step.notes());
        return map(
                "executionOrder",
                number,
                "importance",
                isLast ? "essential" : "important",
                "location",
                location(step.place(), number + ": " + String.join("; ", words)));
    }
}
