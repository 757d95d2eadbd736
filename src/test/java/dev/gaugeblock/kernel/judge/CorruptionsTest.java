package dev.gaugeblock.kernel.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each corruption of a recording is found, by the rule that it breaks, and what follows from it stands under that. */
class CorruptionsTest {
    /** From the first snapshot to the second: a part is as good as the whole, and quicker. */
    private static final int LINES = 13_981;

    private static Corruptions corruptions;

    @TempDir
    private Path folder;

    @BeforeAll
    static void shouldReadTheRecording() throws IOException {
        corruptions = new Corruptions(Recordings.lines(Recordings.I386).subList(0, LINES));
    }

    @Test
    void shouldFindAPageThatTwoHave() throws IOException {
        assertFound("alloc-disjoint", corruptions.pageHandedOutAgain());
        assertFound("alloc-disjoint", corruptions.blockOverALivePage());
        assertFound("alloc-disjoint", corruptions.allocationBeforeTheFree());
        assertFound("alloc-disjoint", corruptions.freeLeftOut());
    }

    @Test
    void shouldFindABlockThatNoAllocatorHandsOut() throws IOException {
        assertFound("alloc-aligned", corruptions.misalignedFrame());
        assertFound("alloc-order", corruptions.orderEleven());
    }

    @Test
    void shouldFindAFreeOfMoreThanItsBlock() throws IOException {
        assertFound("free-live", corruptions.freeLargerThanItsAllocation());
        assertFound("free-live", corruptions.freeOverTwoAllocations());
    }

    @Test
    void shouldFindWhatTheZonesForbid() throws IOException, TextFormatException {
        assertFoundWithSnapshots("alloc-inside", corruptions.blockOverTheEdgeOfZones());
        assertFoundWithSnapshots("alloc-zone", corruptions.kernelPageInHighMem());
        assertFoundWithSnapshots("alloc-inside", corruptions.pageOutsideAllMemory());
        assertFoundWithSnapshots("alloc-reserved", corruptions.pageInTheHoleOfTheBios());
    }

    @Test
    void shouldFindADoubleFreeByVmstatAlone() throws IOException, TextFormatException {
        assertEquals(KmemRuling.HOLDS, check(corruptions.doubleFree()).ruling());
        assertFoundWithSnapshots("vmstat-frees", corruptions.doubleFree());
    }

    @Test
    void shouldFindWhatTheFreeListsCannotHave() throws IOException {
        assertFound("buddy-live", corruptions.drainOfALivePage());
        assertFound("buddy-live", corruptions.zoneLockedOfALivePage());
        assertFound("second-report", corruptions.batchedFreeAlone());
        assertFound("second-report", corruptions.batchedFreeAloneOfAFreePage());
    }

    /** A tail that is freed alone looks like a block that was split, until the whole is freed, or is counted. */
    @Test
    void shouldFindALoneTailWhereSomethingSpeaksAgainstIt() throws IOException, TextFormatException {
        KmemVerdict alone = check(corruptions.loneTailFree());
        assertEquals(KmemRuling.HOLDS, alone.ruling(), alone.reason());
        assertEquals(
                1L + check(corruptions.lines()).soft().getOrDefault(SoftKind.PART, 0L),
                alone.soft().get(SoftKind.PART));
        assertFoundWithSnapshots("vmstat-frees", corruptions.loneTailFree());
        assertFound("free-live", corruptions.tailFreedBeforeTheWhole());
    }

    @Test
    void shouldNotClaimToFindWhatLooksLikeAnyKernel() throws IOException {
        assertEquals(KmemRuling.HOLDS, check(corruptions.allocationLeftOut()).ruling());
        assertEquals(KmemRuling.HOLDS, check(corruptions.needlessFailure()).ruling());
    }

    private void assertFound(String rule, List<String> lines) throws IOException {
        assertFound(rule, check(lines));
    }

    private void assertFoundWithSnapshots(String rule, List<String> lines) throws IOException, TextFormatException {
        assertFound(rule, Recordings.withSnapshots(write(lines), Recordings.I386));
    }

    private static void assertFound(String rule, KmemVerdict verdict) {
        assertEquals(KmemRuling.VIOLATED, verdict.ruling(), rule);
        assertEquals(
                List.of(rule),
                verdict.findings().stream().map(group -> group.first().rule()).toList(),
                verdict.reason());
        assertEquals(1, verdict.findings().get(0).count());
        assertTrue(verdict.findings().get(0).followed() <= 4, verdict.reason());
    }

    private KmemVerdict check(List<String> lines) throws IOException {
        return Recordings.alone(write(lines));
    }

    private Path write(List<String> lines) throws IOException {
        return Files.write(folder.resolve("trace.txt"), lines);
    }
}
