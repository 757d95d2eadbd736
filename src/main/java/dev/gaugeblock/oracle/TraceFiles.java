package dev.gaugeblock.oracle;

import dev.gaugeblock.text.FolderFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Finds the files of events in folders, and checks them one after the other. */
public final class TraceFiles {
    private static final List<String> ENDINGS = List.of(".jsonl", ".jsonl.gz");

    /** What to say of a folder without any. */
    public static final String NONE = "no .jsonl or .jsonl.gz file in this folder or below";

    private TraceFiles() {}

    /** The files of events in a folder and below, and what else is there. */
    public static FolderFiles in(Path folder) {
        return FolderFiles.in(folder, ENDINGS);
    }

    /**
     * Checks a file, whatever its name, or every {@code .jsonl} and {@code .jsonl.gz} file in a folder and below, by
     * name.
     *
     * @param judge checks one file
     * @param verdicts gets at least one verdict, each as soon as it is known
     * @param notes gets to know what else the folder holds
     */
    public static void check(
            Path path, Function<Path, FileVerdict> judge, Consumer<FileVerdict> verdicts, Consumer<String> notes) {
        if (!Files.isDirectory(path)) {
            verdicts.accept(judge.apply(path));
            return;
        }
        FolderFiles found = in(path);
        found.unreadable()
                .forEach(each ->
                        verdicts.accept(FileVerdict.unreadable(each.path().toString(), each.why())));
        if (found.files().isEmpty() && found.unreadable().isEmpty()) {
            verdicts.accept(FileVerdict.nothingToCheck(path.toString(), NONE));
        }
        found.files().forEach(file -> verdicts.accept(judge.apply(file)));
        if (!found.passedOver().isEmpty()) {
            notes.accept(found.passedOver());
        }
    }
}
