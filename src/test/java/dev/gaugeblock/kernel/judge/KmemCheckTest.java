package dev.gaugeblock.kernel.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.kernel.snapshot.SnapshotFolder;
import dev.gaugeblock.report.kmem.KmemReport;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real kernels printed keeps to the rules, and what is counted is what others counted. */
class KmemCheckTest {
    @TempDir
    private Path folder;

    @Test
    void shouldCountWhatIsNoFault() {
        KmemVerdict amd64 = Recordings.alone(Recordings.trace(Recordings.AMD64));
        assertEquals(KmemRuling.HOLDS, amd64.ruling(), amd64.reason());
        assertEquals(35_206, amd64.counts().all());
        assertEquals(
                Map.of(SoftKind.NEVER_SEEN, 22L, SoftKind.FREE_PAGE, 32L, SoftKind.FAILED_ACCOUNT, 4L), amd64.soft());
        KmemVerdict i386 = Recordings.alone(Recordings.trace(Recordings.I386));
        assertEquals(KmemRuling.HOLDS, i386.ruling(), i386.reason());
        assertEquals(35_289, i386.counts().all());
        assertEquals(Map.of(SoftKind.NEVER_SEEN, 4L, SoftKind.FREE_PAGE, 3L, SoftKind.FAILED_ACCOUNT, 4L), i386.soft());
    }

    @Test
    void shouldReproduceTheFreeBlocksOfEverySnapshot() throws IOException, TextFormatException {
        KmemVerdict amd64 = Recordings.withSnapshots(Recordings.trace(Recordings.AMD64), Recordings.AMD64);
        assertEquals(KmemRuling.HOLDS, amd64.ruling(), amd64.reason());
        assertEquals(List.of("DMA", "DMA32", "Normal"), exact(amd64.snapshots().get(0)));
        assertEquals(List.of("DMA", "DMA32", "Normal"), exact(amd64.snapshots().get(1)));
        assertEquals("40..48, 0..0", counted(amd64.snapshots().get(0)));
        assertEquals("8..8, 0..0", counted(amd64.snapshots().get(1)));
        assertEquals("48..56, 0..0", counted(amd64.snapshots().get(2)));
        KmemVerdict i386 = Recordings.withSnapshots(Recordings.trace(Recordings.I386), Recordings.I386);
        assertEquals(KmemRuling.HOLDS, i386.ruling(), i386.reason());
        assertEquals(List.of("DMA", "Normal", "HighMem"), exact(i386.snapshots().get(0)));
        assertEquals(List.of("DMA", "Normal", "HighMem"), exact(i386.snapshots().get(1)));
        assertEquals("4..4, 0..0", counted(i386.snapshots().get(2)));
    }

    private static List<String> exact(SnapshotPair pair) {
        return pair.zones().stream()
                .filter(SnapshotPair.ZoneOutcome::exact)
                .map(SnapshotPair.ZoneOutcome::zone)
                .toList();
    }

    private static String counted(SnapshotPair pair) {
        return pair.unseenLow() + ".." + pair.unseenHigh() + ", " + pair.freesLow() + ".." + pair.freesHigh();
    }

    @Test
    void shouldProveNothingWhereEventsWereLost() throws IOException, TextFormatException {
        KmemVerdict lossy = Recordings.withSnapshots(Recordings.trace(Recordings.LOSSY), Recordings.LOSSY);
        assertEquals(KmemRuling.INCONCLUSIVE, lossy.ruling(), lossy.reason());
        assertEquals(175_067, lossy.lost());
        assertEquals(604, lossy.unbelieved());
        assertEquals(4, lossy.soft().get(SoftKind.TIED));
        assertEquals(List.of("DMA", "DMA32", "Normal"), exact(lossy.snapshots().get(0)));
        assertTrue(lossy.remarks().get(1).startsWith("snapshot 0: its marker"), lossy.remarks()::toString);
    }

    @Test
    void shouldFindTheFreeBlocksWrongIfTheyAre() throws IOException, TextFormatException {
        Path copy = copy(Recordings.I386);
        Path second = copy.resolve("snap2.buddyinfo.txt");
        String text = Files.readString(second);
        Files.writeString(second, text.replaceFirst("(Normal\\s+)(\\d+)(\\s+)(\\d+)", "$10$30"));
        KmemVerdict verdict = KmemCheck.check(
                Recordings.trace(Recordings.I386),
                new KmemCheck.Wanted(false, false, false, SnapshotFolder.read(copy), null, null));
        assertEquals(KmemRuling.VIOLATED, verdict.ruling());
        assertEquals("buddyinfo", verdict.findings().get(0).first().rule());
        assertTrue(verdict.reason().contains("off: Normal by"), verdict.reason());
    }

    @Test
    void shouldNotFollowTheFreeListsThroughCompaction() throws IOException, TextFormatException {
        Path copy = copy(Recordings.I386);
        change(copy.resolve("snap2.buddyinfo.txt"), "(Normal\\s+)\\d+", "$199");
        change(copy.resolve("snap2.vmstat.txt"), "compact_isolated \\d+", "compact_isolated 64");
        KmemVerdict verdict = KmemCheck.check(
                Recordings.trace(Recordings.I386),
                new KmemCheck.Wanted(false, false, false, SnapshotFolder.read(copy), null, null));
        assertEquals(KmemRuling.HOLDS, verdict.ruling(), verdict.reason());
        assertTrue(verdict.snapshots().get(1).says().get(0).contains("compaction ran"));
    }

    private static void change(Path file, String form, String by) throws IOException {
        Files.writeString(file, Files.readString(file).replaceFirst(form, by));
    }

    private Path copy(String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(name));
        try (var files = Files.list(Recordings.folder(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(String.valueOf(file.getFileName())));
            }
        }
        return copy;
    }

    @Test
    void shouldForgiveEventsOfOneStampInAnyOrder() throws IOException {
        String alloc =
                "  a-1 [000] ..... %s: mm_page_alloc: page=1 pfn=0x10 order=0 migratetype=0 gfp_flags=GFP_KERNEL";
        String free = "  b-2 [001] ..... %s: mm_page_free: page=1 pfn=0x10 order=0";
        KmemVerdict tied = check(
                alloc.formatted("1.5"),
                alloc.formatted("2.5"),
                free.formatted("2.5"),
                alloc.formatted("3.5").replace("a-1", "c-1"),
                free.formatted("4.5"));
        assertEquals("alloc-disjoint", tied.findings().get(0).first().rule());
        KmemVerdict right =
                check(alloc.formatted("1.5"), alloc.formatted("2.5"), free.formatted("2.5"), free.formatted("3.5"));
        assertEquals(KmemRuling.HOLDS, right.ruling(), right.reason());
        assertEquals(Map.of(SoftKind.TIED, 1L), right.soft());
        KmemVerdict counter = check(alloc.formatted("1"), alloc.formatted("2"), free.formatted("2"));
        assertEquals(KmemRuling.VIOLATED, counter.ruling());
    }

    @Test
    void shouldSayWhoHasWhatSinceWhen() throws IOException {
        KmemVerdict verdict = check(
                "  my task-7 [000] ..... 5: mm_page_alloc: page=1 pfn=0x10 order=1 migratetype=0 gfp_flags=GFP_KERNEL",
                "  my task-7 [000] ..... 6: <stack trace>",
                " => alloc_pages",
                " => do_fork",
                "  other-8 [001] ..... 9: mm_page_alloc: page=1 pfn=0x11 order=0 migratetype=0 gfp_flags=GFP_KERNEL",
                "  other-8 [001] ..... 10: <stack trace>",
                " => read_file",
                "  my task-7 [000] ..... 11: mm_page_free: page=1 pfn=0x10 order=1",
                "  other-8 [001] ..... 12: mm_page_free: page=1 pfn=0x11 order=0");
        KmemFinding first = verdict.findings().get(0).first();
        assertEquals("alloc-disjoint", first.rule());
        assertEquals(new KmemFinding.Party(0x11, 1, 5, "other-8, CPU 1, at 9", "=> read_file"), first.by());
        assertEquals(
                List.of(new KmemFinding.Party(0x10, 2, 1, "my task-7, CPU 0, at 5", "=> alloc_pages\n=> do_fork")),
                first.owners());
        assertEquals("frame 0x11", first.by().block());
        assertEquals("frames 0x10..0x11", first.owners().get(0).block());
        assertEquals(2, verdict.findings().get(0).followed());
        assertEquals(1, verdict.findings().size());
        assertEquals(Map.of(), verdict.soft());
    }

    @Test
    void shouldForgetEverythingWhereEventsWereLost() throws IOException {
        String alloc = "  a-1 [000] ..... 1.5: mm_page_alloc: page=1 pfn=16 order=0 migratetype=0 gfp_flags=GFP_KERNEL";
        KmemVerdict verdict = check(alloc, "CPU:0 [LOST 7 EVENTS]", alloc.replace("1.5", "2.5"));
        assertEquals(KmemRuling.INCONCLUSIVE, verdict.ruling(), verdict.reason());
        assertEquals(7, verdict.lost());
        assertEquals(2, verdict.judged());
        assertEquals(2.0 / 9, verdict.share());
    }

    @Test
    void shouldNotTakeTheFirstReportOfOldKernelsForAFree() throws IOException {
        String alloc = "  a-1 [000] %s: mm_page_alloc: page=1 pfn=16 order=0 migratetype=0 gfp_flags=GFP_KERNEL";
        String batch = "  a-1 [000] %s: mm_pagevec_free: page=1 pfn=16 order=0 cold=0";
        KmemVerdict alone = check(alloc.formatted("1.5"), batch.formatted("2.5"), alloc.formatted("3.5"));
        assertEquals(KmemRuling.HOLDS, alone.ruling(), alone.reason());
        assertEquals(Map.of(SoftKind.ANNOUNCED, 1L), alone.soft());
    }

    @Test
    void shouldJudgeFramesThatNoMachineHas() throws IOException, TextFormatException {
        String far = "  a-1 [000] ..... %d: mm_page_%s: page=1 pfn=0x7ffffffffffffff order=0";
        Path trace = Files.write(
                folder.resolve("far.txt"),
                List.of(
                        far.formatted(1, "free_batched"),
                        far.formatted(2, "pcpu_drain"),
                        far.formatted(3, "alloc"),
                        far.formatted(4, "free")));
        assertEquals(4, Recordings.alone(trace).soft().get(SoftKind.BEYOND));
        KmemVerdict verdict = Recordings.withSnapshots(trace, Recordings.I386);
        assertEquals("alloc-inside", verdict.findings().get(0).first().rule());
    }

    @Test
    void shouldTellWhatIsLiveAtTheEnd() throws IOException, TextFormatException {
        KmemVerdict verdict = KmemCheck.check(
                Recordings.trace(Recordings.I386),
                new KmemCheck.Wanted(
                        false, true, true, SnapshotFolder.read(Recordings.folder(Recordings.I386)), null, null));
        LiveReport report = verdict.report();
        long pages = report.live().get(0).sums().stream()
                .mapToLong(LiveReport.Sum::pages)
                .sum();
        // 19,109 pages were handed out and 18,850 came back in the events; 8 of those nobody had
        assertEquals(19_109 - 18_850 + 8, pages);
        assertEquals("task", report.live().get(2).by());
        assertEquals(List.of(), report.live().get(2).sums());
        assertEquals(4, report.unseen());
        assertEquals(
                List.of(7L, 5L, 5L, 6L, 7L, 3L, 7L, 6L, 5L, 4L, 104L),
                report.freeBlocks().get(0).blocks());
    }

    /** Of three areas of 1,024 frames one has two blocks, one is a block, and one is kept by a single frame. */
    @Test
    void shouldTellWhichBlocksKeepAnAreaFromBeingFree() throws IOException, TextFormatException {
        String alloc = "  a-1 [000] ..... %d: mm_page_alloc: page=1 pfn=%d order=%d migratetype=0 gfp_flags=GFP_KERNEL";
        Path trace = Files.write(
                folder.resolve("areas.txt"),
                List.of(
                        alloc.formatted(1, 0, 0),
                        alloc.formatted(2, 1023, 0),
                        alloc.formatted(3, 1024, 10),
                        alloc.formatted(4, 2049, 0)));
        LiveReport report = KmemCheck.check(trace, new KmemCheck.Wanted(false, true, true, null, null, null))
                .report();
        assertEquals(
                List.of("frame 0x801"),
                report.alone().stream().map(KmemFinding.Party::block).toList());
    }

    /** The same trace names the task in its lines, in a call chain, in one that is not understood and in the report. */
    @Test
    void shouldLeaveOutTheNamesOfTasks() throws IOException {
        String line = "hidden 42 [001] 5.%06d: kmem:mm_page_%s";
        String alloc = "alloc: page=0x1 pfn=0x11 order=%s migratetype=0 gfp_flags=GFP_KERNEL";
        Path trace = Files.write(
                folder.resolve("trace.txt"),
                List.of(
                        line.formatted(1, alloc.formatted("4").replace("0x11", "0x10")),
                        "\tffffffff811 alloc_pages ([kernel.kallsyms])",
                        "\t    55d1 main (/usr/bin/hidden)",
                        "",
                        line.formatted(2, alloc.formatted("0")),
                        "\t    55d1 main (/usr/bin/hidden)",
                        "",
                        line.formatted(3, alloc.formatted("x"))));
        for (boolean anonymous : List.of(false, true)) {
            KmemVerdict verdict =
                    KmemCheck.check(trace, new KmemCheck.Wanted(false, anonymous, true, null, null, null));
            assertEquals(KmemRuling.VIOLATED, verdict.ruling(), verdict.reason());
            Case told = new KmemReport().of(verdict, Duration.ZERO);
            String text = String.join("\n", told.text()) + told.data() + told.evidence() + told.reason();
            assertEquals(!anonymous, text.contains("hidden"), text);
            assertTrue(text.contains("alloc_pages"), text);
            assertTrue(text.contains("not understood: line 8"), text);
        }
    }

    private KmemVerdict check(String... lines) throws IOException {
        List<String> all = new ArrayList<>(List.of(lines));
        return Recordings.alone(Files.write(folder.resolve("trace.txt"), all));
    }
}
