package dev.gaugeblock.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The {@code summary.json} beside a table: what came of a run, with its exit code, which a cluster may keep to itself.
 * It is removed when a run begins, so that one of an earlier run is not taken for this one's.
 */
final class Summary {
    private final Path file;
    private final FileSystem files;
    private final Map<String, Object> facts = new LinkedHashMap<>();

    private Summary(Path file, FileSystem files) {
        this.file = file;
        this.files = files;
    }

    /** Removes an old one from the folder. */
    static Summary begin(String folder, Configuration configuration) throws IOException {
        Path file = new Path(folder, "summary.json");
        FileSystem files = file.getFileSystem(configuration);
        files.delete(file, false);
        return new Summary(file, files);
    }

    /** Takes note of a number, a text, a list of texts, or a map from texts to numbers or maps. */
    void put(String name, Object fact) {
        facts.put(name, fact);
    }

    /** Writes it whole. */
    void write() throws IOException {
        Path beside = file.suffix(".new");
        try (FSDataOutputStream out = files.create(beside, true)) {
            out.write((json(facts) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (!files.rename(beside, file)) {
            throw new IOException("cannot rename " + beside + " to " + file);
        }
    }

    /** A fact as JSON. */
    static String json(Object fact) {
        if (fact instanceof Map<?, ?> map) {
            List<String> fields = new ArrayList<>();
            map.forEach((name, value) -> fields.add(text(String.valueOf(name)) + ": " + json(value)));
            return "{" + String.join(", ", fields) + "}";
        }
        if (fact instanceof Collection<?> all) {
            List<String> values = new ArrayList<>();
            all.forEach(value -> values.add(json(value)));
            return "[" + String.join(", ", values) + "]";
        }
        return fact instanceof Number ? fact.toString() : text(String.valueOf(fact));
    }

    private static String text(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(unit -> {
            if (unit == '"' || unit == '\\') {
                quoted.append('\\').append((char) unit);
            } else if (unit < ' ') {
                quoted.append(String.format("\\u%04x", unit));
            } else {
                quoted.append((char) unit);
            }
        });
        return quoted.append('"').toString();
    }
}
