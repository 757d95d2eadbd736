package dev.gaugeblock.oracle.trace;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gaugeblock.oracle.trace.JsonPlaces.Place;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads a line that holds one JSON object and nothing else. Objects become maps that keep their order, arrays lists,
 * numbers {@link Long}s; {@code null} stays {@code null}. A number must be whole and fit 64 bits, and no key may come
 * twice.
 */
public final class JsonReader {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser parser;
    private final Position at;
    private final JsonPlaces places;
    /** A trace has millions of objects, and nobody asks where their values stand. */
    private final boolean isPlaced;

    private JsonReader(JsonParser parser, JsonPlaces places, boolean isPlaced) {
        this.parser = parser;
        this.at = places.start();
        this.places = places;
        this.isPlaced = isPlaced;
    }

    public static Map<String, @Nullable Object> read(String line, Position at) throws TextFormatException {
        return read(line, new JsonPlaces(at), false);
    }

    /**
     * Reads a text of any number of lines.
     *
     * @param places where its values stand is put down here
     */
    public static Map<String, @Nullable Object> read(String text, JsonPlaces places) throws TextFormatException {
        return read(text, places, true);
    }

    private static Map<String, @Nullable Object> read(String text, JsonPlaces places, boolean isPlaced)
            throws TextFormatException {
        Position at = places.start();
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new JsonReader(parser, places, isPlaced).read();
        } catch (JacksonException e) {
            String problem = e.getOriginalMessage().replaceAll(" \\([^()]*\\[Source: .*?]\\)", "");
            problem = JsonText.printable(problem);
            if (e.getLocation() == null) {
                // JSON beyond what the parser takes on: too long a number, too deep a nesting.
                throw at.error("this JSON cannot be read: " + problem);
            }
            throw places.error(
                    new Place(e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
                    "this is not JSON: " + problem);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from a string", e);
        }
    }

    private Map<String, @Nullable Object> read() throws IOException, TextFormatException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw at.error("an empty line, where a JSON object was due");
        }
        if (first != JsonToken.START_OBJECT) {
            throw error("this is not a JSON object");
        }
        Map<String, @Nullable Object> object = object();
        if (parser.nextToken() != null) {
            throw error("something follows the JSON object");
        }
        return object;
    }

    private Map<String, @Nullable Object> object() throws IOException, TextFormatException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        Map<String, Place> values = isPlaced ? new HashMap<>(Map.of(JsonPlaces.ITSELF, place())) : Map.of();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (object.containsKey(key)) {
                throw error("the key " + JsonText.shown(key) + " comes twice");
            }
            parser.nextToken();
            if (isPlaced) {
                values.put(key, place());
            }
            object.put(key, value());
        }
        Map<String, @Nullable Object> read = Collections.unmodifiableMap(object);
        if (isPlaced) {
            places.add(read, values);
        }
        return read;
    }

    private List<@Nullable Object> array() throws IOException, TextFormatException {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
        }
        return Collections.unmodifiableList(array);
    }

    private @Nullable Object value() throws IOException, TextFormatException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> number();
            case VALUE_NUMBER_FLOAT -> throw error("the number " + shownNumber() + " is not a whole one");
            default -> throw new IllegalStateException("token " + parser.currentToken() + " where a value begins");
        };
    }

    private Long number() throws IOException, TextFormatException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw error("the number " + shownNumber() + " does not fit 64 bits");
        }
        return parser.getLongValue();
    }

    private String shownNumber() throws IOException {
        String digits = parser.getText();
        return digits.length() > 40 ? digits.substring(0, 40) + "..." : digits;
    }

    private Place place() {
        return new Place(
                parser.currentTokenLocation().getLineNr(),
                parser.currentTokenLocation().getColumnNr());
    }

    private TextFormatException error(String problem) {
        return places.error(place(), problem);
    }
}
