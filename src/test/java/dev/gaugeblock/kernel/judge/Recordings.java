package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.kernel.snapshot.SnapshotFolder;
import dev.gaugeblock.text.TextFormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The recordings of the tests: what real kernels printed. */
final class Recordings {
    static final String AMD64 = "amd64-6.1-small";
    static final String I386 = "i386-6.1-small";
    static final String LOSSY = "amd64-6.1-lossy";

    private Recordings() {}

    static Path folder(String name) {
        return Path.of("src/test/resources/kernel/traces", name);
    }

    static Path trace(String name) {
        return folder(name).resolve("trace.txt.gz");
    }

    static List<String> lines(String name) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(trace(name))), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    static KmemVerdict alone(Path trace) {
        return KmemCheck.check(trace, new KmemCheck.Wanted(false, false, false, null, null, null));
    }

    /** A trace with the snapshots of a recording. */
    static KmemVerdict withSnapshots(Path trace, String name) throws IOException, TextFormatException {
        return KmemCheck.check(
                trace, new KmemCheck.Wanted(false, false, false, SnapshotFolder.read(folder(name)), null, null));
    }
}
