package dev.gaugeblock.oracle;

import dev.gaugeblock.text.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds the files of events in folders, and checks them one after the other. */
public final class TraceFiles {
    private TraceFiles() {}

    /**
     * Checks a file, whatever its name, or every {@code .jsonl} and {@code .jsonl.gz} file in a folder and below, by
     * name.
     *
     * @param judge checks one file
     * @param verdicts gets at least one verdict, each as soon as it is known
     */
    public static void check(Path path, Function<Path, FileVerdict> judge, Consumer<FileVerdict> verdicts) {
        if (!Files.isDirectory(path)) {
            verdicts.accept(judge.apply(path));
            return;
        }
        List<Path> files;
        try (Stream<Path> found = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
            files = found.filter(TraceFiles::isTrace).sorted().toList();
        } catch (UncheckedIOException e) {
            verdicts.accept(FileVerdict.unreadable(path.toString(), Reason.of(e.getCause())));
            return;
        } catch (IOException e) {
            verdicts.accept(FileVerdict.unreadable(path.toString(), Reason.of(e)));
            return;
        }
        if (files.isEmpty()) {
            verdicts.accept(
                    FileVerdict.nothingToCheck(path.toString(), "no .jsonl or .jsonl.gz file in this folder or below"));
        }
        files.forEach(file -> verdicts.accept(judge.apply(file)));
    }

    private static boolean isTrace(Path path) {
        String name = String.valueOf(path.getFileName());
        return (name.endsWith(".jsonl") || name.endsWith(".jsonl.gz")) && !Files.isDirectory(path);
    }
}
