package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.report.ResultSchemas;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check --kernel}, from its options to its exit code. */
class KernelCheckTest {
    private static final String ALLOC =
            "  cp-17 [003] ..... 5: mm_page_alloc: page=01 pfn=0x10 order=0 migratetype=1 gfp_flags=GFP_KERNEL";

    private final StringWriter out = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void shouldEndAsTheVerdictSays() throws IOException {
        String right = trace("right.txt", ALLOC);
        String wrong = trace("wrong.txt", ALLOC, ALLOC.replace(" 5:", " 6:"));
        String lost = trace("lost.txt", ALLOC, "CPU:3 [LOST 5 EVENTS]");
        String foreign = trace("foreign.txt", "Page block order: 9");
        assertEquals(0, run("check", "--kernel", right));
        assertEquals(1, run("check", "--kernel", foreign, wrong));
        assertEquals(4, run("check", "--kernel", lost, right));
        assertEquals(3, run("check", "--kernel", foreign, lost));
        assertEquals(3, run("check", "--kernel", folder.toString()));
        assertEquals(3, run("check", "--kernel", "--snapshots", folder.toString(), right));
        assertEquals(2, run("check", "--kernel", "--exact", right));
        assertEquals(3, run("check", "--first", right), "no trace in JSON, which --first is for, too");
        assertEquals(2, run("check", "--first", "--exact", right));
        assertEquals(2, run("check", "--kernel", "--snapshots", folder.toString(), right, lost));
        assertEquals(2, run("check", "--kernel", "--kernel-version", "old", right));
    }

    @Test
    void shouldGoOnBehindABreachUnlessToldOtherwise() throws IOException {
        String wrong = trace(
                "wrong.txt",
                ALLOC,
                ALLOC.replace(" 5:", " 6:"),
                ALLOC.replace(" 5:", " 7:").replace("pfn=0x10 order=0", "pfn=0x40 order=11"),
                ALLOC.replace(" 5:", " 8:").replace("pfn=0x10", "pfn=0x20"),
                ALLOC.replace(" 5:", " 9:").replace("pfn=0x10", "pfn=0x20"));
        run("check", "--kernel", wrong);
        assertTrue(out.toString().contains("and 1 more of this rule, in lines 5"), out.toString());
        assertTrue(out.toString().contains("line 3: order 11 was granted, with frame 64"), out.toString());
        assertTrue(out.toString().contains("cp-17, CPU 3, at 6"), out.toString());
        out.getBuffer().setLength(0);
        run("check", "--kernel", "--first", "--anonymous", wrong);
        assertTrue(out.toString().contains("2 events of the allocator"), out.toString());
        assertTrue(!out.toString().contains("cp-17"), out.toString());
    }

    @Test
    void shouldPrintWhatTheSchemaSays() throws IOException {
        String wrong = trace("wrong.txt", ALLOC, ALLOC.replace(" 5:", " 6:"));
        run("check", "--kernel", "--format", "json", wrong);
        assertEquals(List.of(), ResultSchemas.problems("check#", out.toString()));
        out.getBuffer().setLength(0);
        String recording = "src/test/resources/kernel/traces/amd64-6.1-lossy";
        run("check", "--kernel", "--report", "--format", "json", "--snapshots", recording, recording + "/trace.txt.gz");
        assertEquals(List.of(), ResultSchemas.problems("check#", out.toString()));
        assertTrue(out.toString().contains("\"tied\":4"), out.toString());
    }

    @Test
    void shouldListADumpOfPageOwner() throws IOException {
        String eras = "src/test/resources/kernel/formats/b11-page_owner-eras.txt";
        assertEquals(4, run("check", "--kernel", eras));
        assertTrue(out.toString().contains("6 records, 4 of them with frames"), out.toString());
        assertTrue(out.toString().contains("order 0: 4819 blocks, by [0xc012b7b9] find_lock_page+25"), out.toString());
        assertTrue(out.toString().contains("order 0: 1 block, tool-162970"), out.toString());
        out.getBuffer().setLength(0);
        run("check", "--kernel", "--anonymous", "--format", "json", eras);
        assertEquals(List.of(), ResultSchemas.problems("check#", out.toString()));
        assertTrue(!out.toString().contains("tool-162970"), out.toString());
        assertEquals(3, run("check", "--kernel", trace("odd.txt", "Page allocated via order x")));
    }

    private String trace(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines)).toString();
    }

    private int run(String... arguments) {
        return Main.run(Main.commandLine(), new PrintWriter(out), new PrintWriter(new StringWriter()), arguments);
    }
}
