package dev.gaugeblock.kernel.judge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gaugeblock.kernel.snapshot.SnapshotFolder;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that records, before folders that play /sys and /proc. */
class RecordScriptTest {
    private static final int WORDS = 3000;

    @TempDir
    private Path folder;

    @Test
    void shouldRecordWhatIsJudged() throws IOException, InterruptedException, TextFormatException {
        Path tracefs = Files.createDirectories(folder.resolve("tracing"));
        Path proc = Files.createDirectories(folder.resolve("proc"));
        for (String file : List.of("trace", "trace_marker", "tracing_on", "current_tracer", "buffer_size_kb")) {
            Files.writeString(tracefs.resolve(file), "");
        }
        Files.writeString(tracefs.resolve("trace_clock"), "local [counter]\n");
        Path alloc = Files.createDirectories(tracefs.resolve("events/kmem/mm_page_alloc"));
        Files.writeString(alloc.resolve("enable"), "");
        Files.createDirectories(tracefs.resolve("per_cpu/cpu0"));
        Files.writeString(tracefs.resolve("per_cpu/cpu0/stats"), "overrun: 0\n");
        for (String file : List.of("zoneinfo", "buddyinfo", "vmstat")) {
            Files.copy(Recordings.folder(Recordings.I386).resolve("snap0." + file + ".txt"), proc.resolve(file));
        }
        Files.writeString(
                proc.resolve("iomem"),
                "00000000-00000fff : Reserved\n00001000-0009efff : System RAM\n  x : y\n00100000-00bb7fff : System RAM\n");
        ByteBuffer flags = ByteBuffer.allocate(8 * WORDS).order(ByteOrder.LITTLE_ENDIAN);
        for (int frame = 0; frame < WORDS; frame++) {
            flags.putLong(frame);
        }
        Files.write(proc.resolve("kpageflags"), flags.array());
        Path work = folder.resolve("work.sh");
        Files.writeString(
                work, "cat " + tracefs.resolve("trace_marker") + " > " + tracefs.resolve("trace") + "\nexit 7\n");

        Path out = folder.resolve("recorded");
        ProcessBuilder builder =
                new ProcessBuilder("sh", "docs/examples/kernel/record.sh", out.toString(), "sh", work.toString());
        builder.environment().put("TRACEFS", tracefs.toString());
        builder.environment().put("PROC", proc.toString());
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(7, process.waitFor(), said);

        assertEquals(
                List.of(
                        "SNAP 0 BEGIN",
                        "SNAP 0 KPF_BEGIN",
                        "SNAP 0 KPF_END",
                        "SNAP 0 END",
                        "SNAP 1 BEGIN",
                        "SNAP 1 KPF_BEGIN",
                        "SNAP 1 KPF_END",
                        "SNAP 1 END"),
                Files.readAllLines(tracefs.resolve("trace_marker")));
        assertEquals("0\n", Files.readString(alloc.resolve("enable")));
        SnapshotFolder read = SnapshotFolder.read(out);
        assertEquals(List.of(0, 1), read.numbers());
        assertArrayEquals(new long[] {1, 0x9f}, read.ranges().get(0));
        assertArrayEquals(new long[] {0x100, 0xbb8}, read.ranges().get(1));
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(out.resolve("snap1.kpageflags.bin.gz")))) {
            ByteBuffer words = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            assertEquals(8 * (0x9e + 0xab8), words.capacity());
            for (long[] range : read.ranges()) {
                for (long frame = range[0]; frame < range[1]; frame++) {
                    assertEquals(frame, words.getLong());
                }
            }
        }
        assertEquals("counter", read.clock());
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(out.resolve("trace.txt.gz")))) {
            assertEquals(
                    4,
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .count());
        }
    }
}
