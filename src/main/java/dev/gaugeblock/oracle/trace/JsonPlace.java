package dev.gaugeblock.oracle.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Finds the place of a key in a line that {@link JsonReader} has read; only errors ask for it. */
final class JsonPlace {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonPlace() {}

    /** The column of the last key of a path, from 1; 0 if the path is empty or leads nowhere. */
    static int column(String line, List<String> path) {
        try (JsonParser parser = FACTORY.createParser(line)) {
            int found = 0;
            int depth = 0;
            for (JsonToken token = parser.nextToken();
                    token != null && found < path.size();
                    token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME
                        && depth == found + 1
                        && path.get(found).equals(parser.currentName())) {
                    found++;
                    if (found == path.size()) {
                        return parser.currentTokenLocation().getColumnNr();
                    }
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from a string that was read before", e);
        }
    }
}
