package dev.gaugeblock.oracle.trace;

import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.util.IdentityHashMap;
import java.util.Map;

/** Where the values of a file's JSON objects stand: for errors about what is JSON and wrong nonetheless. */
public final class JsonPlaces {
    /** In the place of a key: the object itself. */
    static final String ITSELF = "";

    /**
     * Where a value begins in the text.
     *
     * @param line from 1
     * @param column from 1
     */
    record Place(int line, int column) {}

    private final Position start;
    /** Of each object, by the object and not by what it says: where the values of its keys begin. */
    private final Map<Map<?, ?>, Map<String, Place>> places = new IdentityHashMap<>();

    /**
     * Of a text that has not been read.
     *
     * @param start its first line
     */
    public JsonPlaces(Position start) {
        this.start = start;
    }

    Position start() {
        return start;
    }

    void add(Map<?, ?> object, Map<String, Place> values) {
        places.put(object, values);
    }

    /**
     * What is wrong with a value, or with an object that lacks it.
     *
     * @param object as it was read
     */
    public TextFormatException error(Map<?, ?> object, String key, String problem) {
        Map<String, Place> values = places.getOrDefault(object, Map.of());
        Place place = values.getOrDefault(key, values.getOrDefault(ITSELF, new Place(1, 1)));
        return error(place, problem);
    }

    TextFormatException error(Place place, String problem) {
        return new Position(start.file(), start.line() + place.line() - 1).error(place.column(), problem);
    }
}
