package dev.gaugeblock.report;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds what commands print as JSON against the schemas of {@code spec/schema}. */
public final class ResultSchemas {
    private static final String BASE = "https://gaugeblock.invalid/";
    private static final Path FOLDER = Path.of("spec/schema");

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(ResultSchemas::text));

    private static final Map<String, Schema> READ = new TreeMap<>();

    private ResultSchemas() {}

    private static String text(String iri) {
        if (!iri.startsWith(BASE)) {
            return null;
        }
        try {
            return Files.readString(FOLDER.resolve(iri.substring(BASE.length())));
        } catch (IOException e) {
            throw new UncheckedIOException("a schema names " + iri, e);
        }
    }

    /**
     * What is wrong with a document; empty if nothing is.
     *
     * @param schema a command's name, or with {@code #} and a pointer a part of its schema
     */
    public static synchronized List<String> problems(String schema, String json) {
        String[] parts = schema.split("#");
        String fragment = parts.length == 1 ? "" : "#" + parts[1];
        return READ
                .computeIfAbsent(
                        schema,
                        name -> SCHEMAS.getSchema(SchemaLocation.of(BASE + parts[0] + ".schema.json" + fragment)))
                .validate(json, InputFormat.JSON)
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }
}
