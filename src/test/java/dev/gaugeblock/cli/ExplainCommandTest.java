package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.oracle.trace.JsonReader;
import dev.gaugeblock.report.ResultSchemas;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private static final Path LOGS = Path.of("src/test/resources/kernel/logs");
    private static final String NEEDLESS =
            LOGS.resolve("a01-2.6.11rc2-oom-fileserver.txt").toString();
    private static final String NECESSARY =
            LOGS.resolve("a08-2.6.2x-virtio-guest-order0.txt").toString();
    private static final String OPEN =
            LOGS.resolve("a14-3.1-arm-modem-order3.txt").toString();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder = Path.of("");

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of("explain"));
        all.addAll(List.of(args));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(
                Main.commandLine(), new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(new String[0]));
    }

    @Test
    void shouldSayWhyZoneByZone() {
        assertEquals(0, run(NECESSARY));
        String text = out.toString();
        assertTrue(text.contains("HAD TO: no zone that the request may use passes"), text);
        assertTrue(
                text.contains("997 free against min 6, less half, less a quarter: 3, and 994 of reserve:"
                        + " above the mark, but into the reserve, 1 page short"),
                text);
        assertTrue(text.contains("1 report: 1 had to"), text);
    }

    @Test
    void shouldEndWithTheWorst() throws IOException {
        Path memcg = write("memcg", "Memory cgroup out of memory: Killed process 12 (app)\n");
        Path none = write("none", "all is well\n");
        assertEquals(1, run(NEEDLESS));
        assertEquals(0, run(NECESSARY));
        assertEquals(4, run(OPEN));
        assertEquals(4, run(memcg.toString()));
        assertEquals(0, run(NECESSARY, memcg.toString()));
        assertEquals(3, run(none.toString()));
        assertTrue(err.toString().contains("there is no allocation failure and no OOM kill in it"), err.toString());
        assertEquals(3, run(folder.resolve("no-such-file").toString()));
        assertEquals(3, run(folder.toString()));
        assertEquals(4, run(NECESSARY, OPEN));
        assertEquals(3, run(NECESSARY, OPEN, none.toString()));
        assertEquals(1, run(NECESSARY, OPEN, none.toString(), NEEDLESS));
        assertEquals(2, run("--kernel-version", "newest", NECESSARY));
        assertTrue(err.toString().contains("not \"newest\""), err.toString());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void shouldKnowReportsThatAreNoneOfTheAllocator() throws IOException {
        String asked = "app invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n";
        Path cgroup = write("cgroup", asked + "memory: usage 10240kB, limit 10240kB, failcnt 11\n");
        assertEquals(4, run(cgroup.toString()));
        assertTrue(out.toString().contains("NO MATTER OF THE ALLOCATOR: a memory cgroup used up"), out.toString());
        Path byHand = write("byhand", asked.replace("order=0", "order=-1"));
        assertEquals(4, run(byHand.toString()));
        assertTrue(out.toString().contains("by hand"), out.toString());
    }

    /** A bar for each zone; the launcher says whether somebody watches. */
    @Test
    void shouldDrawBarsOnATerminal() {
        run(NECESSARY);
        assertFalse(out.toString().contains("free |"), out.toString());
        System.setProperty("gaugeblock.terminal", "true");
        try {
            run(NECESSARY);
        } finally {
            System.clearProperty("gaugeblock.terminal");
        }
        assertTrue(out.toString().contains("free |#"), out.toString());
        assertTrue(out.toString().contains("stay |mrrrr"), out.toString());
    }

    @Test
    void shouldLeaveNamesOut() throws IOException {
        Path log = write(
                "log",
                "secretd: page allocation failure. order:0, mode:0x20\nNormal free:12kBx min:20kB secret\n"
                        + "lowmem_reserve[]: 0 0 secret1 kernel: usb\nsecret3 min:3kB low:4kB\n"
                        + "<4>secret4 lowmem_reserve[: 0 0 0\n");
        run(log.toString());
        assertTrue(out.toString().contains("secretd"), out.toString());
        Path junit = folder.resolve("results.xml");
        Path sarif = folder.resolve("results.sarif");
        for (String format : List.of("text", "json")) {
            run(
                    "--anonymous",
                    "--format",
                    format,
                    "--junit",
                    junit.toString(),
                    "--sarif",
                    sarif.toString(),
                    log.toString());
            String all = out.toString() + err + Files.readString(junit) + Files.readString(sarif);
            assertFalse(all.contains("secret"), all);
        }
    }

    @Test
    void shouldPrintJsonInTheFormOfTheSchema() throws IOException, TextFormatException {
        List<String> args = new ArrayList<>(List.of("--format", "json"));
        try (Stream<Path> files = Files.list(LOGS)) {
            files.sorted().map(Path::toString).forEach(args::add);
        }
        args.add(write("stray", "lowmem_reserve[]: 0 0 0\n").toString());
        assertEquals(1, run(args.toArray(new String[0])));
        assertEquals(List.of(), ResultSchemas.problems("explain", out.toString()));
        Map<String, Object> printed = JsonReader.read(out.toString().strip(), new Position("json", 1));
        assertEquals(25, ((List<?>) printed.get("cases")).size(), "24 reports, and the file without one");
        assertEquals(1, ((List<?>) printed.get("notes")).size());
        String wrong = out.toString().replace("\"answer\":\"had-to\"", "\"answer\":\"had to\"");
        assertFalse(ResultSchemas.problems("explain", wrong).isEmpty());
    }

    /** Lines that were written over one another are named, and nothing follows from them. */
    @Test
    void shouldNameWhatCannotBeRead() throws IOException {
        Path log = write(
                "log",
                "cp: page allocation failure. order:0, mode:0xd0\n"
                        + "Normal free:1[ 2.5] usb 1-1kB min:20kB low:24kB high:28kB present:901120kB\n"
                        + "lowmem_reserve[]: 0 0 0\n");
        assertEquals(4, run(log.toString()));
        String text = out.toString();
        assertTrue(text.contains("note: line 2 looks like part of the report and cannot be read: free is not"), text);
    }
}
