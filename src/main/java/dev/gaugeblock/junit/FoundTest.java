package dev.gaugeblock.junit;

import java.nio.file.Path;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A test that an annotation names.
 *
 * @param type what it is: "litmus", "text" or "trace"; with the name, it is found again
 * @param name the file as the annotation leads to it, or the name of a test
 * @param file {@code null} for what is in no file
 * @param action what is done
 */
record FoundTest(String type, String name, @Nullable Path file, TestAction action) {}
