package dev.gaugeblock.api;

import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusSyntaxException;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A litmus test that was read: a small concurrent program, and what it expects ({@code docs/litmus.md}). */
public final class Litmus {
    private final String file;
    private final String text;
    private final LitmusTest test;

    private Litmus(String file, String text) {
        this.file = file;
        this.text = text;
        try {
            this.test = LitmusParser.parse(file, text);
        } catch (LitmusSyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Reads a test.
     *
     * @param text what a litmus file says
     * @throws IllegalArgumentException with line and column, if it says something else
     */
    public static Litmus parse(String text) {
        return new Litmus("litmus", text);
    }

    /**
     * Reads a test from a file, which is named as the test is.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException with file, line and column, if it is no litmus file
     */
    public static Litmus read(Path file) throws IOException {
        return new Litmus(file.toString(), Files.readString(file));
    }

    /** Lower case, with hyphens. */
    public String name() {
        return test.name();
    }

    /** What it shows, in a sentence or two. */
    public String story() {
        return test.story();
    }

    String file() {
        return file;
    }

    String text() {
        return text;
    }

    @Override
    public String toString() {
        return name();
    }
}
