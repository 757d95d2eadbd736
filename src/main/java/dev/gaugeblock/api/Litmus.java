package dev.gaugeblock.api;

import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusSyntaxException;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A litmus test that was read: a small concurrent program, and what it expects ({@code docs/litmus.md}). */
public final class Litmus {
    private final LitmusTest test;
    private final String text;

    private Litmus(LitmusTest test, String text) {
        this.test = test;
        this.text = text;
    }

    private static LitmusTest test(String file, String text) {
        try {
            return LitmusParser.parse(file, text);
        } catch (LitmusSyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Reads a test. What shows a counterexample again names {@code NAME.litmus}: the text, once somebody saves it.
     *
     * @param text what a litmus file says
     * @return the test
     * @throws IllegalArgumentException with line and column, if it says something else
     */
    public static Litmus parse(String text) {
        LitmusTest test = test("litmus", text);
        return new Litmus(test.in(test.name() + ".litmus"), text);
    }

    /**
     * A test of those that are shipped.
     *
     * @param name as {@code explore --list} has it
     * @return the test
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Litmus shipped(String name) {
        LitmusTest test = LitmusSuite.shipped(name).named(name);
        return new Litmus(test, String.join("\n", test.source()) + "\n");
    }

    /**
     * Reads a test from a file, which is named as the test is.
     *
     * @param file a litmus file
     * @return the test
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException with file, line and column, if it is no litmus file
     */
    public static Litmus read(Path file) throws IOException {
        String text = Files.readString(file);
        return new Litmus(test(file.toString(), text), text);
    }

    /** {@return its name, lower case, with hyphens} */
    public String name() {
        return test.name();
    }

    /** {@return what it shows, in a sentence or two} */
    public String story() {
        return test.story();
    }

    String file() {
        return test.file();
    }

    String text() {
        return text;
    }

    @Override
    public String toString() {
        return name();
    }
}
