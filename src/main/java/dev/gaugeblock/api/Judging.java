package dev.gaugeblock.api;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.oracle.ContractCheck;
import dev.gaugeblock.oracle.ExactCheck;
import dev.gaugeblock.oracle.FileVerdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Judges what an allocator was asked and answered: events in the form of {@code spec/events.md}, a line each. */
public final class Judging {
    private final boolean isExact;

    private Judging(boolean isExact) {
        this.isExact = isExact;
    }

    /** Against what any correct allocator keeps to. */
    public static Judging byContract() {
        return new Judging(false);
    }

    /** Against the reference's own answers, frame by frame. */
    public static Judging byReference() {
        return new Judging(true);
    }

    /**
     * What came of it.
     *
     * @param isRight whether every answer was as it must be, and there was at least one
     * @param reason why not, in a sentence with file and line; otherwise empty
     * @param broken ids of the broken rules, the first one first; empty also if answers differ from the reference's
     * @param events how many were judged and found right
     */
    public record Judged(boolean isRight, String reason, List<String> broken, long events) {}

    /** Judges a file; whatever is wrong with it, or with reading it, is in the result. */
    public Judged judge(Path file) {
        FileVerdict verdict =
                isExact ? ExactCheck.check(file) : ContractCheck.check(file, Contract.Failures.RESOURCE_AWARE, false);
        return new Judged(
                verdict.reason().isEmpty(),
                verdict.reason(),
                verdict.findings().stream().map(group -> group.first().rule()).toList(),
                verdict.events());
    }

    /**
     * Judges a stream, to its end.
     *
     * @throws IOException if it cannot be read
     */
    public Judged judge(InputStream events) throws IOException {
        Path copy = Files.createTempFile("gaugeblock-events", ".jsonl");
        try {
            Files.copy(events, copy, StandardCopyOption.REPLACE_EXISTING);
            return judge(copy);
        } finally {
            Files.delete(copy);
        }
    }

    /**
     * Judges events that are at hand, each a line of JSON, the header first.
     *
     * @throws IOException if there is no place to write them to
     */
    public Judged judge(List<String> events) throws IOException {
        String lines = String.join("\n", events) + "\n";
        return judge(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    }
}
