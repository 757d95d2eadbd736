package dev.gaugeblock.report.html;

import dev.gaugeblock.report.form.JsonForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The text of a page: the template with our style and script in it, and the data that the script shows. The browser is
 * told to run nothing else and to fetch nothing: whatever the data hold, they are text.
 */
final class Page {
    /** By this it is seen that a page is one of ours. */
    static final String MARK = "<meta name=\"generator\" content=\"gaugeblock\">";

    private static final List<String> STYLES =
            List.of("page.css", "lanes.css", "map.css", "events.css", "explain.css", "trace.css");
    private static final List<String> SCRIPTS = List.of(
            "text.js",
            "slider.js",
            "selection.js",
            "state.js",
            "frames.js",
            "map.js",
            "bars.js",
            "lanes.js",
            "step.js",
            "cells.js",
            "rejection.js",
            "explain.js",
            "moments.js",
            "trace.js",
            "case.js",
            "run.js");

    private static final String STYLE = "\n" + joined(STYLES);
    private static final String SCRIPT = "\n\"use strict\";\n(() => {\n" + joined(SCRIPTS) + "})();\n";
    private static final String FRAME = resource("page.html")
            .replace("%%mark%%", MARK)
            .replace("%%style-hash%%", hash(STYLE))
            .replace("%%script-hash%%", hash(SCRIPT))
            .replace("%%style%%", STYLE)
            .replace("%%script%%", SCRIPT);

    private Page() {}

    /**
     * A page.
     *
     * @param kind which function of the script shows it
     * @param data what it shows
     */
    static String of(String kind, Map<String, @Nullable Object> data) {
        return FRAME.replace("%%kind%%", kind).replace("%%data%%", inert(JsonForm.text(data)));
    }

    /** JSON in ASCII as a browser takes it for nothing else, wherever in a page it stands. */
    private static String inert(String json) {
        return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    private static String joined(List<String> names) {
        StringBuilder text = new StringBuilder();
        names.forEach(name -> text.append(resource(name)));
        return text.toString();
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
