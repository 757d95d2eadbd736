package dev.gaugeblock.oracle;

import static dev.gaugeblock.oracle.Traces.BOOTED;
import static dev.gaugeblock.oracle.Traces.alloc;
import static dev.gaugeblock.oracle.Traces.free;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.mm.Gfp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule rejects what breaks it, and the like of it that is legal passes. */
class ContractCheckTest {
    private static final String KMAP = "'op':'kmap','pfn':";
    private static final String UNMAP = "'op':'kunmap','irq':0,'pfn':";
    private static final long WINDOW = 0xffc00000L;

    @TempDir
    private Path folder;

    private static String kmap(int pfn, Object result) {
        return KMAP + pfn + ",'r':" + result;
    }

    /** Rule, then events of which the last one breaks it. */
    static Stream<Arguments> breaches() {
        return Stream.of(
                breach(Rule.ALLOC_ALIGNED, alloc(0, 1, 65)),
                breach(Rule.ALLOC_INSIDE, alloc(0, 0, 192)),
                breach(Rule.ALLOC_INSIDE, alloc(0, 0, -1)),
                breach(Rule.ALLOC_INSIDE, alloc(0, 7, 64)),
                breach(Rule.ALLOC_ZONE, alloc(1, 0, 64)),
                breach(Rule.ALLOC_ZONE, alloc(0, 0, 128)),
                breach(Rule.ALLOC_ZONE, alloc(3, 0, 0)),
                breach(Rule.ALLOC_DISJOINT, alloc(0, 2, 64), alloc(0, 0, 67)),
                breach(Rule.ALLOC_DISJOINT, alloc(0, 0, 67), alloc(0, 2, 64)),
                breach(Rule.ALLOC_ORDER, alloc(0, 11, 0)),
                breach(Rule.ALLOC_FAILURE, alloc(0, 0, null)),
                breach(Rule.ALLOC_FAILURE, alloc(0, 6, 64), alloc(0, 6, null)),
                breach(Rule.ALLOC_FAILURE, "'op':'rmqueue','zone':0,'order':6,'r':null"),
                breach(Rule.ALLOC_FAILURE, alloc(Gfp.WAIT, 0, "'STUCK'")),
                breach(Rule.ALLOC_WAITS, alloc(0, 0, "'STUCK'")),
                breach(Rule.ALLOC_WAITS, alloc(0, 6, 64), alloc(Gfp.DMA, 6, 0), alloc(0, 6, "'STUCK'")),
                breach(Rule.ALLOC_WAITS, alloc(Gfp.WAIT, 11, "'STUCK'")),
                breach(Rule.FREE_LIVE, free(64, 0)),
                breach(Rule.FREE_LIVE, alloc(0, 0, 64), free(64, 0), free(64, 0)),
                breach(Rule.FREE_LIVE, alloc(0, 1, 64), free(64, 0)),
                breach(Rule.FREE_LIVE, alloc(0, 1, 64), free(65, 0)),
                breach(Rule.FREE_LIVE, alloc(0, 1, 64), "'op':'buddyfree','pfn':64,'order':2"),
                breach(Rule.REFERENCES, "'op':'get','pfn':64"),
                breach(Rule.REFERENCES, alloc(0, 0, 64), "'op':'get','pfn':64,'count':1"),
                breach(Rule.REFUSED, alloc(0, 0, 64), free(64, 0) + ",'r':'BUG'"),
                breach(Rule.REFUSED, alloc(0, 0, "'BUG'")),
                breach(Rule.REFUSED, alloc(0, 0, 64), kmap(64, "'BUG'")),
                breach(Rule.FRAMES_CONSERVED, alloc(0, 0, 64) + ",'fp':[64,64,64]"),
                breach(Rule.FRAMES_CONSERVED, alloc(0, 0, 64), "'op':'drain','cpu':0,'fp':[64,62,64]"),
                breach(Rule.LOW_DIRECT, kmap(64, 0xC0000000L + 4096 * 65)),
                breach(Rule.MAP_WINDOW, kmap(128, WINDOW + 2 * 4096)),
                breach(Rule.MAP_WINDOW, kmap(128, WINDOW + 1)),
                breach(Rule.MAP_WINDOW, "'op':'katomic','cpu':0,'pfn':128,'type':0,'r':" + WINDOW),
                breach(Rule.MAP_STABLE, kmap(128, WINDOW), kmap(128, WINDOW + 4096)),
                breach(Rule.MAP_STABLE, kmap(128, WINDOW), "'op':'kaddr','pfn':128,'r':0"),
                breach(Rule.MAP_STABLE, "'op':'ktopage','vaddr':" + 0xC0000000L + ",'r':1"),
                breach(Rule.MAP_DISTINCT, kmap(128, WINDOW), kmap(129, WINDOW)),
                breach(Rule.MAP_SLEEPS, kmap(128, WINDOW), kmap(129, WINDOW + 4096), kmap(130, WINDOW)),
                breach(Rule.MAP_SLEEPS, kmap(128, WINDOW), kmap(129, "'BLOCKED'")),
                breach(Rule.UNMAP_BALANCED, kmap(128, WINDOW), UNMAP + 128, UNMAP + 128),
                breach(Rule.UNMAP_BALANCED, "'op':'kunmap','irq':1,'pfn':64"),
                breach(Rule.CRASH, alloc(0, 0, "'CRASH'")),
                breach(Rule.HANG, alloc(0, 0, 64), free(64, 0) + ",'r':'HANG'"),
                breach(Rule.GARBAGE, "'op':'drain','cpu':0,'r':'GARBAGE'"));
    }

    private static Arguments breach(Rule rule, String... events) {
        return Arguments.of(rule, events);
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("breaches")
    void shouldRejectTheLastEvent(Rule rule, String[] events) throws IOException {
        FileVerdict verdict = Traces.judge(folder, BOOTED, events);
        assertEquals(Ruling.VIOLATED, verdict.ruling(), verdict.reason());
        Rejection rejection = verdict.rejection().orElseThrow();
        assertEquals(rule, rejection.breach().rule(), verdict.reason());
        assertEquals(BOOTED.size() + events.length + 1, rejection.line(), verdict.reason());
        assertTrue(verdict.reason().contains(rule.id() + ": "), verdict.reason());
    }

    @Test
    void shouldRejectSomethingForEachRule() {
        Set<Object> seen = new TreeSet<>();
        breaches().forEach(each -> seen.add(each.get()[0]));
        seen.add(Rule.ALLOC_RESERVED); // below, on a machine of its own
        seen.add(Rule.ALLOC_BELOW); // in DeclarationsTest, as it has to be declared
        assertEquals(new TreeSet<>(Set.of(Rule.values())), seen);
    }

    @Test
    void shouldKeepReservedFramesOut() throws IOException {
        List<String> machine =
                List.of(BOOTED.get(0), "'op':'reserve','pfn':70,'count':1", "'op':'bootq','mode':'blocks'");
        FileVerdict verdict = Traces.judge(folder, machine, free(70, 0), alloc(0, 2, 64), alloc(0, 1, 70));
        assertEquals(
                Rule.ALLOC_RESERVED, verdict.rejection().orElseThrow().breach().rule(), verdict.reason());
        assertEquals(7, verdict.rejection().orElseThrow().line());
    }

    @Test
    void shouldAcceptWhatTheRulesLeaveOpen() throws IOException {
        FileVerdict verdict = Traces.judge(
                folder,
                BOOTED,
                alloc(0, 0, 100),
                alloc(0, 3, 0),
                alloc(2, 0, 130),
                alloc(2, 0, 131) + ",'fp':[50,60,62]",
                "'op':'get','pfn':100,'count':2",
                free(100, 0),
                free(100, 0),
                free(100, 0) + ",'r':'BUG'",
                alloc(0, 7, null),
                alloc(Gfp.WAIT, 7, "'STUCK'"),
                alloc(0, 11, null),
                alloc(3, 0, "'INVALID'"),
                kmap(130, WINDOW),
                kmap(131, WINDOW + 4096),
                kmap(132, "'BLOCKED'"),
                kmap(130, WINDOW),
                UNMAP + 131,
                UNMAP + 131 + ",'r':'BUG'",
                kmap(132, WINDOW + 4096));
        assertEquals(Ruling.HOLDS, verdict.ruling(), verdict.reason());
    }

    /** The marks and the reserve let a request fail while frames are free, and only then. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, true",
        "63, 0, 0, true",
        "64, 0, 0, false",
        "32, 32, 0, false",
        "31, 32, 0, true",
        "0, 0, 6, true",
        "2, 0, 6, false",
        "64, 0, 6, false"
    })
    void shouldKnowWhatMayFail(int min, int reserve, int order, boolean rejected) throws IOException {
        FileVerdict verdict = Traces.judge(
                folder,
                BOOTED,
                alloc(1, 6, 0),
                "'op':'wm','zone':1,'v':[" + min + ",99,99]",
                "'op':'lmr','zone':1,'v':[0," + reserve + ",99]",
                alloc(0, order, null));
        assertEquals(rejected ? Ruling.VIOLATED : Ruling.HOLDS, verdict.ruling(), verdict.reason());
    }

    @Test
    void shouldLetEveryRequestFailIfToldSo() throws IOException {
        Path trace = Traces.write(folder.resolve("t.jsonl"), BOOTED, alloc(0, 0, null), alloc(0, 0, 64));
        FileVerdict verdict = ContractCheck.check(trace, Contract.Failures.RESOURCE_OBLIVIOUS, false);
        assertEquals(Ruling.HOLDS, verdict.ruling());
        assertEquals(1, verdict.answers(), "the failure was not judged");
    }

    @Test
    void shouldNoticeLinesThatAreNoEventsBehindTheLineThatDecides() throws IOException {
        Path trace = Traces.write(folder.resolve("t.jsonl"), BOOTED, alloc(1, 0, 64));
        Files.writeString(trace, Files.readString(trace) + "{\"i\":4,\"op\":\"al");
        FileVerdict violated = ContractCheck.check(trace, Contract.Failures.RESOURCE_AWARE, false);
        assertEquals(Ruling.VIOLATED, violated.ruling(), violated.reason());
        assertTrue(violated.reason().contains("; further on: " + trace + ":6:"), violated.reason());
        Traces.write(trace, BOOTED, "'op':'frobnicate'");
        Files.writeString(trace, Files.readString(trace) + "garbage");
        FileVerdict unknown = ContractCheck.check(trace, Contract.Failures.RESOURCE_AWARE, false);
        assertEquals(Ruling.UNREADABLE, unknown.ruling(), unknown.reason());
        assertTrue(unknown.reason().contains("before that line: " + trace + ":5: event 3"), unknown.reason());
    }

    /** However a line is read, the event that is wrong is not among those that are right. */
    @Test
    void shouldCountTheEventsBeforeTheWrongOne() throws IOException {
        for (String op : List.of("'op':", "'op' :")) {
            FileVerdict verdict = Traces.judge(
                    folder,
                    BOOTED,
                    alloc(0, 0, 64).replace("'op':", op),
                    alloc(0, 0, 64).replace("'op':", op));
            assertEquals(1, verdict.events(), verdict.reason());
        }
    }

    /** Frames on per-CPU lists are free, but cannot be given to a request for a large block. */
    @Test
    void shouldCountFramesThatAreHeldBack() throws IOException {
        List<String> normalAlone = List.of("'op':'zones','sizes':[0,64,0],'node_start':0", BOOTED.get(2));
        assertEquals(
                Ruling.HOLDS,
                Traces.judge(folder, normalAlone, alloc(0, 0, 0) + ",'fp':[0,62,0]", alloc(0, 5, null))
                        .ruling());
        assertEquals(
                Ruling.VIOLATED,
                Traces.judge(folder, normalAlone, alloc(0, 0, 0) + ",'fp':[0,62,0]", alloc(0, 3, null))
                        .ruling());
    }

    @Test
    void shouldJudgeATraceThatBeginsInMidLife() throws IOException {
        List<String> zones = List.of(BOOTED.get(0));
        for (List<String> start : List.of(zones, List.<String>of())) {
            assertEquals(
                    Ruling.HOLDS,
                    Traces.judge(folder, start, free(64, 1), alloc(0, 1, 64), alloc(0, 0, 100), alloc(0, 0, null))
                            .ruling());
            FileVerdict twice = Traces.judge(folder, start, free(64, 1), free(65, 0));
            assertEquals(
                    Rule.FREE_LIVE, twice.rejection().orElseThrow().breach().rule(), twice.reason());
            FileVerdict owned = Traces.judge(folder, start, alloc(0, 3, 8), alloc(1, 1, 8));
            assertEquals(
                    Rule.ALLOC_DISJOINT,
                    owned.rejection().orElseThrow().breach().rule(),
                    owned.reason());
        }
    }

    /** What was reported before a block went says nothing of what is on the free lists after that. */
    @Test
    void shouldNotTrustACountThatIsOld() throws IOException {
        List<String> normalAlone = List.of("'op':'zones','sizes':[0,64,0],'node_start':0", BOOTED.get(2));
        String half = alloc(0, 5, 0) + ",'fp':[0,32,0]";
        FileVerdict verdict = Traces.judge(folder, normalAlone, half, alloc(0, 4, 32), alloc(0, 4, null));
        assertEquals(Ruling.HOLDS, verdict.ruling(), verdict.reason());
        String quarter = alloc(0, 4, 32) + ",'fp':[0,16,0]";
        FileVerdict fresh = Traces.judge(folder, normalAlone, half, quarter, alloc(0, 4, null));
        assertEquals(
                Rule.ALLOC_FAILURE, fresh.rejection().orElseThrow().breach().rule(), fresh.reason());
    }

    /** Somebody has had a frame to which a reference is taken: it is live, and the reference is one more. */
    @Test
    void shouldCountReferencesOfABlockFromBeforeTheTrace() throws IOException {
        String get = "'op':'get','pfn':64";
        for (List<String> start : List.of(List.of(BOOTED.get(0)), List.<String>of())) {
            shouldHold(start, get + ",'count':2", free(64, 1), free(64, 1), alloc(0, 1, 64));
            shouldHold(
                    start, get + ",'count':3", get + ",'count':4", free(64, 0), free(64, 0), free(64, 0), free(64, 0));
            shouldHold(start, get, free(64, 0) + ",'r':'BUG'");
            shouldBreak(Rule.ALLOC_DISJOINT, start, get, free(64, 0), alloc(0, 0, 64));
            shouldBreak(Rule.FREE_LIVE, start, get, free(64, 0), free(64, 0), free(64, 0));
            shouldBreak(Rule.REFERENCES, start, get, get + ",'count':2");
            shouldBreak(Rule.FREE_LIVE, start, get, alloc(0, 0, 65), free(64, 1));
            shouldHold(start, get + ",'count':2", free(64, 0) + ",'r':'BUG'", free(64, 1), free(64, 1));
            shouldBreak(Rule.REFERENCES, start, get + ",'count':3000000000");
            shouldHold(start, get, "'op':'buddyfree','pfn':64,'order':1", alloc(0, 1, 64));
        }
    }

    /** With compound blocks, a reference to a frame may be one to the block around it. */
    @Test
    void shouldCountReferencesOfACompoundBlockFromBeforeTheTrace() throws IOException {
        String get = "'op':'get','pfn':65";
        Path trace = Traces.write(
                folder.resolve("t.jsonl"),
                List.of(BOOTED.get(0)),
                get,
                get.replace("65", "64"),
                free(64, 1),
                free(64, 1),
                free(64, 1),
                free(64, 1));
        FileVerdict single = ContractCheck.check(trace, Contract.Failures.RESOURCE_AWARE, false);
        assertEquals(Rule.FREE_LIVE, single.rejection().orElseThrow().breach().rule(), single.reason());
        assertEquals(5, single.rejection().orElseThrow().line(), single.reason());
        Files.writeString(trace, Files.readString(trace).replace("\"hugetlb\":false", "\"hugetlb\":true"));
        FileVerdict compound = ContractCheck.check(trace, Contract.Failures.RESOURCE_AWARE, false);
        assertEquals(Rule.FREE_LIVE, compound.rejection().orElseThrow().breach().rule(), compound.reason());
        assertEquals(8, compound.rejection().orElseThrow().line(), compound.reason());
    }

    /** What was mapped before the trace has a slot, and may be unmapped, once or more. */
    @Test
    void shouldNotKnowTheMappingsFromBeforeTheTrace() throws IOException {
        List<String> zones = List.of(BOOTED.get(0));
        shouldHold(zones, UNMAP + 130, UNMAP + 130, UNMAP + 131 + ",'r':'BUG'", kmap(132, "'BLOCKED'"));
        shouldHold(zones, kmap(130, WINDOW), UNMAP + 130, UNMAP + 130);
        shouldHold(List.of(), UNMAP + 130 + ",'r':'BUG'");
        shouldHold(List.of(), kmap(130, WINDOW), UNMAP + 130, UNMAP + 130 + ",'r':'BUG'");
        shouldHold(zones, "'op':'katomic','cpu':0,'pfn':130,'type':0,'r':'BUG'");
        shouldBreak(Rule.REFUSED, BOOTED, "'op':'katomic','cpu':0,'pfn':130,'type':0,'r':'BUG'");
        shouldBreak(Rule.MAP_SLEEPS, zones, kmap(5, "'BLOCKED'"));
        shouldBreak(Rule.MAP_SLEEPS, zones, kmap(130, WINDOW), kmap(130, "'BLOCKED'"));
        shouldBreak(Rule.UNMAP_BALANCED, zones, "'op':'kunmap','irq':1,'pfn':130");
    }

    @Test
    void shouldSayNothingOfZonesThatItDoesNotKnow() throws IOException {
        FileVerdict verdict = Traces.judge(folder, List.of(), alloc(2, 0, 5000), free(5000, 0), alloc(1, 0, null));
        assertEquals(Ruling.HOLDS, verdict.ruling(), verdict.reason());
        assertEquals(2, verdict.answers(), verdict.toString());
        FileVerdict named = Traces.judge(folder, List.of(), free(5000, 0), "'op':'rmqueue','zone':0,'order':0,'r':1");
        assertEquals(Ruling.UNREADABLE, named.ruling(), named.reason());
        assertTrue(named.reason().contains("3: rmqueue: the zones of this machine are not known"), named.reason());
    }

    private void shouldHold(List<String> start, String... events) throws IOException {
        FileVerdict verdict = Traces.judge(folder, start, events);
        assertEquals(Ruling.HOLDS, verdict.ruling(), verdict.reason());
    }

    private void shouldBreak(Rule rule, List<String> start, String... events) throws IOException {
        FileVerdict verdict = Traces.judge(folder, start, events);
        assertEquals(rule, verdict.rejection().orElseThrow().breach().rule(), verdict.reason());
        assertEquals(
                start.size() + events.length + 1,
                verdict.rejection().orElseThrow().line(),
                verdict.reason());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'op':'katomic','cpu':2,'pfn':130,'type':0,'r':0 | 5: katomic: CPU 2 does not exist: the machine has 2",
                "'op':'katomic','cpu':0,'pfn':130,'type':13,'r':0 | 5: katomic: kmap type 13 is not in 0..12",
                "'op':'kunatomic','cpu':0,'vaddr':4294918144,'type':13 | 5: kunatomic: kmap type 13 is not in 0..12",
                "'op':'free','cpu':0,'pfn':192,'order':0        | 5: free: frame 192 is not part of the machine's memory",
                "'op':'free','cpu':2,'pfn':0,'order':0          | 5: free: CPU 2 does not exist: the machine has 2",
                "'op':'alloc','cpu':0,'gfp':0,'order':0,'task':0 | 5: alloc: the field \"r\" is missing",
                "'op':'alloc','cpu':0,'gfp':0,'order':0,'task':0,'r':0.5 | 5:60: the number 0.5 is not a whole one",
                "'op':'alloc','cpu':0,'gfp':0,'order':0,'task':0,'r':0,'x':1 | 5:62: alloc: \"x\" is no field of it",
                "'op':'alloc','cpu':0,'gfp':0,'order':0,'task':0,'r':0,'t0':1 | 5: alloc: t0 and t1 belong together",
                "'op':'alloc','cpu':0,'gfp':0,'order':0,'task':0,'r':0,'t0':2,'t1':1 | 5: alloc: t1: it returns at 1",
                "'op':'bootq','mode':'blocks'                   | 5: bootq: the machine is in use already",
            })
    void shouldNameWhatIsWrongWithAFile(String event, String expected) throws IOException {
        FileVerdict verdict = Traces.judge(folder, BOOTED, event, alloc(0, 0, 64));
        assertEquals(Ruling.UNREADABLE, verdict.ruling(), verdict.reason());
        assertTrue(verdict.reason().contains("jsonl:" + expected), verdict.reason());
    }

    @Test
    void shouldNotMapThroughAWindowThatThereIsNot() throws IOException {
        Path trace = Traces.write(folder.resolve("t.jsonl"), BOOTED, kmap(130, WINDOW));
        Files.writeString(trace, Files.readString(trace).replace("\"last_pkmap\":2", "\"last_pkmap\":0"));
        FileVerdict verdict = ContractCheck.check(trace, Contract.Failures.RESOURCE_AWARE, false);
        assertEquals(Ruling.UNREADABLE, verdict.ruling(), verdict.reason());
        assertTrue(verdict.reason().contains("5: kmap: there is no kmap window: the header's last_pkmap is 0"));
    }

    @Test
    void shouldNotCallNothingAPass() throws IOException {
        String counts = "'op':'drain','cpu':0,'fp':[1,2,3]";
        assertEquals(
                Ruling.INCONCLUSIVE, Traces.judge(folder, List.of(), counts).ruling());
        FileVerdict settings = Traces.judge(folder, List.of(), "'op':'pcp','zone':0,'temp':0,'v':[1,2,3]", counts);
        assertEquals(Ruling.INCONCLUSIVE, settings.ruling(), settings.reason());
        assertEquals(Ruling.INCONCLUSIVE, Traces.judge(folder, BOOTED).ruling());
        FileVerdict questions = Traces.judge(folder, BOOTED, "'op':'sqrt','x':4,'r':3");
        assertEquals(Ruling.INCONCLUSIVE, questions.ruling());
        FileVerdict unknown = Traces.judge(folder, BOOTED, alloc(0, 0, 64), "'op':'frobnicate'");
        assertEquals(Ruling.INCONCLUSIVE, unknown.ruling());
        assertTrue(unknown.reason().contains("\"frobnicate\""), unknown.reason());
    }
}
