package dev.gaugeblock.report.steps;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lines of the reference's sources, which the program brings along. */
public final class SourceCode {
    private static final String FOLDER = "/sources/src/main/java/dev/gaugeblock/";
    private static final List<String> PACKAGES = List.of("mm", "highmem", "reclaim", "pagebuf", "machine");

    private final Map<String, List<String>> files = new HashMap<>();

    /** What stands at {@code FILE:LINE}, without the blanks around it; empty if there is no such line. */
    public String at(String place) {
        int colon = place.lastIndexOf(':');
        return colon < 0 ? "" : line(files.computeIfAbsent(place.substring(0, colon), SourceCode::read), place);
    }

    /** The line of a text that a place names. */
    public static String line(List<String> text, String place) {
        int line = Integer.parseInt(place.substring(place.lastIndexOf(':') + 1));
        return line >= 1 && line <= text.size() ? text.get(line - 1).strip() : "";
    }

    /** No two classes have one name, so the file's is enough. */
    private static List<String> read(String file) {
        for (String each : PACKAGES) {
            try (InputStream in = SourceCode.class.getResourceAsStream(FOLDER + each + "/" + file)) {
                if (in != null) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the source " + file, e);
            }
        }
        return List.of();
    }
}
