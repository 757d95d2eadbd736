package dev.gaugeblock.kernel.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.kernel.snapshot.PageOwnerDump;
import dev.gaugeblock.kernel.snapshot.SnapshotFolder;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dump of page_owner says who has what before the trace begins. */
class HeldBeforeTest {
    private static final String DUMP =
            """
            Page allocated via order 1, mask 0xcc0(GFP_KERNEL), pid 98, tgid 98 (app), ts 7 ns
            PFN 0x40 type Unmovable Block 0 type Unmovable Flags 0x0
             alloc_pages+0x1/0x2

            Page allocated via order 4, mask 0xcc0(GFP_KERNEL), pid 99, tgid 99 (other), ts 8 ns
            PFN 0x50 type Unmovable Block 0 type Unmovable Flags 0x0
             read_file+0x1/0x2

            Page allocated via order 0, mask 0xcc0(GFP_KERNEL), pid 99, tgid 99 (other), ts 9 ns
            PFN 0x41 type Unmovable Block 0 type Unmovable Flags 0x0

            """;

    @TempDir
    private Path folder;

    private KmemVerdict check(boolean anonymous, @Nullable SnapshotFolder snapshots, String... lines)
            throws IOException, TextFormatException {
        Path dump = Files.writeString(folder.resolve("page_owner.txt"), DUMP);
        Path trace = Files.write(folder.resolve("trace.txt"), List.of(lines));
        return KmemCheck.check(
                trace, new KmemCheck.Wanted(false, anonymous, true, snapshots, PageOwnerDump.read(dump), null));
    }

    private static String line(int stamp, String event) {
        return "  wl-1  [000] .....  " + stamp + ": mm_page_" + event;
    }

    @Test
    void shouldTakeAFreeOfAHeldBlockForRight() throws IOException, TextFormatException {
        KmemVerdict verdict = check(
                false,
                null,
                line(1, "free: page=1 pfn=0x40 order=1"),
                line(2, "alloc: page=1 pfn=0x40 order=0 migratetype=0 gfp_flags=GFP_KERNEL"));
        assertEquals(KmemRuling.HOLDS, verdict.ruling(), verdict.reason());
        assertEquals(Map.of(), verdict.soft());
        assertEquals(
                List.of("page_owner: 2 blocks are known to be live before the trace;"
                        + " 1 records are not used: others have their frames"),
                verdict.remarks());
    }

    @Test
    void shouldFindWhatIsHandedOutThoughSomebodyHasIt() throws IOException, TextFormatException {
        String alloc = line(3, "alloc: page=1 pfn=0x5f order=0 migratetype=0 gfp_flags=GFP_KERNEL");
        KmemVerdict verdict = check(false, null, alloc);
        assertEquals(KmemRuling.VIOLATED, verdict.ruling());
        KmemFinding first = verdict.findings().get(0).first();
        assertEquals("alloc-disjoint", first.rule());
        assertEquals(
                List.of(new KmemFinding.Party(
                        0x50, 16, 0, "other-99, before the trace, by page_owner", "read_file+0x1/0x2")),
                first.owners());
        assertEquals(
                "before the trace, by page_owner",
                check(true, null, alloc)
                        .findings()
                        .get(0)
                        .first()
                        .owners()
                        .get(0)
                        .who());
    }

    @Test
    void shouldFindAFreeOfMoreThanIsHeld() throws IOException, TextFormatException {
        KmemVerdict verdict = check(false, null, line(1, "free: page=1 pfn=0x40 order=2"));
        assertEquals("free-live", verdict.findings().get(0).first().rule());
    }

    @Test
    void shouldTellWhoHoldsWhatFromBeforeOn() throws IOException, TextFormatException {
        KmemVerdict verdict = check(
                false,
                SnapshotFolder.read(Recordings.folder(Recordings.I386)),
                line(1, "alloc: page=1 pfn=0x1000 order=0 migratetype=0"));
        assertEquals(KmemRuling.HOLDS, verdict.ruling(), verdict.reason());
        LiveReport report = verdict.report();
        assertTrue(report != null);
        assertEquals(
                "other-99, before the trace, by page_owner",
                report.high().get(0).who());
        assertTrue(report.live().toString().contains("what=before the trace, blocks=2, pages=18"), report::toString);
        assertTrue(report.live().toString().contains("what=app-98, blocks=1, pages=2"), report::toString);
    }
}
