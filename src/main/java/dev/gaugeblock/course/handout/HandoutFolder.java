package dev.gaugeblock.course.handout;

import dev.gaugeblock.defects.Defect;
import dev.gaugeblock.defects.DefectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** The folder that a student gets: the jar, and what to do with it. */
public final class HandoutFolder {
    private static final String JAR = "allocator.jar";

    private static final String README =
            """
            # An allocator with a defect

            `allocator.jar` is Gaugeblock with one mistake in its allocator. It needs Java 17 or newer, and nothing else:

                java -jar allocator.jar explore              explores the shipped litmus tests
                java -jar allocator.jar explore mine.litmus  explores a test of your own
                java -jar allocator.jar invariants           lists the rules that are checked

            Find out what is wrong: which rule is broken, by which steps, and what in the code must be the reason.
            The counterexamples have no lines of the source: look for the place in the sound sources yourself.
            """;

    private HandoutFolder() {}

    /**
     * Writes it.
     *
     * @param isPractice whether the choice was made without a key, which the text then says
     * @param libraries a class of each library that the program needs, by name
     * @throws IOException if the folder is there and not empty, or cannot be written
     */
    public static void write(Defect defect, boolean isPractice, Set<String> libraries, Path folder)
            throws IOException, DefectException {
        begin(folder);
        HandoutJar.write(defect, libraries, folder.resolve(JAR));
        String note = isPractice
                ? "\nThis is practice: it was made without a teacher's key, and anybody who knows the seed can have the solution.\n"
                : "";
        Files.writeString(folder.resolve("README.md"), README + note);
    }

    /** Makes the folder. */
    public static void begin(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                throw new IOException("cannot write into " + folder + ": it is not empty; name a new folder");
            }
        }
    }
}
