package dev.gaugeblock.junit;

import dev.gaugeblock.api.Judging;
import dev.gaugeblock.oracle.TraceFiles;
import dev.gaugeblock.text.FolderFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.opentest4j.AssertionFailedError;

/** The tests of {@link ContractTraces}. */
final class TraceFinder {
    private static final String TYPE = "trace";

    private TraceFinder() {}

    /** At least one for each name; {@code notes} gets what is passed over. */
    static void find(ContractTraces asked, Consumer<FoundTest> tests, Consumer<String> notes) {
        if (asked.value().length == 0) {
            tests.accept(refused("traces", "@ContractTraces names no file and no folder"));
        }
        for (String name : asked.value()) {
            Path path = Path.of(name);
            if (name.isEmpty()) {
                tests.accept(refused("traces", "a name in @ContractTraces is empty"));
            } else if (Files.isDirectory(path)) {
                folder(path, tests, notes);
            } else {
                tests.accept(file(path));
            }
        }
    }

    private static void folder(Path folder, Consumer<FoundTest> tests, Consumer<String> notes) {
        FolderFiles found = TraceFiles.in(folder);
        found.unreadable()
                .forEach(each -> tests.accept(
                        refused(each.path().toString(), "cannot read " + each.path() + ": " + each.why())));
        if (found.files().isEmpty() && found.unreadable().isEmpty()) {
            tests.accept(refused(folder.toString(), "nothing to check in " + folder + ": " + TraceFiles.NONE));
        }
        found.files().forEach(file -> tests.accept(file(file)));
        if (!found.passedOver().isEmpty()) {
            notes.accept(found.passedOver());
        }
    }

    private static FoundTest file(Path file) {
        return new FoundTest(TYPE, name(file.toString()), file, () -> judge(file));
    }

    private static void judge(Path file) {
        Judging.Judged judged = Judging.byContract().judge(file);
        if (!judged.isRight()) {
            throw new AssertionFailedError(judged.reason());
        }
    }

    private static FoundTest refused(String name, String why) {
        return new FoundTest(TYPE, name(name), null, TestAction.refusing(why));
    }

    /** The same on every system. */
    private static String name(String path) {
        return path.replace('\\', '/');
    }
}
