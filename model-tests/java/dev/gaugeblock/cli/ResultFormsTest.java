package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gaugeblock.oracle.DrivenReference;
import dev.gaugeblock.oracle.trace.JsonReader;
import dev.gaugeblock.report.ResultSchemas;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each command prints in each form: that it validates, and that all forms say the same. */
class ResultFormsTest {
    private static final String LOGS = "src/test/resources/kernel/logs/";
    private static final String HEADER =
            "{\"header\":1,\"scenario\":\"mine\",\"desc\":\"mine\",\"binary\":\"mine\",\"last_pkmap\":0,\"hugetlb\":false,"
                    + "\"debug_highmem\":false,\"pae_window\":false,\"source\":\"mine\",\"config\":{}}\n";
    private static final String ZONES = "{\"i\":0,\"op\":\"zones\",\"sizes\":[0,1024,0],\"node_start\":0}\n";
    private static final String BOOT = "{\"i\":1,\"op\":\"bootq\",\"mode\":\"blocks\"}\n";
    private static final String TAKEN =
            "{\"i\":2,\"op\":\"alloc\",\"cpu\":0,\"gfp\":208,\"order\":1,\"task\":0,\"r\":0}\n";
    private static final String AGAIN =
            "{\"i\":3,\"op\":\"alloc\",\"cpu\":0,\"gfp\":208,\"order\":0,\"task\":0,\"r\":1}\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    // --- each command, with each verdict that it can come to ---

    @Test
    void shouldSayTheSameOfLitmusTestsInAllForms() throws Exception {
        List<String> judged = List.of(
                litmus("holds", ""),
                litmus("unexpected", "outcomes 7\n"),
                litmus("never", "never p == NULL\n"),
                deadlock(),
                write("broken.litmus", "litmus broken\n\u0001 \ud800\n"),
                write("empty.litmus", ""));
        agree(1, "explore", judged);
        assertEquals(
                List.of("unreadable", "inconclusive", "holds", "unexpected", "unexpected", "violated"), verdicts());

        agree(4, "explore", List.of("--reduction", "none", "--budget", "1", litmus("holds", "")));
        assertEquals(List.of("bounded"), verdicts());
        agree(4, "explore", List.of("--engine", "stress", "--repetitions", "2", litmus("holds", "")));
        agree(1, "explore", List.of("--replay", "0,1", deadlock()));
        agree(0, "explore", List.of("--replay", "0x4,1x6", "model-tests/litmus/exhaustion.litmus"));
        agree(4, "explore", List.of("--replay", "1x90", litmus("holds", "")));
        agree(
                4,
                "explore",
                List.of(Files.createDirectory(folder.resolve("none")).toString()));
    }

    @Test
    void shouldSayTheSameOfFilesOfEventsInAllForms() throws Exception {
        List<String> judged = List.of(
                write("wrong.jsonl", HEADER + ZONES + BOOT + TAKEN + AGAIN),
                write("right.jsonl", HEADER + ZONES + BOOT + TAKEN),
                write("strange.jsonl", HEADER + ZONES + BOOT + "{\"i\":2,\"op\":\"dance\"}\n"),
                write("bad.jsonl", HEADER + "{\"i\":\n"));
        agree(1, "check", judged);
        assertEquals(List.of("violated", "holds", "inconclusive", "unreadable"), verdicts());
        try (InputStream vectors =
                new GZIPInputStream(Files.newInputStream(Path.of("spec/vectors/s02_tiny16_buddy_direct.jsonl.gz")))) {
            String text = new String(vectors.readAllBytes(), StandardCharsets.UTF_8);
            agree(1, "check", List.of("--exact", write("other.jsonl", text.replaceFirst("\"r\":8,", "\"r\":4,"))));
        }
        assertTrue(out.toString().contains("\"rule\":{\"id\":\"reference-answer\""), out.toString());
    }

    @Test
    void shouldSayTheSameOfProgramsInAllForms() throws Exception {
        agree(1, "drive", List.of("--tries", "1", "--", "/bin/sh", "-c", "exit 3"));
        assertEquals(List.of("violated"), verdicts());
        Files.delete(Path.of("drive-1.jsonl"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path");
        List<String> reference = List.of("--", java, "-cp", classes, DrivenReference.class.getName());
        agree(0, "drive", and(List.of("--tries", "1"), reference));
        agree(4, "drive", and(List.of("--replay", write("idle.jsonl", HEADER + ZONES + BOOT)), reference));
        agree(3, "drive", List.of("--", folder.resolve("no-such-program").toString()));
        agree(3, "drive", List.of("--replay", write("bad.jsonl", HEADER + "{\"i\":\n"), "--", "/bin/true"));
    }

    @Test
    void shouldSayTheSameOfKernelLogsInAllForms() throws Exception {
        List<String> judged = List.of(
                LOGS + "a01-2.6.11rc2-oom-fileserver.txt",
                LOGS + "a08-2.6.2x-virtio-guest-order0.txt",
                LOGS + "a14-3.1-arm-modem-order3.txt",
                write("memcg", "Memory cgroup out of memory: Killed process 12 (app)\n"),
                write("none", "all is well\nlowmem_reserve[]: 0 0 0\n"));
        agree(1, "explain", judged);
        assertEquals(List.of("violated", "holds", "inconclusive", "not-judged", "unreadable"), verdicts());
        agree(4, "explain", List.of(write("memcg", "Memory cgroup out of memory: Killed process 12 (app)\n")));
    }

    @Test
    void shouldSayTheSameOfDefectsInAllForms() throws Exception {
        agree(0, "defects", List.of());
        agree(0, "defects", List.of("split-keeps-both-halves"));
        assertEquals(List.of("holds"), verdicts());
        assertTrue(out.toString().contains("\"interleaving\":{\"programs\":[\"cpu 0\""), out.toString());
    }

    @Test
    void shouldPrintTheCatalogueAsJson() {
        assertEquals(0, run("invariants", "--format", "json"));
        assertEquals(List.of(), ResultSchemas.problems("invariants", out.toString()));
        assertEquals(0, run("invariants", "--format", "json", "kmap-hand"));
        assertEquals(List.of(), ResultSchemas.problems("invariants", out.toString()));
        assertTrue(out.toString().contains("\"source\":{\"file\":\"src/main/java/dev/gaugeblock/highmem/"));
        assertEquals(2, run("invariants", "--format", "json", "no-such"));
    }

    /** The line that an invariant's document names is one of its method's. */
    @Test
    void shouldNameTheLineOfTheReference() throws IOException {
        run("invariants", "--format", "json", "kmap-hand");
        Matcher source =
                Pattern.compile("\"file\":\"([^\"]+)\",\"line\":(\\d+)").matcher(out.toString());
        assertTrue(source.find(), out.toString());
        List<String> lines = Files.readAllLines(Path.of(source.group(1)));
        int line = Integer.parseInt(source.group(2));
        String before = String.join("\n", lines.subList(Math.max(0, line - 12), line));
        assertTrue(before.contains("\"kmap-hand\""), before);
    }

    // --- what a document holds ---

    @Test
    void shouldTellTheCounterexampleStepByStep() throws Exception {
        assertEquals(1, run("explore", "--format", "json", deadlock()));
        String json = out.toString();
        assertTrue(json.contains("\"steps\":[{\"decision\":0,\"operation\":\"lock A\",\"line\":11,"), json);
        assertTrue(json.contains("\"rule\":{\"id\":\"deadlock\""), json);
        assertEquals("", err.toString(), "nothing but results on standard output, and no results elsewhere");
        assertEquals(1, json.lines().count());
    }

    @Test
    void shouldNameWhatTheSchemaForbids() throws IOException {
        run("explore", "--format", "json", litmus("holds", ""));
        String json = out.toString();
        List<String> wrong = List.of(
                json.replace("\"version\":1", "\"version\":2"),
                json.replace("\"verdict\":\"holds\"", "\"verdict\":\"fine\""),
                json.replace("\"schedules\":", "\"schedule\":"),
                json.replace("\"time_ms\":", "\"time\":"),
                json.replace("\"exit\":0", "\"exit\":9"),
                json.replace("\"command\":\"explore\"", "\"command\":\"check\""),
                json.replace("\"notes\":[]", "\"notes\":[],\"more\":1"),
                json.replaceAll("\"data\":\\{.*?\\}\\]\\}", "\"data\":{}"));
        assertEquals(List.of(), ResultSchemas.problems("explore", json));
        for (String each : wrong) {
            assertFalse(ResultSchemas.problems("explore", each).isEmpty(), each);
        }
    }

    @Test
    void shouldPrintWorkflowCommands() throws IOException {
        String file = deadlock();
        assertEquals(1, run("explore", "--format", "github", file, litmus("holds", "")));
        String first = out.toString().lines().findFirst().orElseThrow();
        String start = "::error file=" + file + ",line=16,title=VIOLATED lock-order::deadlock: CPU 0 waits";
        assertTrue(first.startsWith(start), first);
        assertTrue(first.contains("%0Ato see it again: gaugeblock explore "), first);
        assertTrue(out.toString().contains("\n2 litmus tests: 1 hold, 1 violated"), out.toString());
        assertEquals(3, run("explore", "--format", "github", write("a,b:c%.litmus", "no\nlitmus")));
        assertTrue(
                out.toString().startsWith("::error file=" + folder + "/a%2Cb%3Ac%25.litmus,line=1,"), out.toString());
    }

    @Test
    void shouldGiveXmlThatCanBeReadWhateverTheNames() throws Exception {
        String name = "x\u0001\u0085\"<&.litmus";
        assertEquals(3, run("explore", "--junit", at("x.xml"), write(name, "no")));
        String xml = Files.readString(folder.resolve("x.xml"));
        assertTrue(xml.contains("name=\"x\\u0001\\u0085&quot;&lt;&amp;.litmus\""), xml);
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("x.xml").toFile());
        assertTrue(xml.contains("<property name=\"gaugeblock.reduction\" value=\"dpor\"/>"), xml);
        assertTrue(xml.contains("<property name=\"gaugeblock.version\" value=\""), xml);
        assertTrue(xml.contains("<property name=\"gaugeblock.seed\" value=\"none\"/>"), xml);
    }

    // --- helpers ---

    private static List<String> and(List<String> options, List<String> program) {
        return Stream.concat(options.stream(), program.stream()).toList();
    }

    /** Runs a command, and holds the three documents against each other and against their schemas. */
    private void agree(int exitCode, String command, List<String> args) throws Exception {
        List<String> all =
                new ArrayList<>(List.of(command, "--format", "json", "--junit", at("x.xml"), "--sarif", at("x.sarif")));
        all.addAll(args);
        assertEquals(exitCode, run(all.toArray(new String[0])), () -> err.toString());
        String json = out.toString();
        assertEquals(List.of(), ResultSchemas.problems(command, json), json);
        assertTrue(json.contains("\"exit\":" + exitCode + ","), json);
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "this system has no env");
        Files.writeString(folder.resolve("x.json"), json);
        Process reader = new ProcessBuilder(
                        "/usr/bin/env",
                        "python3",
                        "src/test/resources/report/verdicts.py",
                        at("x.json"),
                        at("x.xml"),
                        at("x.sarif"))
                .redirectErrorStream(true)
                .start();
        String read = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int ended = reader.waitFor();
        assumeTrue(ended != 127, "this system has no python3");
        assertEquals(0, ended, read);
        assertEquals(3, read.lines().count(), read);
    }

    /** The verdicts of the document that was printed last. */
    private List<String> verdicts() throws TextFormatException {
        Map<String, Object> all = JsonReader.read(out.toString().strip(), new Position("out", 1));
        List<String> verdicts = new ArrayList<>();
        ((List<?>) all.get("cases")).forEach(each -> verdicts.add((String) ((Map<?, ?>) each).get("verdict")));
        return verdicts;
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(Main.commandLine(), new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private String write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private String litmus(String name, String expectations) throws IOException {
        return write(
                name + ".litmus",
                "litmus " + name + "\n\"Two requests for the last frame.\"\nmachine\n  cpus 2\n  zone DMA 1\ncpu 0\n"
                        + "  p = alloc ATOMIC 0\ncpu 1\n  q = alloc ATOMIC 0\n" + expectations);
    }

    private String deadlock() throws IOException {
        String text = Files.readString(Path.of("model-tests/litmus/lock-order.litmus"));
        return write("lock-order.litmus", text.replace("known-bad deadlock", ""));
    }
}
