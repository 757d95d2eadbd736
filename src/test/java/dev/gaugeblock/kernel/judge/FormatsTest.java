package dev.gaugeblock.kernel.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.kernel.trace.KmemKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every form in which kernels and tools print the events is read; what is none is refused by its name. */
class FormatsTest {
    private static final Path FORMATS = Path.of("src/test/resources/kernel/formats");
    private static final String ALLOC =
            "  a b-c-17 [003] d..3. 5.250001: mm_page_alloc: page=00000000bc0902fc pfn=0x1047fc order=2 migratetype=1"
                    + " gfp_flags=GFP_KERNEL";

    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatWasFound() {
        assertRead("b01-ftrace-2.6.33-noflags.txt", "ftrace", Map.of(KmemKind.ALLOC, 1L, KmemKind.FREE, 4L));
        assertRead("b02-ftrace-4.x-extrafield.txt", "ftrace", Map.of(KmemKind.ALLOC, 2L));
        assertRead("b04-ftrace-6.x-hexpfn.txt", "ftrace", Map.of(KmemKind.FREE, 1L));
        assertRead(
                "b06-perf-script-6.14-numericflags.txt",
                "events without task, CPU and time",
                Map.of(KmemKind.ALLOC, 2L));
        assertRead("b08-function-graph-abstime.txt", "function_graph", Map.of(KmemKind.ALLOC, 1L));
        KmemVerdict fallback = verdict("b10-extfrag-3.1x.txt");
        assertEquals(Map.of(KmemKind.FALLBACK, 1L), fallback.counts().events());
        assertEquals(KmemRuling.INCONCLUSIVE, fallback.ruling());
        KmemVerdict lost = verdict("b15-trace-pipe-lost.txt.gz");
        assertEquals(
                Map.of(KmemKind.ALLOC, 106L, KmemKind.ZONE_LOCKED, 93L),
                lost.counts().events());
        assertEquals(2032, lost.lost());
        assertEquals(KmemRuling.INCONCLUSIVE, lost.ruling());
    }

    private static void assertRead(String name, String format, Map<KmemKind, Long> events) {
        KmemVerdict verdict = verdict(name);
        assertEquals(KmemRuling.HOLDS, verdict.ruling(), verdict.reason());
        assertEquals(format, verdict.format());
        assertEquals(events, verdict.counts().events());
        assertEquals(0, verdict.counts().notUnderstood());
    }

    private static KmemVerdict verdict(String name) {
        return Recordings.alone(FORMATS.resolve(name));
    }

    @Test
    void shouldReadTheFormsOfOtherTools() throws IOException {
        assertForm(
                "perf script",
                "bash fork  17 [001]  5.250000:          1 kmem:mm_page_alloc: page=0x1047ff pfn=1066 order=0"
                        + " migratetype=0 gfp_flags=GFP_KERNEL",
                "\t    ffffffff812c1f21 __alloc_pages+0x1a1 ([kernel.kallsyms])",
                "\t    ffffffff812dcd0b alloc_pages_mpol+0x8b ([kernel.kallsyms])",
                "",
                "bash fork  17 [001]  5.250010: kmem:mm_page_free: page=0x1047ff pfn=1066 order=0");
        assertForm(
                "trace-cmd report",
                "cpus=2",
                "           <...>-17    [001]     5.250000: mm_page_alloc:        page=0xffffea00 pfn=0x42a order=0"
                        + " migratetype=0 gfp_flags=GFP_KERNEL",
                "           <...>-17    [001]     5.250001: kernel_stack:         <stack trace >",
                "=> __alloc_pages (ffffffff812c1f21)",
                "           <idle>-0    [001]     5.250010: mm_page_free:         page=0xffffea00 pfn=0x42a order=0");
        assertForm(
                "function_graph",
                " 1)               |  alloc_pages() {",
                " 1)               |  /* mm_page_alloc: page=01 pfn=7 order=0 migratetype=1 gfp_flags=GFP_KERNEL */",
                " 1)   0.678 us    |  }",
                " 0)               |  /* mm_page_free: page=01 pfn=7 order=0 */");
        assertForm(
                "ftrace",
                "   odd [name]-17 (     17) [001] .... mm_page_alloc: page=          (null) pfn=7 order=0 gfp_flags=GFP_KERNEL",
                "   x: y-17 (-----) [001] mm_page_free_direct: page=01 pfn=7 order=0");
    }

    private void assertForm(String format, String... lines) throws IOException {
        KmemVerdict verdict = check(lines);
        assertEquals(KmemRuling.HOLDS, verdict.ruling(), verdict.reason());
        assertEquals(format, verdict.format());
        assertEquals(
                Map.of(KmemKind.ALLOC, 1L, KmemKind.FREE, 1L), verdict.counts().events());
        assertEquals(Map.of(), verdict.soft());
    }

    @Test
    void shouldCountAndShowWhatIsNotUnderstood() throws IOException {
        KmemVerdict verdict = check(
                ALLOC,
                ALLOC.replace("pfn=0x1047fc", ""),
                ALLOC.replace("pfn=0x1047fc", "pfn=0x1047fg"),
                ALLOC.replace("mm_page_alloc:", "mm_page_invented:"),
                "mm_page_alloc without a colon");
        assertEquals(KmemRuling.INCONCLUSIVE, verdict.ruling());
        assertEquals(4, verdict.counts().notUnderstood());
        assertEquals(
                List.of(
                        "2: it has no pfn",
                        "3: its pfn=0x1047fg is no number that a kernel prints there",
                        "4: it is no event that this version knows"),
                verdict.counts().oddities().stream()
                        .map(oddity -> oddity.line() + ": " + oddity.why())
                        .toList());
    }

    @Test
    void shouldRefuseWhatIsNoTraceByItsName() throws IOException {
        assertRefused("/proc/buddyinfo", verdict("b12-buddyinfo-pagetypeinfo.txt"));
        assertRefused("memleak", verdict("b14-bcc-memleak.txt"));
        assertRefused("/proc/pagetypeinfo", check("Page block order: 9"));
        assertRefused(
                "LTTng",
                check(
                        "[12:00:00.1] (+?.?) host kmem_mm_page_alloc: { cpu_id = 0 }, { page = 0xEA00, pfn = 7, order = 0 }"));
        assertRefused("trace-cmd report -i", check("\u0017\bDtracing6\0"));
        assertRefused("perf script -i", check("PERFILE2h\0\0"));
        assertRefused("without --kernel", check("{\"header\":1}"));
        assertRefused("gaugeblock explain", check("cp: page allocation failure: order:5, mode:0x20"));
        assertRefused("no line of a trace", check("Once upon a time"));
    }

    @Test
    void shouldNameWhatIsDamaged() throws IOException {
        String perf = ALLOC.replace("c-17", "c 17");
        assertRefused("trace.txt:2: a line of perf script in a file of ftrace (line 1)", check(ALLOC, perf));
        assertRefused("trace.txt:2: a stamp in seconds", check(ALLOC.replace("5.250001", "7"), ALLOC));
        String free = ALLOC.replace("mm_page_alloc", "mm_page_free");
        String late = free.replace("5.25", "9.25");
        assertRefused(
                "trace.txt:4: the stamps of CPU 3 go back from here on",
                check(free, late, late, free, free, free, free));
        assertRefused("trace.txt:3: the stamp goes back", check(free, late, free, late));
        assertRefused(
                "trace.txt:1: pageblock_order=13",
                check(ALLOC.replace("mm_page_alloc", "mm_page_alloc_extfrag") + " pageblock_order=13"));
        byte[] packed = packed(ALLOC.getBytes(StandardCharsets.UTF_8));
        Path cut = Files.write(folder.resolve("cut.txt.gz"), Arrays.copyOf(packed, packed.length - 10));
        assertRefused("cut.txt.gz:1: the gzip data", Recordings.alone(cut));
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static void assertRefused(String what, KmemVerdict verdict) {
        assertEquals(KmemRuling.UNREADABLE, verdict.ruling(), what);
        assertTrue(verdict.reason().contains(what), verdict.reason());
    }

    private KmemVerdict check(String... lines) throws IOException {
        return Recordings.alone(Files.write(folder.resolve("trace.txt"), List.of(lines)));
    }
}
