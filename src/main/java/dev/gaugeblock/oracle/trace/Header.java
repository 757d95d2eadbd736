package dev.gaugeblock.oracle.trace;

import static dev.gaugeblock.oracle.trace.Field.optional;
import static dev.gaugeblock.oracle.trace.Field.required;
import static dev.gaugeblock.oracle.trace.FieldType.bool;
import static dev.gaugeblock.oracle.trace.FieldType.list;
import static dev.gaugeblock.oracle.trace.FieldType.number;
import static dev.gaugeblock.oracle.trace.FieldType.object;
import static dev.gaugeblock.oracle.trace.FieldType.text;

import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The first line of a file: what it is about, and the build that gave the answers.
 *
 * @param binary the program that gave the answers; {@link #OF_BUFFERS} speaks of page buffers, any other of the
 *     allocator
 * @param build the choices made when it was compiled
 * @param declared what the allocator declares itself to be like, as it stands there; empty if nothing
 * @param config the machine as the header describes it; {@link HeaderCheck} holds it against the events
 */
public record Header(
        Position position,
        String scenario,
        String binary,
        Build build,
        Map<String, @Nullable Object> config,
        Map<String, @Nullable Object> declared) {
    /** The one version of the grammar so far. */
    public static final int VERSION = 1;

    /** The binary whose events are about page buffers, and have names of their own. */
    public static final String OF_BUFFERS = "peer-xfs";

    private static final FieldSet FIELDS = new FieldSet(List.of(
            required("header", number()),
            required("scenario", text()),
            required("desc", text()),
            required("binary", text()),
            required("last_pkmap", number(0, HighmemLayout.LAST_PKMAP)),
            required("hugetlb", bool()),
            required("debug_highmem", bool()),
            required("pae_window", bool()),
            required("source", text()),
            optional("seed", number()),
            required("config", configType()),
            optional(DeclarationForm.KEY, FieldType.any())));

    private static FieldType configType() {
        FieldType count = number(0, Integer.MAX_VALUE);
        return object(
                optional("sizes", list(Zone.COUNT, count)),
                optional("node_start", count),
                optional("ncpu", count),
                optional("boot", Operation.bootModes()),
                optional("setup", bool()),
                optional("holes", list(Zone.COUNT, count)),
                optional("reserve", list(list(2, count))),
                optional("wm", list(list(4, count))),
                optional("lmr", list(list(4, count))),
                optional("pcp", list(list(5, count))),
                optional("resets", count));
    }

    /** Reads the header from the fields of the first line. */
    static Header of(Map<String, @Nullable Object> fields, Position at, String line) throws TextFormatException {
        if (!fields.containsKey("header")) {
            throw at.error("the first line is no header: the field \"header\" is missing");
        }
        if (!Long.valueOf(VERSION).equals(fields.get("header"))) {
            throw at.error("header: expected version " + VERSION + ", found " + JsonText.shown(fields.get("header")));
        }
        Problem problem = FIELDS.problem(fields);
        if (problem == null && fields.containsKey(DeclarationForm.KEY)) {
            problem = DeclarationForm.problem(fields.get(DeclarationForm.KEY));
        }
        if (problem != null) {
            throw problem.error(at, line, "header");
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        ((Map<?, ?>) declared(fields, "config")).forEach((name, value) -> config.put(String.valueOf(name), value));
        Header header = new Header(
                at,
                (String) declared(fields, "scenario"),
                (String) declared(fields, "binary"),
                build(fields, at),
                config,
                DeclarationForm.members(fields.get(DeclarationForm.KEY)));
        if (header.isOfBuffers() && !config.isEmpty()) {
            throw at.error("header: config: expected {}, as a file about page buffers (binary \"" + OF_BUFFERS
                    + "\") sets up no machine, found " + JsonText.shown(config));
        }
        return header;
    }

    /** What the allocator is like. */
    public Declarations declares() {
        return DeclarationForm.of(declared);
    }

    /** Whether the events are about page buffers. */
    public boolean isOfBuffers() {
        return binary.equals(OF_BUFFERS);
    }

    /** A field that was found to be there. */
    private static Object declared(Map<String, @Nullable Object> fields, String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }

    private static Build build(Map<String, @Nullable Object> fields, Position at) throws TextFormatException {
        try {
            return new Build(
                    (Boolean) declared(fields, "hugetlb"),
                    Math.toIntExact((Long) declared(fields, "last_pkmap")),
                    (Boolean) declared(fields, "pae_window"),
                    (Boolean) declared(fields, "debug_highmem"));
        } catch (IllegalArgumentException e) {
            throw at.error("header: last_pkmap: " + e.getMessage());
        }
    }
}
