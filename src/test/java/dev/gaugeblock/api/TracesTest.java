package dev.gaugeblock.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.api.TraceVerdict.Ruling;
import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.oracle.ContractCheck;
import dev.gaugeblock.oracle.FileVerdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Traces from anywhere, by name, each to a verdict that is flat. */
class TracesTest {
    private static final Path RIGHT = Path.of("spec/vectors/s01_tiny16_orders.jsonl.gz");

    private static final String WRONG =
            """
            {"header":1,"scenario":"s","desc":"","binary":"b","last_pkmap":0,"hugetlb":false,"debug_highmem":false,\
            "pae_window":false,"source":"s","config":{}}
            {"i":0,"op":"zones","sizes":[0,16,0],"node_start":0}
            {"i":1,"op":"bootq","mode":"blocks"}
            {"i":2,"op":"alloc","cpu":0,"gfp":208,"order":0,"task":0,"r":3}
            {"i":3,"op":"alloc","cpu":0,"gfp":208,"order":0,"task":0,"r":3}
            """;

    private static final Duration SHORT = Duration.ofMillis(700);

    private static Callable<InputStream> of(String text) {
        return () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes of a trace of which the end never comes. */
    private static InputStream endless() throws IOException {
        return new SequenceInputStream(new ByteArrayInputStream("{".getBytes(StandardCharsets.UTF_8)), pipe());
    }

    /** Nobody writes into these; as long as they are known, nobody ends them either. */
    private static final List<PipedOutputStream> OPEN = new ArrayList<>();

    private static InputStream pipe() throws IOException {
        PipedOutputStream end = new PipedOutputStream();
        OPEN.add(end);
        return new PipedInputStream(end);
    }

    @Test
    void shouldSayTheSameAsACheckHereAndInAJvmOfItsOwn() throws Exception {
        FileVerdict check = ContractCheck.check(RIGHT, Contract.Failures.RESOURCE_AWARE, false);
        for (Judging judging : List.of(
                Judging.byContract(),
                Judging.byContract().within(Duration.ofMinutes(5)),
                Judging.byContract().inItsOwnJvm("256m"))) {
            TraceVerdict verdict = judging.trace(RIGHT.toString(), () -> Files.newInputStream(RIGHT));
            assertEquals(
                    new TraceVerdict(
                            RIGHT.toString(),
                            Ruling.HOLDS,
                            "",
                            0,
                            -1,
                            "",
                            check.events(),
                            check.answers(),
                            verdict.version()),
                    verdict);
            TraceVerdict wrong = judging.trace("bucket/Größe", of(WRONG));
            assertEquals(Ruling.VIOLATED, wrong.ruling(), wrong.reason());
            assertEquals("alloc-disjoint", wrong.rule());
            assertEquals(5, wrong.line());
            assertEquals(3, wrong.event());
            assertTrue(wrong.reason().startsWith("bucket/Größe:5: event 3: "), wrong.reason());
            assertEquals(wrong, copyOf(wrong), "it can be sent");
        }
    }

    @Test
    void shouldHoldTracesAgainstTheReferenceAndTheKernelsRules() throws Exception {
        assertEquals(Ruling.HOLDS, Judging.byReference().trace(RIGHT).ruling());
        String other = unpacked(RIGHT).replaceFirst("(\"op\":\"alloc\".*\"r\":)[0-9]+", "$115");
        TraceVerdict exact = Judging.byReference().trace("other", of(other));
        assertEquals("reference-answer", exact.rule(), exact.reason());
        assertTrue(exact.reason().startsWith("other:" + exact.line() + ": event " + exact.event()), exact.reason());
        Path kernel = Path.of("src/test/resources/kernel/traces/amd64-6.1-small/trace.txt.gz");
        TraceVerdict judged = Judging.byKernelProfile().trace(kernel);
        assertEquals(Ruling.HOLDS, judged.ruling(), judged.reason());
        assertTrue(judged.events() > 1000, judged::toString);
        assertThrows(
                IllegalStateException.class, () -> Judging.byKernelProfile().judge(kernel));
    }

    private static String unpacked(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldLetAllocationsFailAtWillIfAsked() {
        String failed = WRONG.substring(0, WRONG.lastIndexOf("{\"i\":3"))
                + "{\"i\":3,\"op\":\"alloc\",\"cpu\":0,\"gfp\":208,\"order\":0,\"task\":0,\"r\":null}\n";
        assertEquals(
                Ruling.VIOLATED, Judging.byContract().trace("t", of(failed)).ruling());
        assertEquals(
                Ruling.HOLDS,
                Judging.byContract().failuresAtWill().trace("t", of(failed)).ruling());
    }

    @Test
    void shouldBeBrokenByABoundThatWasSetAndNotSayAnythingOfTheTrace() {
        TraceVerdict verdict = Judging.byContract().longestLine(100).trace("t", of(WRONG));
        assertEquals(Ruling.BROKEN, verdict.ruling());
        assertEquals("t:1: a line of more than 100 bytes", verdict.reason());
        assertEquals(1, verdict.line());
        assertThrows(IllegalArgumentException.class, () -> Judging.byContract().longestLine(0));
        assertThrows(IllegalArgumentException.class, () -> Judging.byContract().within(Duration.ZERO));
    }

    @Test
    void shouldGiveUpWhatNeverEnds() {
        for (Judging judging : List.of(
                Judging.byContract().within(SHORT),
                Judging.byContract().within(SHORT).inItsOwnJvm("64m"))) {
            TraceVerdict verdict = judging.trace("t", TracesTest::endless);
            assertEquals(Ruling.BROKEN, verdict.ruling());
            assertEquals("t: it was not judged within 0.7 s, and was given up", verdict.reason());
            TraceVerdict unopened = judging.trace("t", () -> {
                Thread.sleep(Duration.ofDays(1).toMillis());
                return InputStream.nullInputStream();
            });
            assertEquals(verdict, unopened, "opening it counts");
        }
    }

    @Test
    void shouldNameWhatCannotBeOpenedOrRead() {
        Callable<InputStream> lost = () -> {
            throw new IOException("the store is gone");
        };
        Callable<InputStream> cut = () -> new SequenceInputStream(of(WRONG).call(), failing());
        for (Judging judging :
                List.of(Judging.byContract(), Judging.byContract().inItsOwnJvm("64m"))) {
            TraceVerdict unopened = judging.trace("t", lost);
            assertEquals(Ruling.UNREADABLE, unopened.ruling());
            assertEquals("t: the store is gone", unopened.reason());
            TraceVerdict unread = judging.trace("t", cut);
            assertEquals(Ruling.UNREADABLE, unread.ruling(), "what is cut off must not be taken for shorter");
            assertTrue(unread.reason().contains("the store is gone"), unread.reason());
        }
    }

    private static InputStream failing() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the store is gone");
            }
        };
    }

    @Test
    void shouldEndWithTheTraceAloneWhatEndsItsJvm() {
        Judging small = Judging.byContract().inItsOwnJvm("16m");
        TraceVerdict full = small.trace("t", of(" ".repeat(30 << 20)));
        assertEquals(Ruling.BROKEN, full.ruling());
        assertTrue(full.reason().contains("does not fit the heap of"), full.reason());
        TraceVerdict none = Judging.byContract().inItsOwnJvm("none").trace("t", of(WRONG));
        assertEquals(Ruling.BROKEN, none.ruling());
        assertTrue(none.reason().startsWith("t: the JVM of its own ended with 1: "), none.reason());
    }

    private static Object copyOf(Object value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
