package dev.gaugeblock.artefacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Surefire has written of the one test class of the example.
 *
 * @param text the file
 */
record TestReport(String text) {
    private static final String FILE = "target/surefire-reports/TEST-org.example.FirstFitTest.xml";

    static TestReport of(Path project) throws IOException {
        Path file = project.resolve(FILE);
        return new TestReport(Files.exists(file) ? Files.readString(file) : "there is no " + file);
    }

    /** Of so many tests, of which so many failed, and none was in error or skipped. */
    static List<Integer> counts(int tests, int failures) {
        return List.of(tests, 0, 0, failures);
    }

    /** Tests, errors, skipped and failed ones. */
    List<Integer> counts() {
        Matcher suite = Pattern.compile("<testsuite [^>]*>").matcher(text);
        if (!suite.find()) {
            return List.of();
        }
        return List.of("tests", "errors", "skipped", "failures").stream()
                .map(name -> count(suite.group(), name))
                .toList();
    }

    private static int count(String suite, String name) {
        Matcher number = Pattern.compile(" " + name + "=\"([0-9]+)\"").matcher(suite);
        return number.find() ? Integer.parseInt(number.group(1)) : -1;
    }

    boolean shows(String... parts) {
        return List.of(parts).stream().allMatch(text::contains);
    }
}
