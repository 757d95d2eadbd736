package dev.gaugeblock.defects;

import dev.gaugeblock.explore.litmus.Shipped;
import dev.gaugeblock.oracle.ExactCheck;
import dev.gaugeblock.oracle.FileVerdict;
import dev.gaugeblock.oracle.Ruling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The exact check of the vectors with a defect in the allocator. */
public final class CheckProbe implements Probe {
    private static final String FOLDER = "vectors";
    private static final String ENDING = ".jsonl.gz";

    @Override
    public List<String> subjects() throws IOException {
        try (Shipped program = Shipped.open();
                Stream<Path> files = Files.list(program.folder(FOLDER))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public Trial run(String subject, String again) throws IOException {
        try (Shipped program = Shipped.open()) {
            Path file = program.folder(FOLDER).resolve(subject + ENDING);
            if (!Files.exists(file)) {
                throw new IllegalArgumentException("there are no vectors " + subject);
            }
            return check(subject, file);
        }
    }

    /** With a defect in it, the reference may fail where the original answered. */
    private static Trial check(String subject, Path file) {
        try {
            return trial(subject, ExactCheck.check(file));
        } catch (RuntimeException | AssertionError thrown) {
            String text = subject + ": " + thrown + System.lineSeparator();
            return new Trial(Trial.Result.FOUND, subject, thrown.getClass().getSimpleName(), text);
        }
    }

    private static Trial trial(String subject, FileVerdict verdict) {
        if (verdict.ruling() == Ruling.HOLDS) {
            return new Trial(Trial.Result.SURVIVED, subject, "", "");
        }
        String reason = subject + verdict.reason().substring(verdict.file().length());
        if (verdict.ruling() != Ruling.VIOLATED) {
            return new Trial(Trial.Result.NOT_JUDGED, subject, "", reason);
        }
        String field = verdict.divergence().orElseThrow().field();
        String text = reason + System.lineSeparator() + "    "
                + verdict.divergence().orElseThrow().operation() + System.lineSeparator();
        return new Trial(Trial.Result.FOUND, subject, field, text);
    }
}
