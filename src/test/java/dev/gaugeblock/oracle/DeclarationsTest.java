package dev.gaugeblock.oracle;

import static dev.gaugeblock.oracle.Traces.alloc;
import static dev.gaugeblock.oracle.Traces.free;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an allocator declares itself to be like lifts the rule that it is about, and is held to. */
class DeclarationsTest {
    private static final Path CASES = Path.of("src", "test", "resources", "oracle");

    private static final String ZONES = "'op':'zones','sizes':[0,1024,0],'node_start':0";
    private static final String BOOT = "'op':'bootq','mode':'blocks'";

    @TempDir
    private Path folder;

    private FileVerdict check(Path file) {
        return ContractCheck.check(file, Contract.Failures.RESOURCE_AWARE, false);
    }

    /** A file whose header declares something, with single quotation marks; nothing if it is empty. */
    private FileVerdict judge(String declares, String... events) throws IOException {
        Path file = Traces.write(folder.resolve("trace.jsonl"), List.of(), events);
        return check(declared(file, Files.readString(file), declares));
    }

    private static Path declared(Path file, String text, String declares) throws IOException {
        String with = declares.isEmpty()
                ? text
                : text.replaceFirst(
                        "\"config\":\\{}", "\"config\":{},\"declares\":{" + declares.replace('\'', '"') + "}");
        return Files.writeString(file, with);
    }

    private FileVerdict booted(String declares, String... events) throws IOException {
        List<String> all = new ArrayList<>(List.of(ZONES, BOOT));
        all.addAll(Arrays.asList(events));
        return judge(declares, all.toArray(String[]::new));
    }

    private void shouldHold(FileVerdict verdict) {
        assertEquals(Ruling.HOLDS, verdict.ruling(), verdict.reason());
    }

    private void shouldBreak(String what, FileVerdict verdict) {
        assertEquals(Ruling.VIOLATED, verdict.ruling(), verdict.reason());
        assertTrue(verdict.reason().contains(what), verdict.reason());
    }

    private void shouldBeUnreadable(String what, FileVerdict verdict) {
        assertEquals(Ruling.UNREADABLE, verdict.ruling(), verdict.reason());
        assertTrue(verdict.reason().contains(what), verdict.reason());
    }

    /** What allocators of other people answered, cut down: the verdict with the declaration, and without. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "xv6-one-pool | 'zones':'pool' | VIOLATED | declares \"zones\":\"pool\"",
                "managarm-address-limit-block-across-zones | 'zones':'pool' | VIOLATED | declares \"zones\":\"pool\"",
                "merged-free | 'frees':['whole','several'] | VIOLATED | declares \"frees\":[\"whole\",\"several\"]",
                "partial-free | 'frees':['whole','parts'] | VIOLATED | declares \"frees\":[\"whole\",\"parts\"]",
                "spaskalev-order11-granted | 'max_order':11 | VIOLATED | declares \"max_order\":11",
                "three-frames | 'aligned':'frame' | UNREADABLE | :4:39: alloc: \"count\" is only for allocators that declare",
                "free-without-order | 'order_in_free':false | UNREADABLE | declare \"order_in_free\":false",
            })
    void shouldLiftTheRuleThatADeclarationIsAbout(String name, String declares, Ruling without, String what)
            throws IOException {
        Path file = CASES.resolve(name + ".jsonl");
        FileVerdict undeclared = check(file);
        assertEquals(without, undeclared.ruling(), undeclared.reason());
        assertTrue(undeclared.reason().contains(what), undeclared.reason());
        shouldHold(check(declared(folder.resolve("declared.jsonl"), Files.readString(file), declares)));
    }

    @ParameterizedTest
    @CsvSource({
        "big-memory, INCONCLUSIVE",
        "hole-reserved-late, HOLDS",
        "get-overlaps-free, HOLDS",
        "l0121t, HOLDS",
        "mt-failure-with-1023-frames-free, VIOLATED",
        "bug-llf_nd-1, VIOLATED",
        "rcore-frame-lost-at-max-order, VIOLATED",
        "llfree-HEAD-undo-failed, VIOLATED",
        "lastweek-prints-on-stdout, VIOLATED",
    })
    void shouldJudgeWhatOthersAnswered(String name, Ruling ruling) {
        FileVerdict verdict = check(CASES.resolve(name + ".jsonl"));
        assertEquals(ruling, verdict.ruling(), verdict.reason());
    }

    @Test
    void shouldHoldToTheLargestOrder() throws IOException {
        shouldBreak("alloc-order: order 5 was granted", booted("'max_order':4", alloc(0, 5, 0)));
        shouldHold(booted("'max_order':4", alloc(0, 4, 0), alloc(0, 5, null)));
        shouldBreak("alloc-failure", booted("'max_order':4", alloc(0, 4, null)));
        String large = "'op':'zones','sizes':[0,65536,0],'node_start':0";
        shouldHold(judge("'max_order':16", large, BOOT, alloc(0, 16, 0), free(0, 16), alloc(0, 15, 32768)));
        shouldBreak("alloc-failure", judge("'max_order':16", large, BOOT, alloc(0, 14, 0), alloc(0, 15, null)));
        shouldBeUnreadable("declare \"max_order\":11", booted("", free(0, 11)));
    }

    @Test
    void shouldLetBlocksStartAnywhere() throws IOException {
        String three = "'op':'alloc','cpu':0,'gfp':0,'count':3,'task':0,'r':";
        String freed = "'op':'free','cpu':0,'pfn':5,'count':3";
        shouldHold(booted("'aligned':'frame'", three + 5, freed, three + 6, alloc(0, 1, 9)));
        shouldBreak("alloc-disjoint", booted("'aligned':'frame'", three + 5, alloc(0, 1, 7)));
        shouldBreak("alloc-inside", booted("'aligned':'frame'", three + 1022));
        shouldBreak("free-live", booted("'aligned':'frame'", three + 5, "'op':'free','cpu':0,'pfn':5,'order':1"));
        shouldBreak("declares \"aligned\":\"frame\"", booted("", alloc(0, 1, 5)));
        String aligned = three.replace("'task'", "'align':8,'task'");
        shouldHold(booted("'aligned':'frame'", aligned + 16));
        shouldBreak("alloc-aligned", booted("'aligned':'frame'", aligned + 12));
        // All that is left is 1..2 and 4..1023: room for 3, but not at a multiple of 1024.
        String whole = "'op':'alloc','cpu':0,'gfp':0,'count':1,'task':0,'r':";
        shouldBreak("alloc-failure", booted("'aligned':'frame'", whole + 0, whole + 3, three + "null"));
        shouldHold(booted(
                "'aligned':'frame'", whole + 0, whole + 3, three.replace("'task'", "'align':1024,'task'") + "null"));
        shouldBreak("declares \"max_order\":11", booted("'aligned':'frame'", three.replace(":3", ":1025") + 0));
        shouldBeUnreadable("count: it stands in place of order", booted("'aligned':'frame'", three + "0,'order':1"));
        shouldBeUnreadable(
                "count: expected a number in 1..", booted("'aligned':'frame'", three.replace(":3", ":0") + 0));
    }

    @Test
    void shouldKnowZonesOfAnyNumberAndName() throws IOException {
        String four = "'op':'zones','sizes':[8,8,8,8],'names':['a','b','c','d'],'node_start':0";
        String from = "'op':'alloc','cpu':0,'zones':[1,3],'order':0,'task':0,'r':";
        shouldHold(judge("", four, BOOT, from + 8 + ",'fp':[8,7,8,8]", from + 31));
        shouldBreak("frame 16 is in zone c, but zones [1, 3] are permitted", judge("", four, BOOT, from + 16));
        shouldBreak("although zone b has", judge("", four, BOOT, from + "null"));
        shouldBeUnreadable(
                "fp: 3 numbers, and the machine has 4 zones", judge("", four, BOOT, from + 8 + ",'fp':[8,7,8]"));
        shouldBeUnreadable("zone 4 does not exist", judge("", four, BOOT, from.replace("3]", "4]") + 8));
        shouldBeUnreadable("of which gfp says nothing", judge("", four, BOOT, alloc(0, 0, 8)));
        shouldBeUnreadable("zones: it stands in place of gfp", judge("", four, BOOT, from + "8,'gfp':0"));
        shouldBeUnreadable("any frame may serve any request", judge("'zones':'pool'", four, BOOT, from + 8));
        shouldBeUnreadable("names: 4 names for 1 zones", judge("", four.replace("[8,8,8,8]", "[8]"), BOOT, from + 8));
        shouldHold(judge("'zones':'pool'", four, BOOT, alloc(1, 4, 16) + ",'fp':[8,8,0,0]"));
        shouldBreak("frames-conserved", judge("'zones':'pool'", four, BOOT, alloc(1, 4, 16) + ",'fp':[8,8,8,0]"));
    }

    @Test
    void shouldKeepBelowALimit() throws IOException {
        String below = "'op':'alloc','cpu':0,'gfp':0,'order':2,'below':16,'task':0,'r':";
        shouldHold(booted("'limit':true", below + 12, below + 8, below + 4, below + 0, below + "null"));
        shouldBreak("alloc-below: frames 16..19", booted("'limit':true", below + 16));
        shouldBreak("alloc-failure", booted("'limit':true", below + 12, below + 8, below + 4, below + "null"));
        shouldBeUnreadable("declare \"limit\":true", booted("", below + 12));
    }

    @Test
    void shouldHoldFreesToWhatIsDeclared() throws IOException {
        String both = "'frees':['whole','parts','several']";
        shouldHold(booted(both, alloc(0, 2, 0), alloc(0, 2, 4), free(0, 0), free(2, 1), free(1, 0), free(4, 2)));
        shouldBreak("free-live", booted("'frees':['whole','parts']", alloc(0, 2, 0), free(0, 1), free(0, 1)));
        shouldBreak("free-live", booted("'frees':['whole','parts']", alloc(0, 2, 0), free(0, 3)));
        shouldBreak("alloc-disjoint", booted("'frees':['whole','parts']", alloc(0, 2, 0), free(0, 1), alloc(0, 0, 2)));
        shouldHold(booted("'frees':['whole','parts']", alloc(0, 2, 0), free(0, 1), alloc(0, 1, 0)));
        shouldBreak(
                "declares \"frees\":[\"whole\",\"parts\",\"several\"]",
                booted("'frees':['whole','several']", alloc(0, 2, 0), free(0, 1)));
        shouldBreak("refused", booted("'frees':['whole','parts']", alloc(0, 2, 0), free(0, 1) + ",'r':'BUG'"));
        FileVerdict within = booted("'order_in_free':false", alloc(0, 1, 0), "'op':'free','cpu':0,'pfn':1");
        shouldBreak("free-live", within);
        assertFalse(within.reason().contains("declares"), "a free that says no order gives back no part: " + within);
        shouldBreak("free-live", booted("'order_in_free':false", alloc(0, 1, 0), free(0, 0)));
    }

    @Test
    void shouldHoldTheCountsToWhatIsHeld() throws IOException {
        String hides = alloc(0, 0, 0) + ",'fp':[0,1020,0]";
        shouldHold(booted("", hides));
        shouldHold(booted("'held':3", hides));
        shouldBreak("3 free frames are not reported, but 2 a CPU may hide", booted("'held':2", hides));
        shouldBreak("and none may hide", booted("'held':'none'", hides));
        shouldBreak("declares \"held\":\"percpu\"", booted("'held':0", hides));
        // Two are left, and two may hide: but not three.
        List<String> most = new ArrayList<>();
        for (int pfn = 0; pfn < 1022; pfn++) {
            most.add(alloc(0, 0, pfn));
        }
        most.add(alloc(0, 0, null));
        shouldHold(booted("'held':2", most.toArray(String[]::new)));
        shouldBreak("alloc-failure", booted("'held':1", most.toArray(String[]::new)));
    }

    @Test
    void shouldLetRequestsFailAtWill() throws IOException {
        shouldHold(booted("'failure':'may'", alloc(0, 0, null), alloc(0, 0, 0)));
        shouldBreak("declares \"failure\":\"may\"", booted("'failure':'must'", alloc(0, 0, null)));
    }

    @Test
    void shouldNotBootOnLessThanIsDeclared() throws IOException {
        shouldHold(booted("'min_frames':1024", alloc(0, 0, 0)));
        shouldBeUnreadable("declares \"min_frames\":1025", booted("'min_frames':1025", alloc(0, 0, 0)));
    }

    @Test
    void shouldKeepTheAllocatorsOwnFramesOut() throws IOException {
        String own = BOOT + ",'own':[[0,16],[1000,24]]";
        shouldBreak("alloc-reserved", judge("", ZONES, own, alloc(0, 0, 1023)));
        FileVerdict held = judge("", ZONES, own, alloc(0, 0, 999) + ",'fp':[0,983,0]");
        shouldHold(held);
        assertEquals(40, held.notJudged().get("own frames"));
        FileVerdict most = judge("", ZONES, BOOT + ",'own':[[0,513]]", alloc(0, 0, 999));
        assertEquals(Ruling.INCONCLUSIVE, most.ruling(), most.reason());
        shouldBeUnreadable("not inside the memory", judge("", ZONES, BOOT + ",'own':[[1024,1]]", alloc(0, 0, 0)));
        shouldBreak("alloc-disjoint", booted("", alloc(0, 0, 5), "'op':'reserve','pfn':4,'count':2"));
        shouldBreak("alloc-reserved", booted("", "'op':'reserve','pfn':4,'count':2", alloc(0, 0, 5)));
    }

    /** The ends of the ranges that may be declared, and declarations that meet. */
    @Test
    void shouldKeepToWhatIsDeclaredAtItsEnds() throws IOException {
        shouldHold(booted("'max_order':0", alloc(0, 0, 3), alloc(0, 1, null), free(3, 0)));
        shouldBreak("alloc-order: order 1 was granted", booted("'max_order':0", alloc(0, 1, 2)));
        String largest = "'op':'zones','sizes':[0,268435456,0],'node_start':0";
        shouldHold(judge("'max_order':28", largest, BOOT, alloc(0, 28, 0), free(0, 28)));
        shouldBeUnreadable("found 268435457", judge("", largest.replace("456", "457"), BOOT, alloc(0, 0, 0)));
        String most = "'op':'ncpu','n':1024";
        String last = "'op':'alloc','cpu':1023,'gfp':0,'order':0,'task':0,'r':0";
        shouldHold(judge("", ZONES, most, BOOT, last));
        shouldBeUnreadable("n: expected a number in 1..1024", judge("", ZONES, "'op':'ncpu','n':1025", BOOT, last));
        String three = "'op':'alloc','cpu':0,'gfp':0,'count':3,'task':0,'r':";
        shouldBreak("a block of 3 frames was granted", booted("'aligned':'frame','max_order':1", three + 5));
        shouldHold(booted("'aligned':'frame','max_order':1", three + "null"));
        String both = "'aligned':'frame','frees':['whole','several']";
        String all = "'op':'free','cpu':0,'pfn':5,'count':4";
        shouldHold(booted(both, three + 5, alloc(0, 0, 8), all));
        shouldBreak("free-live", booted(both, three + 5, alloc(0, 0, 9), all));
        String pool = "'op':'zones','sizes':[8,8,0],'node_start':0";
        shouldHold(judge("'zones':'pool','aligned':'frame'", pool, BOOT, alloc(0, 3, 4), free(4, 3)));
        shouldBreak("alloc-failure", judge("'zones':'pool'", pool, BOOT, alloc(1, 3, 0), alloc(1, 3, null)));
        shouldBreak("alloc-order", booted("'failure':'may','max_order':2", alloc(0, 3, 8)));
        shouldBreak("free-live", booted("'frees':['whole','parts']", alloc(0, 1, 8), "'op':'get','pfn':8", free(8, 0)));
    }

    /** A rejection that a declaration would lift says which. */
    @Test
    void shouldSayWhatWouldLiftARejection() throws IOException {
        String waits = "'op':'alloc','cpu':0,'gfp':16,'order':11,'task':0,'r':'STUCK'";
        shouldBreak("declares \"max_order\":11", booted("", waits));
        shouldBreak("or \"max_order\":2 if that is the largest", booted("", alloc(0, 3, null)));
        shouldBreak("declares \"max_order\":2", booted("", alloc(0, 3, null).replace("null", "'BUG'")));
        shouldBreak(
                "declares \"aligned\":\"frame\" and \"frees\":[\"whole\",\"parts\"]",
                booted("", alloc(0, 2, 0), free(1, 1)));
        shouldHold(booted("'aligned':'frame','frees':['whole','parts']", alloc(0, 2, 0), free(1, 1)));
        String two = "'op':'zones','sizes':[8,8,0],'node_start':0";
        shouldBreak("declares \"zones\":\"pool\"", judge("", two, BOOT, alloc(0, 0, 8) + ",'fp':[15,0,0]"));
        shouldHold(judge("'zones':'pool'", two, BOOT, alloc(0, 0, 8) + ",'fp':[15,0,0]"));
        shouldBeUnreadable("declare \"zones\":\"pool\"", booted("", "'op':'alloc','cpu':0,'order':0,'task':0,'r':0"));
    }

    /** The word to look at is named by its column. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'max_order':29 | :1:164: header: max_order: expected a number in 0..28, found 29",
                "'aligned':'size','maxorder':3 | :1:181: header: \"maxorder\" is nothing that can be declared",
                "'aligned':'page' | aligned: expected one of [\"size\",\"frame\"], found \"page\"",
                "'zones':['pool'] | zones: expected one of",
                "'limit':false | limit: expected true",
                "'min_frames':0 | min_frames: expected a number in 1..",
                "'frees':[] | frees: expected [\"whole\"]",
                "'frees':['whole','whole'] | frees: expected [\"whole\"]",
                "'order_in_free':1 | order_in_free: expected true or false, found 1",
                "'order_in_free':false,'frees':['whole','parts'] | which contradict each other",
                "'held':'some' | held: expected one of [\"percpu\",\"none\"]",
                "'held':-1 | held: expected a number in 0..",
                "'failure':true | failure: expected one of",
                "'threads':0 | threads: expected a number in 1..1024",
            })
    void shouldNameWhatCannotBeDeclared(String declares, String what) throws IOException {
        shouldBeUnreadable(what, booted(declares, alloc(0, 0, 0)));
    }

    @Test
    void shouldTakeWhatAResetDeclares() throws IOException {
        String reset = "'op':'reset','declares':{'max_order':4}";
        shouldBreak("alloc-order", judge("", reset, ZONES, BOOT, alloc(0, 5, 0)));
        shouldHold(judge("'max_order':4", reset, ZONES, BOOT, alloc(0, 5, null), alloc(0, 4, 0)));
        shouldBeUnreadable(
                "something else than the header", judge("'max_order':5", reset, ZONES, BOOT, alloc(0, 4, 0)));
        shouldBeUnreadable(":2:", judge("", "'op':'reset','declares':{'max_order':'x'}", ZONES, BOOT, alloc(0, 4, 0)));
    }

    /** Where an event comes from is said of it, and of the one since which the block is owned. */
    @Test
    void shouldSayFromWhichPlacesInTheSourceItComes() throws IOException {
        shouldBreak(
                "; this is at buddy.c:23; line 4 is at buddy.c:7; live: frame 5",
                booted("", alloc(0, 0, 5) + ",'src':'buddy.c:7'", alloc(0, 0, 5) + ",'src':'buddy.c:23'"));
        shouldBreak(
                "handed out; line 4 is at buddy.c:7;",
                booted("", alloc(0, 0, 5) + ",'src':'buddy.c:7'", alloc(0, 0, 5)));
        List<String> many = new ArrayList<>();
        many.add(alloc(0, 0, 5) + ",'src':'first.c:1'");
        for (int i = 0; i < 9000; i++) {
            many.add(alloc(0, 0, 6) + ",'src':'later.c:" + i + "'");
            many.add(free(6, 0));
        }
        many.add(alloc(0, 0, 5));
        shouldBreak("line 4 is at first.c:1", booted("", many.toArray(String[]::new)));
    }

    /** Of a program that ended, there is no answer; old files say STUCK, which is judged as it was. */
    @Test
    void shouldRejectWhatWasNotAnswered() throws IOException {
        shouldBreak("crash: alloc was not answered: CRASH", booted("", alloc(0, 0, "'CRASH'")));
        shouldBreak("hang: free was not answered: HANG", booted("", alloc(0, 0, 1), free(1, 0) + ",'r':'HANG'"));
        shouldBreak("garbage: bootq was not answered: GARBAGE", judge("", ZONES, BOOT + ",'r':'GARBAGE'"));
        shouldBreak("crash: zones", judge("", "'op':'reset'", ZONES + ",'r':'CRASH'"));
        shouldBreak("crash: reset", judge("", "'op':'reset','r':'CRASH'"));
        shouldBreak("crash: drain", booted("", "'op':'drain','cpu':0,'r':'CRASH'"));
    }

    @Test
    void shouldRefuseToCompareWithTheReference() throws IOException {
        booted("'max_order':11", alloc(0, 11, null));
        FileVerdict exact = ExactCheck.check(folder.resolve("trace.jsonl"));
        shouldBeUnreadable("leave --exact out", exact);
    }
}
