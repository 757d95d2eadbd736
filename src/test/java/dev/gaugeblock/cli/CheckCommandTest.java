package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {
    private static final Path VECTORS = Path.of("spec", "vectors");
    private static final String TINY =
            VECTORS.resolve("s01_tiny16_orders.jsonl.gz").toString();
    private static final String MISUSE = VECTORS.resolve("s29_misuse.jsonl.gz").toString();
    private static final String XFS =
            VECTORS.resolve("s45_xfs_scripted.jsonl.gz").toString();

    private static final String XFS_FLAGS =
            VECTORS.resolve("s42_xfs_flags.jsonl.gz").toString();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void shouldAcceptWhatTheOriginalAnswered() {
        assertEquals(0, run("--exact", TINY, MISUSE));
        assertEquals(
                "HOLDS         " + TINY + ": 95 events, 205 answers\n"
                        + "HOLDS         " + MISUSE + ": 92 events, 189 answers\n"
                        + "2 files: 2 hold, 0 violated, 0 inconclusive, 0 unreadable; "
                        + "187 events and 394 answers compared\n",
                output());
        assertTrue(err.toString().matches("checked in \\d+\\.\\d s\\R"), err.toString());
    }

    @Test
    void shouldShowTheFirstWrongAnswerAndTheMemoryAroundIt() throws IOException {
        Path file = wrong("wrong.jsonl");
        assertEquals(1, run("--exact", file.toString()));
        assertEquals(
                "VIOLATED      " + file + ":4: event 2: r: the file has 1, the reference 0 "
                        + "(before it 2 events, 0 answers right; after it 1 line not judged)\n"
                        + "    {\"i\":2,\"op\":\"alloc\",\"cpu\":0,\"gfp\":0,\"order\":0,\"task\":0}\n"
                        + "    In the reference, the memory is now:\n"
                        + "    DMA per-cpu:\n"
                        + "    cpu 0 hot: low 2, high 6, batch 1 used:0\n"
                        + "    cpu 0 cold: low 0, high 2, batch 1 used:0\n"
                        + "    DMA free:12kB min:0kB low:0kB high:0kB present:16kB "
                        + "pages_scanned:0 all_unreclaimable? no\n"
                        + "    lowmem_reserve[]: 0 0 0\n"
                        + "    DMA: 1*4kB 1*8kB 0*16kB 0*32kB 0*64kB "
                        + "0*128kB 0*256kB 0*512kB 0*1024kB 0*2048kB 0*4096kB = 12kB\n"
                        + "    Node 0, zone      DMA      1      1      0      0      0      0"
                        + "      0      0      0      0      0 \n"
                        + "    DMA order 0: 1\n"
                        + "    DMA order 1: 2\n"
                        + "1 file: 0 hold, 1 violated, 0 inconclusive, 0 unreadable; 2 events and 0 answers compared\n",
                output());
    }

    @Test
    void shouldRankTheVerdicts() throws IOException {
        String wrong = wrong("wrong.jsonl").toString();
        String unknown = unknownOperation().toString();
        String broken = Files.writeString(folder.resolve("broken.jsonl"), "{\n").toString();
        String missing = folder.resolve("missing").toString();
        assertEquals(4, run("--exact", TINY, unknown));
        assertEquals(3, run("--exact", unknown, broken));
        assertEquals(3, run("--exact", TINY, missing));
        assertEquals(1, run("--exact", unknown, broken, wrong, TINY));
    }

    @Test
    void shouldLookIntoFolders() throws IOException {
        assertEquals(4, run("--exact", folder.toString()));
        assertTrue(output().contains("nothing to check: no .jsonl or .jsonl.gz file in this folder"), output());
        out.getBuffer().setLength(0);

        Path below = Files.createDirectories(folder.resolve("b").resolve("c"));
        Files.copy(Path.of(TINY), below.resolve("x.jsonl.gz"));
        Files.copy(Path.of(TINY), folder.resolve("a.jsonl.gz"));
        Files.writeString(folder.resolve("README.md"), "not a file of events");
        assertEquals(0, run("--exact", folder.toString()));
        assertTrue(output().matches(
                        "(?s)HOLDS +\\S+a.jsonl.gz: [^\n]+\nHOLDS +\\S+x.jsonl.gz: [^\n]+\n2 files: 2 hold.*"));

        Files.writeString(folder.resolve("empty.jsonl"), "");
        assertEquals(4, run("--exact", folder.toString()));
    }

    @Test
    void shouldShrinkWhatIsWrong() throws IOException {
        String doubled = Files.readString(wrong("wrong.jsonl"))
                .replace(
                        "{\"i\":3,\"op\":\"digest\",\"d\":\"\"}",
                        "{\"i\":3,\"op\":\"alloc\",\"cpu\":0,\"gfp\":0,\"order\":1,\"task\":0,\"r\":0}\n"
                                + "{\"i\":4,\"op\":\"digest\",\"d\":\"\"}");
        Path file = Files.writeString(folder.resolve("doubled.jsonl"), doubled);
        Path beside = folder.resolve("doubled-shrunk.jsonl");
        assertEquals(1, run("--shrink", file.toString()));
        assertTrue(output().contains("    shrunk to the lines that matter: " + beside + "\n"), output());
        assertEquals(5, Files.readAllLines(beside).size());
        assertEquals(1, run(beside.toString()));
        assertEquals(1, run("--shrink", file.toString()));
        assertTrue(output().contains("doubled-shrunk-2.jsonl"), output());
        Path mine = folder.resolve("mine.jsonl");
        assertEquals(1, run("--shrink", "--out", mine.toString(), file.toString()));
        assertEquals(Files.readString(beside), Files.readString(mine));

        assertEquals(2, run("--shrink", "--out", mine.toString(), file.toString()));
        assertEquals(2, run("--shrink", "--exact", TINY));
        assertEquals(2, run("--shrink", "-"));
        assertEquals(2, run("--out", folder.resolve("a").toString(), TINY));
        assertEquals(2, run("--shrink", "--out", folder.resolve("a").toString(), TINY, MISUSE));
        assertEquals(0, run("--shrink", "--out", folder.resolve("a").toString(), TINY));
        assertTrue(Files.notExists(folder.resolve("a")));
    }

    @Test
    void shouldJudgeByTheContractUnlessToldOtherwise() {
        assertEquals(0, run(TINY));
        assertEquals(
                "HOLDS         " + TINY + ": 92 events, 162 answers; not judged: 1 consts\n"
                        + "1 file: 1 hold, 0 violated, 0 inconclusive, 0 unreadable; 92 events and 162 answers compared\n",
                output());
        assertEquals(2, run("--exact", "--resource-oblivious", TINY));
        assertTrue(err.toString().contains("exclude each other"), err.toString());
        assertEquals(2, run("--exact"));
    }

    @Test
    void shouldShowTheBrokenRuleAndTheBlocks() throws IOException {
        String doubled = Files.readString(wrong("wrong.jsonl"))
                .replace(
                        "{\"i\":3,\"op\":\"digest\",\"d\":\"\"}",
                        "{\"i\":3,\"op\":\"alloc\",\"cpu\":0,\"gfp\":0,\"order\":1,\"task\":0,\"r\":0}");
        Path file = Files.writeString(folder.resolve("doubled.jsonl"), doubled);
        assertEquals(1, run("--first", file.toString()));
        assertEquals(
                "VIOLATED      " + file + ":5: event 3: alloc-disjoint: frames 0..1 were handed out; "
                        + "live: frame 1 (owned since line 4) "
                        + "(before it 1 event, 2 answers right; after it 0 lines not judged)\n"
                        + "    {\"i\":3,\"op\":\"alloc\",\"cpu\":0,\"gfp\":0,\"order\":1,\"task\":0,\"r\":0}\n"
                        + "    rule alloc-disjoint: An allocated block shares no frame with a live block.\n"
                        + "1 file: 0 hold, 1 violated, 0 inconclusive, 0 unreadable; 1 event and 2 answers compared\n",
                output());
    }

    @Test
    void shouldGoOnBehindABreachUnlessToldOtherwise() throws IOException {
        String alloc = "{\"i\":N,\"op\":\"alloc\",\"cpu\":0,\"gfp\":0,\"order\":0,\"task\":0,\"r\":R}\n";
        String wrong = Files.readString(wrong("wrong.jsonl"))
                .replace(
                        "{\"i\":3,\"op\":\"digest\",\"d\":\"\"}\n",
                        alloc.replace("N", "3").replace("R", "1")
                                + "{\"i\":4,\"op\":\"free\",\"cpu\":0,\"pfn\":1,\"order\":0}\n"
                                + "{\"i\":5,\"op\":\"free\",\"cpu\":0,\"pfn\":1,\"order\":0}\n"
                                + alloc.replace("N", "6").replace("R", "9"));
        Path file = Files.writeString(folder.resolve("wrong.jsonl"), wrong);
        assertEquals(1, run(file.toString()));
        assertEquals(
                "VIOLATED      " + file + ":5: event 3: alloc-disjoint: frame 1 was handed out; "
                        + "live: frame 1 (owned since line 4) (2 events, 3 answers right)\n"
                        + "    {\"i\":3,\"op\":\"alloc\",\"cpu\":0,\"gfp\":0,\"order\":0,\"task\":0,\"r\":1}\n"
                        + "    rule alloc-disjoint: An allocated block shares no frame with a live block.\n"
                        + "      from it follows 1 more event that would be wrong:\n"
                        + "        line 7: free-live: a free of frame 1 went through, but frame 1 is not part of a live block\n"
                        + "    line 8: event 6: alloc-inside: frame 9 is in no zone\n"
                        + "    {\"i\":6,\"op\":\"alloc\",\"cpu\":0,\"gfp\":0,\"order\":0,\"task\":0,\"r\":9}\n"
                        + "    rule alloc-inside: An allocated block lies inside one zone.\n"
                        + "1 file: 0 hold, 1 violated, 0 inconclusive, 0 unreadable; 2 events and 3 answers compared\n",
                output());
        assertEquals(2, run("--exact", "--first", TINY));
        assertTrue(err.toString().contains("leave --first out"), err.toString());
    }

    /** The contract says nothing of them, so without --exact nothing is judged; that is no pass. */
    @Test
    void shouldJudgePageBuffersExactlyOrNotAtAll() {
        assertEquals(0, run("--exact", XFS, XFS_FLAGS));
        assertEquals(
                "HOLDS         " + XFS + ": 4044 events, 34461 answers\n"
                        + "HOLDS         " + XFS_FLAGS + ": 28 events, 73 answers\n"
                        + "2 files: 2 hold, 0 violated, 0 inconclusive, 0 unreadable; "
                        + "4072 events and 34534 answers compared\n",
                output());
        out.getBuffer().setLength(0);
        assertEquals(4, run(XFS));
        assertEquals(
                "INCONCLUSIVE  " + XFS
                        + ": the header's binary is \"peer-xfs\": the contract says nothing of page buffers, "
                        + "only --exact judges them (before it 0 events, 0 answers right; after it 4044 lines not judged)\n"
                        + "1 file: 0 hold, 0 violated, 1 inconclusive, 0 unreadable; 0 events and 0 answers compared\n",
                output());
    }

    private Path unknownOperation() throws IOException {
        String text = Files.readString(wrong("unknown.jsonl")).replace("digest", "guess");
        return Files.writeString(folder.resolve("unknown.jsonl"), text.replace("\"r\":1", "\"r\":0"));
    }

    private Path wrong(String name) throws IOException {
        String text = "{'header':1,'scenario':'s','desc':'d','binary':'b','last_pkmap':4,'hugetlb':false,"
                + "'debug_highmem':false,'pae_window':false,'source':'test','config':{}}\n"
                + "{'i':0,'op':'zones','sizes':[4,0,0],'node_start':0}\n"
                + "{'i':1,'op':'bootq','mode':'blocks'}\n"
                + "{'i':2,'op':'alloc','cpu':0,'gfp':0,'order':0,'task':0,'r':1,'pf':0,'fp':[3,0,0]}\n"
                + "{'i':3,'op':'digest','d':''}\n";
        return Files.writeString(folder.resolve(name), text.replace('\'', '"'));
    }

    private String output() {
        return out.toString().replace(System.lineSeparator(), "\n");
    }

    private int run(String... args) {
        return Main.run(new CommandLine(new CheckCommand()), new PrintWriter(out), new PrintWriter(err), args);
    }
}
