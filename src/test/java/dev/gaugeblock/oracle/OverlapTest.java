package dev.gaugeblock.oracle;

import static dev.gaugeblock.oracle.Traces.BOOTED;
import static dev.gaugeblock.oracle.Traces.alloc;
import static dev.gaugeblock.oracle.Traces.at;
import static dev.gaugeblock.oracle.Traces.free;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.mm.Gfp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations that overlap in time are right if some order of them is. */
class OverlapTest {
    private static final String KMAP = "'op':'kmap','pfn':128,'r':" + 0xffc00000L;
    private static final String KMAP_OTHER = "'op':'kmap','pfn':129,'r':" + 0xffc00000L;
    private static final String KUNMAP = "'op':'kunmap','irq':0,'pfn':128";

    @TempDir
    private Path folder;

    /**
     * The verdict, which is the same for lines that only the general reader takes: it alone knows of blanks before
     * colons.
     */
    private FileVerdict judge(String... events) throws IOException {
        String[] general =
                Stream.of(events).map(event -> event.replace("'op':", "'op' :")).toArray(String[]::new);
        FileVerdict verdict = Traces.judge(folder, BOOTED, events);
        FileVerdict other = Traces.judge(folder, BOOTED, general);
        assertEquals(GoingOnTest.told(other), GoingOnTest.told(verdict));
        assertEquals(other.reason(), verdict.reason());
        assertEquals(
                List.of(other.events(), other.answers(), other.notJudged()),
                List.of(verdict.events(), verdict.answers(), verdict.notJudged()));
        return verdict;
    }

    private void shouldHold(String... events) throws IOException {
        FileVerdict verdict = judge(events);
        assertEquals(Ruling.HOLDS, verdict.ruling(), verdict.reason());
    }

    private void shouldBreak(Rule rule, int event, String... events) throws IOException {
        FileVerdict verdict = judge(events);
        assertEquals(Ruling.VIOLATED, verdict.ruling());
        Rejection rejection = verdict.rejection().orElseThrow();
        assertEquals(rule, rejection.breach().rule(), verdict.reason());
        assertEquals(BOOTED.size() + event, rejection.event(), verdict.reason());
    }

    @Test
    void shouldLetABlockChangeHandsInsideAnOverlap() throws IOException {
        String[] first = {at(0, 1, alloc(0, 0, 64))};
        shouldHold(first[0], at(2, 5, alloc(0, 0, 64)), at(3, 9, free(64, 0)));
        shouldHold(first[0], at(2, 5, alloc(0, 0, 64)), at(5, 9, free(64, 0)));
        shouldBreak(Rule.ALLOC_DISJOINT, 1, first[0], at(2, 5, alloc(0, 0, 64)), at(6, 9, free(64, 0)));
        shouldHold(first[0], at(2, 8, free(64, 0)), at(3, 4, alloc(0, 1, 64)));
    }

    @Test
    void shouldNotLetTwoOwnersOverlap() throws IOException {
        shouldBreak(Rule.ALLOC_DISJOINT, 1, at(0, 9, alloc(0, 0, 65)), at(1, 9, alloc(0, 1, 64)));
        shouldBreak(Rule.FREE_LIVE, 2, at(0, 1, alloc(0, 0, 64)), at(2, 9, free(64, 0)), at(3, 8, free(64, 0)));
    }

    @Test
    void shouldPlaceAFreeThatWasCalledBeforeItsAllocationReturned() throws IOException {
        shouldHold(at(0, 10, alloc(0, 0, 64)), at(1, 9, free(64, 0)), at(2, 3, alloc(0, 0, 64)));
        shouldHold(at(0, 9, free(64, 0)), at(1, 10, alloc(0, 0, 64)));
        shouldHold(
                at(0, 1, alloc(0, 0, 64)),
                at(2, 10, alloc(0, 0, 64)),
                at(3, 9, free(64, 0)),
                at(4, 9, free(64, 0)),
                at(11, 12, alloc(0, 0, 64)));
        shouldBreak(Rule.FREE_LIVE, 0, at(0, 3, free(64, 0)), at(4, 10, alloc(0, 0, 64)));
        shouldBreak(
                Rule.ALLOC_DISJOINT,
                2,
                at(0, 1, alloc(0, 0, 64)),
                at(2, 3, alloc(0, 0, 66)),
                at(4, 5, alloc(0, 2, 64)));
    }

    @Test
    void shouldJudgeCountsOnlyWhereNothingOverlaps() throws IOException {
        shouldBreak(Rule.ALLOC_FAILURE, 0, at(0, 1, alloc(0, 0, null)), at(2, 3, alloc(0, 0, 64)));
        FileVerdict verdict =
                judge(ALL_OF_DMA, at(10, 12, alloc(1, 6, null)), at(12, 13, alloc(0, 0, 64) + ",'fp':[9,9,9]"));
        assertEquals(Ruling.HOLDS, verdict.ruling(), verdict.reason());
        assertTrue(verdict.notJudged().containsKey("failure in an overlap"), verdict.toString());
        assertTrue(verdict.notJudged().containsKey("count in an overlap"), verdict.toString());
        shouldBreak(Rule.FRAMES_CONSERVED, 0, at(0, 2, alloc(0, 0, 64) + ",'fp':[99,9,9]"));
    }

    /** A count from an overlap is passed over, and those from before it are old. */
    @Test
    void shouldNotJudgeFailuresByACountFromBeforeAnOverlap() throws IOException {
        shouldHold(
                at(0, 1, alloc(Gfp.DMA, 5, 0) + ",'fp':[32,64,64]"),
                at(10, 20, alloc(Gfp.DMA, 4, 32) + ",'fp':[16,64,64]"),
                at(15, 25, alloc(Gfp.DMA, 3, 48) + ",'fp':[8,64,64]"),
                at(30, 31, alloc(Gfp.DMA, 4, null) + ",'fp':[8,64,64]"));
        shouldBreak(
                Rule.ALLOC_FAILURE,
                3,
                at(0, 1, alloc(Gfp.DMA, 5, 0)),
                at(10, 20, alloc(Gfp.DMA, 5, null)),
                at(15, 25, alloc(Gfp.DMA, 3, 48)),
                at(30, 31, alloc(Gfp.DMA, 3, null)));
    }

    private static final String ALL_OF_DMA = at(0, 1, alloc(Gfp.DMA, 6, 0));

    /** Wrong is a failure if some block was nobody's at any time of it, whatever the order of the others. */
    @Test
    void shouldRejectAFailureThatIsWrongInEveryOrder() throws IOException {
        String half = at(0, 1, alloc(Gfp.DMA, 5, 0));
        String failed = at(10, 20, alloc(Gfp.DMA, 5, null));
        shouldBreak(Rule.ALLOC_FAILURE, 1, half, failed, at(15, 25, free(0, 5)));
        shouldHold(half, failed, at(15, 25, alloc(Gfp.DMA, 0, 40)));
        shouldHold(half, at(5, 12, free(0, 5)), failed.replace("5,'task'", "6,'task'"));
        shouldHold(half, at(2, 3, alloc(Gfp.DMA, 5, 32)), at(5, 12, free(32, 5)), failed);
        shouldHold(half, at(2, 15, alloc(Gfp.DMA, 0, 63)), failed, at(16, 17, free(63, 0)));
        shouldBreak(
                Rule.ALLOC_FAILURE,
                2,
                half,
                at(2, 9, alloc(Gfp.DMA, 0, 40)),
                at(10, 20, alloc(Gfp.DMA, 4, null)),
                at(16, 17, alloc(0, 0, 64)));
        // Another that failed may have held the block for a while; marks and holes leave it open, too.
        shouldHold(half, failed, at(15, 25, alloc(Gfp.DMA, 5, null)));
        shouldHold(half, "'op':'wm','zone':0,'v':[1,1,1]", failed, at(15, 25, free(0, 5)));
        FileVerdict verdict = judge(half, failed, at(15, 25, free(0, 5)));
        assertTrue(
                verdict.reason().contains("it ran from 10 to 20, and overlaps the free of line 7, from 15 to 25"),
                verdict.reason());
    }

    /** In some order the reference was taken before the last free. */
    @Test
    void shouldLetAReferenceBeTakenBeforeAFreeThatOverlapsIt() throws IOException {
        String get = "'op':'get','pfn':64";
        String owned = at(0, 1, alloc(0, 0, 64));
        shouldHold(owned, at(2, 9, free(64, 0)), at(3, 8, get), at(10, 11, free(64, 0)));
        shouldHold(owned, at(2, 9, free(64, 0)), at(3, 8, free(64, 0)), at(4, 5, get), at(10, 11, alloc(0, 0, 64)));
        shouldBreak(Rule.REFERENCES, 2, owned, at(2, 3, free(64, 0)), at(4, 8, get));
        shouldBreak(Rule.ALLOC_DISJOINT, 3, owned, at(2, 9, free(64, 0)), at(3, 8, get), at(10, 11, alloc(0, 0, 64)));
        shouldBreak(
                Rule.FREE_LIVE,
                3,
                owned,
                at(2, 9, free(64, 0)),
                at(3, 8, free(64, 0)),
                at(4, 5, free(64, 0)),
                at(6, 7, get));
    }

    /** Clocks may be coarse: what was called when another returned overlaps it. */
    @Test
    void shouldLetAReferenceBeTakenWhenTheBlockIsHandedOut() throws IOException {
        String get = "'op':'get','pfn':64";
        shouldHold(at(0, 1, alloc(0, 0, 64)), at(1, 1, get), at(2, 3, free(64, 0)), at(4, 5, free(64, 0)));
        shouldBreak(Rule.REFERENCES, 1, at(0, 1, alloc(0, 0, 64)), at(1, 1, "'op':'get','pfn':65"));
    }

    @Test
    void shouldPassOverWhatHasATimeBeforeThereIsAMachine() throws IOException {
        FileVerdict verdict = Traces.judge(
                folder, List.of(at(0, 1, "'op':'digest','d':'x'"), BOOTED.get(0), BOOTED.get(2)), alloc(0, 0, 64));
        assertEquals(Ruling.HOLDS, verdict.ruling(), verdict.reason());
    }

    /** A failure is judged by what was free at the call, and not by what others freed meanwhile. */
    @Test
    void shouldJudgeAFailureByWhatWasFreeBeforeOthersFreedMore() throws IOException {
        List<String> all = new ArrayList<>();
        for (int pfn = 0; pfn < 64; pfn++) {
            all.add(at(10 * pfn, 10 * pfn + 1, alloc(Gfp.DMA, 0, pfn)));
        }
        all.add(at(640, 641, free(1, 0)));
        all.add(at(650, 651, free(63, 0)));
        all.add(at(660, 661, alloc(Gfp.DMA | Gfp.WAIT, 1, null) + ",'script':['R:1:f0.0@0'],'tr':['ttfp:1']"));
        shouldHold(all.toArray(String[]::new));
    }

    @Test
    void shouldKeepWhatHappenedWhileAKmapSlept() throws IOException {
        String slept =
                "'op':'kmap','pfn':130,'r':'BLOCKED','script':['K:u128,k131'],'tr':['schedule','other_kmap:131:ffc00000']";
        shouldHold(
                KMAP,
                KMAP_OTHER.replace("4290772992", "4290777088"),
                at(0, 10, slept),
                at(5, 6, alloc(0, 0, 64)),
                KMAP.replace("128", "131"));
    }

    @Test
    void shouldPlaceABuddyFreeThatWasCalledBeforeItsAllocationReturned() throws IOException {
        shouldHold(at(0, 10, alloc(0, 0, 64)), at(2, 3, "'op':'buddyfree','pfn':64,'order':0"));
        shouldHold(
                at(0, 10, "'op':'rmqueue','zone':1,'order':0,'r':64"), at(2, 3, "'op':'buddyfree','pfn':64,'order':0"));
    }

    /** A free that is wrong where it stands has changed nothing when it is tried again. */
    @Test
    void shouldTryAFreeOfABlockFromBeforeTheTraceAgain() throws IOException {
        List<String> zones = List.of(BOOTED.get(0));
        String get = at(0, 1, "'op':'get','pfn':64,'count':2");
        FileVerdict verdict = Traces.judge(
                folder,
                zones,
                get,
                at(2, 3, free(64, 0)),
                at(4, 5, alloc(0, 0, 65)),
                at(6, 9, free(64, 1)),
                at(7, 8, free(65, 0)),
                at(8, 8, alloc(0, 0, 64)));
        assertEquals(
                Rule.ALLOC_DISJOINT, verdict.rejection().orElseThrow().breach().rule(), verdict.reason());
    }

    @Test
    void shouldJudgeWhatReturnsAtTheEndOfTime() throws IOException {
        String late = "'t0':" + (Long.MAX_VALUE - 1) + ",'t1':" + Long.MAX_VALUE;
        shouldBreak(Rule.ALLOC_DISJOINT, 1, at(0, 1, alloc(0, 0, 64)), alloc(0, 0, 64) + "," + late);
        shouldBreak(Rule.ALLOC_DISJOINT, 1, alloc(0, 0, 64) + "," + late, alloc(0, 0, 64));
    }

    @Test
    void shouldJudgeWhetherARequestMayWaitInAnOverlapToo() throws IOException {
        shouldBreak(Rule.ALLOC_FAILURE, 0, at(0, 2, alloc(Gfp.WAIT, 0, "'STUCK'")));
        shouldHold(at(0, 2, alloc(Gfp.WAIT, 0, "'STUCK'")), at(1, 3, alloc(0, 0, 64)));
        shouldBreak(Rule.ALLOC_WAITS, 0, at(0, 2, alloc(0, 0, "'STUCK'")), at(1, 3, alloc(0, 0, 64)));
    }

    @Test
    void shouldLetAnAddressChangeHandsInsideAnOverlap() throws IOException {
        shouldHold(at(0, 1, KMAP), at(2, 9, KUNMAP), at(2, 3, KMAP_OTHER));
        shouldBreak(Rule.MAP_DISTINCT, 1, at(0, 1, KMAP), at(2, 3, KMAP_OTHER), at(4, 5, KUNMAP));
    }

    @Test
    void shouldWantTheLinesInTheOrderOfCalls() throws IOException {
        FileVerdict verdict = judge(at(5, 6, alloc(0, 0, 64)), at(4, 9, alloc(0, 0, 65)));
        assertEquals(Ruling.UNREADABLE, verdict.ruling());
        assertTrue(verdict.reason().contains(":6: alloc: t0: the call at 4 stands after one at 5"), verdict.reason());
    }

    @Test
    void shouldTakeAnEventWithoutTimesAsOverlappingNothing() throws IOException {
        shouldBreak(Rule.ALLOC_DISJOINT, 1, at(0, 1, alloc(0, 0, 64)), at(2, 9, alloc(0, 0, 64)), free(64, 0));
    }
}
