package dev.gaugeblock.kernel.explain;

import dev.gaugeblock.kernel.log.KernelReport;
import dev.gaugeblock.kernel.log.LogReader;
import dev.gaugeblock.kernel.log.Oddity;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The logs of the tests, and what is asked of all of them. */
final class Logs {
    private static final Path FOLDER = Path.of("src/test/resources/kernel/logs");

    private Logs() {}

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    /** The text of the log whose name begins so. */
    static String text(String name) throws IOException {
        for (Path file : all()) {
            if (String.valueOf(file.getFileName()).startsWith(name)) {
                return Files.readString(file);
            }
        }
        throw new IOException("no log " + name);
    }

    static List<KernelReport> reports(Path folder, byte[] text, List<Oddity> strays)
            throws IOException, TextFormatException {
        Path file = Files.write(folder.resolve("log.txt"), text);
        List<KernelReport> reports = new ArrayList<>();
        LogReader.read(file, reports::add, strays::add);
        return reports;
    }

    static List<Explanation> explain(Path folder, String text) throws IOException, TextFormatException {
        return explain(folder, text, new Explainer(null));
    }

    static List<Explanation> explain(Path folder, String text, Explainer explainer)
            throws IOException, TextFormatException {
        return reports(folder, text.getBytes(StandardCharsets.UTF_8), new ArrayList<>()).stream()
                .map(explainer::explain)
                .toList();
    }

    /**
     * Zones with how they stand and by how many pages, and the verdict: what must not depend on how a log is quoted.
     */
    static String gist(Explanation explanation) {
        StringBuilder gist = new StringBuilder(explanation.necessity().label());
        for (ZoneAnswer zone : explanation.zones()) {
            gist.append("; ")
                    .append(zone.dump().label())
                    .append(' ')
                    .append(zone.state().label());
            var result = zone.result();
            if (result != null && zone.state() != ZoneAnswer.State.UNKNOWN) {
                var refusal = result.refusal();
                gist.append(refusal == null ? " by " + result.surplus() : " " + refusal.by() + " " + refusal.shortBy());
            }
        }
        return gist.toString();
    }
}
