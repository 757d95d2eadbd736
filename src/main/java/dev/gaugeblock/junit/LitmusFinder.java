package dev.gaugeblock.junit;

import dev.gaugeblock.api.Litmus;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusSyntaxException;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The tests of {@link LitmusTests}. */
final class LitmusFinder {
    private static final String FILE = "litmus";
    static final String TEXT = "text";

    private final LitmusRun run;
    private final Consumer<FoundTest> tests;

    private LitmusFinder(LitmusRun run, Consumer<FoundTest> tests) {
        this.run = run;
        this.tests = tests;
    }

    /** At least one for each name and each text; {@code notes} gets what is passed over. */
    static void find(LitmusTests asked, ClassLoader loader, Consumer<FoundTest> tests, Consumer<String> notes) {
        LitmusRun run;
        try {
            run = LitmusRun.of(asked, loader);
        } catch (IllegalArgumentException e) {
            tests.accept(new FoundTest(FILE, "tests", null, TestAction.refusing("@LitmusTests: " + e.getMessage())));
            return;
        }
        LitmusFinder finder = new LitmusFinder(run, tests);
        for (int i = 0; i < asked.text().length; i++) {
            finder.text(i + 1, asked.text()[i]);
        }
        for (String name : asked.value()) {
            if (name.isEmpty()) {
                finder.refuse("tests", "a name in @LitmusTests is empty");
            } else {
                notes(finder.suite(LitmusSuite.of(List.of(Path.of(name))), name), notes);
            }
        }
        if (asked.value().length + asked.text().length == 0) {
            finder.shipped(notes);
        }
    }

    private static void notes(LitmusSuite suite, Consumer<String> notes) {
        suite.notes().forEach(notes);
    }

    private void shipped(Consumer<String> notes) {
        try {
            notes(suite(LitmusSuite.shipped(), "the shipped suite"), notes);
        } catch (IOException e) {
            refuse("tests", "cannot read the shipped suite: " + e.getMessage());
        }
    }

    private LitmusSuite suite(LitmusSuite suite, String from) {
        suite.unreadable().forEach(each -> refuse(each.file(), each.message()));
        suite.emptyFiles().forEach(each -> refuse(each.toString(), "nothing to check: " + each + " is empty"));
        if (suite.unreadable().isEmpty()
                && suite.emptyFiles().isEmpty()
                && suite.tests().isEmpty()) {
            refuse(from, "nothing to check: there is no litmus test in " + from);
        }
        suite.tests().forEach(this::test);
        return suite;
    }

    /** One that is shipped is read from the library, and goes by its name. */
    private void test(LitmusTest test) {
        if (LitmusSuite.isShipped(test)) {
            tests.accept(new FoundTest(FILE, test.name(), null, () -> run.judge(Litmus.shipped(test.name()), test)));
            return;
        }
        Path file = Path.of(test.file());
        tests.accept(new FoundTest(FILE, name(test.file()), file, () -> run.judge(Litmus.read(file), test)));
    }

    private void text(int number, String text) {
        try {
            LitmusTest test = LitmusParser.parse("text " + number, text);
            tests.accept(new FoundTest(TEXT, test.name(), null, () -> run.judgeText(Litmus.parse(text), test)));
        } catch (LitmusSyntaxException e) {
            String why = String.valueOf(e.getMessage());
            tests.accept(new FoundTest(TEXT, "text " + number, null, TestAction.refusing(why)));
        }
    }

    private void refuse(String name, String why) {
        tests.accept(new FoundTest(FILE, name(name), null, TestAction.refusing(why)));
    }

    /** The same on every system. */
    private static String name(String path) {
        return path.replace('\\', '/');
    }
}
