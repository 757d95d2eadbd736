package dev.gaugeblock.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a file, the verdict says what and in which line. */
class BadInputTest {
    private static final String HEADER =
            "{'header':1,'scenario':'s','desc':'d','binary':'b','last_pkmap':4,'hugetlb':false,"
                    + "'debug_highmem':false,'pae_window':false,'source':'test','config':{}}\n";
    private static final String ZONES = "{'i':0,'op':'zones','sizes':[64,0,0],'node_start':0}\n";
    private static final String BOOTED = HEADER + ZONES + "{'i':1,'op':'bootq','mode':'blocks'}\n";
    private static final String GOOD = BOOTED + "{'i':2,'op':'drain','cpu':0,'fp':[64,0,0]}\n";

    private static final String HIGHMEM = HEADER + "{'i':0,'op':'zones','sizes':[8,8,8],'node_start':0}\n"
            + "{'i':1,'op':'ncpu','n':9}\n{'i':2,'op':'bootq','mode':'blocks'}\n";

    @TempDir
    private Path folder;

    /** Each is the third event of a file whose machine has 64 DMA frames and a CPU; quotation marks are single ones. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "drain                                              | 4:1: this is not JSON: Unrecognized token",
                "[]                                                 | 4:1: this is not a JSON object",
                "{'i':2,'op':'drain','cpu':0,'fp':[64,0,0]          | 4:42: this is not JSON: Unexpected end-of-input",
                "{'i':2,'op':'drain','cpu':0,'fp':[64,0,0]} {}      | 4:44: something follows the JSON object",
                "{'i':2,'i':2,'op':'drain'}                         | 4:8: the key \"i\" comes twice",
                "{'i':2,'op':'drain','cpu':0.5}                     | 4:27: the number 0.5 is not a whole one",
                "{'i':2,'op':'drain','cpu':99999999999999999999} "
                        + "| 4:27: the number 99999999999999999999 does not fit",
                "{'i':1,'op':'drain','cpu':0}                       | 4: i: expected event number 2, found 1",
                "{'op':'drain','cpu':0}                             | 4: i: expected event number 2, found none",
                "{'i':2,'cpu':0} " + "| 4: op: expected the name of an operation, found none",
                "{'i':2,'op':5} " + "| 4: op: expected the name of an operation, found 5",
                "{'i':2,'op':'drain','fp':[64,0,0]}                 | 4: drain: the field \"cpu\" is missing",
                "{'i':2,'op':'drain','cpu':0}                       | 4: drain: the field \"fp\" is missing",
                "{'i':2,'op':'drain','cpu':0,'pf':0,'fp':[64,0,0]} "
                        + "| 4:29: drain: \"pf\" is no field of it; these are: i, op, cpu,",
                "{'i':2,'op':'drain','cpu':'0','fp':[64,0,0]} "
                        + "| 4:21: drain: cpu: expected a number in 0..255, found \"0\"",
                "{'i':2,'op':'drain','cpu':0,'fp':[64,0]}           | 4:29: drain: fp: expected a list of 3, found [64,0]",
                "{'i':2,'op':'drain','cpu':0,'fp':[64,null,0]}      | 4:29: drain: fp[1]: expected a number, found null",
                "{'i':2,'op':'drain','cpu':0,'tr':0,'fp':[64,0,0]}  | 4:29: drain: tr: expected a list, found 0",
                "{'i':2,'op':'drain','cpu':1,'fp':[64,0,0]} " + "| 4: drain: CPU 1 does not exist: the machine has 1",
                "{'i':2,'op':'get','pfn':64,'count':1} "
                        + "| 4: get: frame 64 does not exist: the memory has frames 0..63",
                "{'i':2,'op':'get','pfn':-1,'count':1} "
                        + "| 4:19: get: pfn: expected a number in 0..268435456, found -1",
                "{'i':2,'op':'wm','zone':7,'v':[0,0,0]}             | 4:18: wm: zone: expected a number in 0..2, found 7",
                "{'i':2,'op':'rmqueue','zone':0,'order':11,'r':null,'fp':[0,0,0]} "
                        + "| 4:32: rmqueue: order: expected a number in 0..10",
                "{'i':2,'op':'rmqueue','zone':2,'order':0,'r':null,'fp':[0,0,0]} "
                        + "| 4: rmqueue: zone HighMem has no frames",
                "{'i':2,'op':'buddyfree','pfn':63,'order':1,'fp':[0,0,0]} "
                        + "| 4: buddyfree: block 63 of order 1 ends at frame 64",
                "{'i':2,'op':'free','cpu':0,'pfn':0,'order':0,'r':'STUCK','fp':[0,0,0]} "
                        + "| 4:46: free: r: expected one of [\"BUG\"]",
                "{'i':2,'op':'zones','sizes':[64,0,0],'node_start':0} | 4: zones: the machine is booted already",
                "{'i':2,'op':'alloc','cpu':0,'gfp':65536,'order':0,'task':0,'r':0,'pf':0,'fp':[0,0,0]} "
                        + "| 4:29: alloc: gfp: expected",
                "{'i':2,'op':'alloc','cpu':0,'gfp':0,'order':-1,'task':0,'r':0,'pf':0,'fp':[0,0,0]} "
                        + "| 4:37: alloc: order: expected",
                "{'i':2,'op':'alloc','cpu':0,'gfp':0,'order':0,'task':0,'r':0,'fp':[0,0,0]} "
                        + "| 4: alloc: the field \"pf\" is missing",
                "{'i':2,'op':'alloc','cpu':0,'gfp':0,'order':0,'task':0,'script':['R'],'r':0,'pf':0,'fp':[63,0,0]} "
                        + "| 4: alloc: script item \"R\" is none of R:<progress>",
                "{'i':2,'op':'alloc','cpu':0,'gfp':0,'order':0,'task':0,'script':['O:f64.0@0'],"
                        + "'r':0,'pf':0,'fp':[63,0,0]} "
                        + "| 4: alloc: frame 64 does not exist",
                "{'i':2,'op':'setpage','pfn':0,'set':1048576,'clear':0} "
                        + "| 4:31: setpage: set: expected a number in 0..1048575",
                "{'i':2,'op':'ratio','ratio_set':[0,1],'zones':[],'min_free_kbytes':0,'ratio':[0,0],'zonelists':[]} "
                        + "| 4:21: ratio: ratio_set[0]: expected a number in 1..2147483647, found 0",
                "{'i':2,'op':'dump','zones':[{'free':[],'pcp':[]},{},{}],'d':''} "
                        + "| 4:20: dump: zones[0]: the field \"free_pages\" is missing"
            })
    void shouldNameWhatIsWrongWithAnEvent(String event, String problem) throws IOException {
        assertUnreadable(BOOTED + event + "\n", problem);
    }

    /** Each is the fourth event of a file whose machine has 8 frames in each zone and 9 CPUs. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'op':'kmap','pfn':24,'r':0,'last':0                | 5: kmap: frame 24 does not exist",
                "'op':'kmap','pfn':16,'r':0                         | 5: kmap: the field \"last\" is missing",
                "'op':'kmap','pfn':16,'r':'STUCK','last':0          | 5:29: kmap: r: expected a number, null or one of",
                "'op':'kmap','pfn':16,'script':['K'],'r':0,'last':0 | 5: kmap: script item \"K\" is none of R:<progress>",
                "'op':'kmap','pfn':16,'script':['K:u'],'r':0,'last':0 "
                        + "| 5: kmap: script item \"K:u\": action \"u\" is none of",
                "'op':'kmap','pfn':16,'script':['K:n','K:k24'],'r':0,'last':0 | 5: kmap: frame 24 does not exist",
                "'op':'kunmap','pfn':16,'last':0                    | 5: kunmap: the field \"irq\" is missing",
                "'op':'kunmap','pfn':16,'irq':2,'last':0            | 5:31: kunmap: irq: expected a number in 0..1, found 2",
                "'op':'kwaiters','n':-1                             | 5:24: kwaiters: n: expected a number in 0..1000, found -1",
                "'op':'kaddr','pfn':24,'r':0,'bucket':0             | 5: kaddr: frame 24 does not exist",
                "'op':'kdump','last':0,'slots':[[0]],'hash':[],'kd':'' "
                        + "| 5:30: kdump: slots[0]: expected a list of 2, found [0]",
                "'op':'kdump','last':0,'slots':[],'hash':[[1]],'kd':'' "
                        + "| 5:41: kdump: hash[0]: expected a list of 2, found [1]",
                "'op':'kdump','last':0,'slots':[],'hash':[[1,[[16,null]]]],'kd':'' "
                        + "| 5:41: kdump: hash[0][1][0][1]: expected a number, found null",
                "'op':'katomic','cpu':0,'pfn':16,'type':-1,'r':0    | 5:40: katomic: type: expected a number in 0..2147483647",
                "'op':'katomic','cpu':0,'pfn':16,'type':13,'r':0    | 5: katomic: kmap type 13 is not in 0..12",
                "'op':'katomic','cpu':0,'pfn':3,'type':13,'r':0     | 5: katomic: kmap type 13 is not in 0..12",
                "'op':'katomic','cpu':8,'pfn':16,'type':0,'r':0     | 5: katomic: CPU 8 has no atomic windows: only CPUs 0..7",
                "'op':'katomic','cpu':9,'pfn':16,'type':0,'r':0     | 5: katomic: CPU 9 does not exist: the machine has 9",
                "'op':'alloc','cpu':8,'gfp':32978,'order':0,'task':0,'r':16,'pf':0,'fp':[8,8,7] "
                        + "| 5: alloc: CPU 8 has no atomic windows: only CPUs 0..7",
                "'op':'kunatomic','cpu':0,'vaddr':4294967296,'type':0 "
                        + "| 5:33: kunatomic: vaddr: expected a number in 0..4294967295",
                "'op':'kunatomic','cpu':0,'vaddr':4294918144,'type':13 | 5: kunatomic: kmap type 13 is not in 0..12",
                "'op':'ktopage','vaddr':0,'r':0 | 5:23: ktopage: vaddr: expected a number in 3221225472..4294967295, found 0",
                "'op':'ktopage','vaddr':3221323776,'r':24           | 5: ktopage: frame 24 does not exist",
                "'op':'ktopage','vaddr':4290777088,'r':0            | 5: ktopage: frame 261121 does not exist",
                "'op':'ktopage','vaddr':4294963200,'r':0            | 5: ktopage: address 0xfffff000 is no atomic window",
                "'op':'ktopage','vaddr':4294475776,'r':0            | 5: ktopage: address 0xfff88000 is no atomic window",
                "'op':'wtidx','pfn':24,'page':0,'zone':0,'idx':0    | 5: wtidx: frame 24 does not exist",
                "'op':'wtsize','pages':-1,'size':4,'bits':2         | 5:22: wtsize: pages: expected a number in 0..2147483647",
                "'op':'hash','val':0,'bits':0,'r':0                 | 5:28: hash: bits: expected a number in 1..31, found 0",
                "'op':'hash','val':-1,'bits':1,'r':0                | 5:20: hash: val: expected a number in 0..4294967295",
                "'op':'sqrt','x':4294967296,'r':0                   | 5:20: sqrt: x: expected a number in 0..4294967295"
            })
    void shouldNameWhatIsWrongWithAnEventAboutHighMemory(String event, String problem) throws IOException {
        assertUnreadable(HIGHMEM + "{'i':3," + event + "}\n", problem);
    }

    /** The vectors do not say what the original does then. */
    @Test
    void shouldNotJudgeAKmapOfAScriptThatSleeps() throws IOException {
        String full = HIGHMEM;
        for (int i = 0; i < 4; i++) {
            int slot = (i + 1) % 4;
            full += "{'i':" + (3 + i) + ",'op':'kmap','pfn':" + (16 + i) + ",'r':" + (0xffc00000L + 4096 * slot)
                    + (slot == 0 ? ",'tr':['flush_range:ffc00000-ffc04000']" : "") + ",'nr':" + slot
                    + ",'count':2,'last':" + slot + "}\n";
        }
        assertVerdict(Ruling.HOLDS, file("t.jsonl", full), "");
        String sleeps = "{'i':7,'op':'kmap','pfn':20,'script':['K:k21','K:u16'],'r':0,'last':0}\n";
        assertVerdict(
                Ruling.INCONCLUSIVE,
                file("t.jsonl", full + sleeps),
                "t.jsonl:9: event 7: a kmap in a script would sleep itself");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'op':'kmap','pfn':16,'r':0,'last':0",
                "'op':'kmap','pfn':3,'r':0,'last':0",
                "'op':'kunmap','pfn':16,'irq':0,'last':0",
                "'op':'kwaiters','n':1",
                "'op':'kdigest','last':0,'kd':''",
                "'op':'kdump','last':0,'slots':[],'hash':[],'kd':''"
            })
    void shouldWantAWindowForKmap(String event) throws IOException {
        String none = HIGHMEM.replace("'last_pkmap':4", "'last_pkmap':0");
        String operation = event.split("'")[3];
        assertUnreadable(
                none + "{'i':3," + event + "}\n",
                "5: " + operation + ": there is no kmap window: the header's last_pkmap is 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'header':1, "
                        + "|                       | 1: the first line is no header: the field \"header\" is missing",
                "'header':1           | 'header':2            | 1: header: expected version 1, found 2",
                "'desc':'d',          |                       | 1: header: the field \"desc\" is missing",
                "'desc':'d'           | 'desc':0              | 1:28: header: desc: expected a string, found 0",
                "'hugetlb':false      | 'hugetlb':0           | 1:67: header: hugetlb: expected true or false, found 0",
                "'last_pkmap':4       | 'last_pkmap':1025     | 1:52: header: last_pkmap: expected a number in 0..1024",
                "'last_pkmap':4       | 'last_pkmap':3        | 1: header: last_pkmap: a kmap window of 3 slots: the number",
                "'config':{}          | 'config':{},'x':1     | 1:152: header: \"x\" is no field of it",
                "'config':{}          | 'config':{'x':1}      | 1:140: header: config: \"x\" is no field of it",
                "'config':{} "
                        + "| 'config':{'sizes':[65,0,0]} "
                        + "| 1: header: config describes no machine of the file: sizes is "
                        + "[65,0,0], but the first machine has [64,0,0]",
                "'config':{} "
                        + "| 'config':{'ncpu':2}   | 1: header: config describes no machine of the file: ncpu is 2,",
                "'config':{} "
                        + "| 'config':{'boot':'pages'} | 1: header: config describes no machine of the file: boot is",
                "'config':{} "
                        + "| 'config':{'wm':[[0,1,2,3]]} | 1: header: config describes no machine of the file: wm is",
                "'config':{} "
                        + "| 'config':{'resets':1} | 1: header: config.resets says that 1 machines follow the first"
            })
    void shouldNameWhatIsWrongWithAHeader(String right, String wrong, String problem) throws IOException {
        assertTrue(HEADER.contains(right), right);
        assertUnreadable(GOOD.replace(right, wrong == null ? "" : wrong), problem);
    }

    @Test
    void shouldAcceptWhatIsRight() throws IOException {
        assertVerdict(Ruling.HOLDS, file("t.jsonl", GOOD), "");
        assertVerdict(Ruling.HOLDS, file("t.txt", GOOD.stripTrailing()), "");
        assertVerdict(Ruling.HOLDS, Files.write(folder.resolve("t.jsonl"), gzip(GOOD)), "");
        assertVerdict(
                Ruling.HOLDS,
                file("t.jsonl", GOOD.replace("'config':{}", "'config':{'sizes':[64,0,0],'boot':'blocks'}")),
                "");
    }

    @Test
    void shouldNotTakeAFileWithoutAnswersForAPass() throws IOException {
        assertVerdict(Ruling.INCONCLUSIVE, file("t.jsonl", ""), "nothing to check: the file is empty");
        assertVerdict(
                Ruling.INCONCLUSIVE, file("t.jsonl", HEADER), "nothing to check: no event of the file has an answer");
        assertVerdict(
                Ruling.INCONCLUSIVE, file("t.jsonl", BOOTED), "nothing to check: no event of the file has an answer");
    }

    @Test
    void shouldWantTheOperationsInOrder() throws IOException {
        assertUnreadable(GOOD.substring(HEADER.length()), "1: the first line is no header");
        assertUnreadable(HEADER + "\n" + ZONES, "2: an empty line");
        assertUnreadable(HEADER + "{'i':0,'op':'ncpu','n':1}", "2: ncpu: the machine has no memory yet");
        assertUnreadable(HEADER + "{'i':0,'op':'bootq','mode':'none'}", "2: bootq: the machine has no memory yet");
        assertUnreadable(HEADER + ZONES + "{'i':1,'op':'digest','d':''}", "3: digest: no machine is booted");
        assertUnreadable(
                HEADER + ZONES + ZONES.replace("0,'op", "1,'op"), "3: zones: the zones of this machine were given");
        assertUnreadable(HEADER + ZONES + "{'i':1,'op':'holes','holes':[65,0,0]}", "3: holes: holes of zone DMA, 65");
        assertUnreadable(
                HEADER + ZONES + "{'i':1,'op':'reserve','pfn':60,'count':5}", "3: reserve: reserved frames 60..64");
        assertUnreadable(
                HEADER + "{'i':0,'op':'zones','sizes':[1048577,0,0],'node_start':0}",
                "2: zones: memory ends at frame 1048577");
    }

    @Test
    void shouldStopAtAnUnknownOperation() throws IOException {
        Path file = file("t.jsonl", GOOD + "{'i':3,'op':'reboot','now':true}\n{'i':4,'op':'not looked at'}\n");
        FileVerdict verdict = ExactCheck.check(file);
        assertEquals(Ruling.INCONCLUSIVE, verdict.ruling());
        assertEquals(file + ":5: event 3: operation \"reboot\" is none that the reference knows of", verdict.reason());
        assertEquals(3, verdict.events());
        assertEquals(1, verdict.answers());
        assertEquals(1, verdict.unjudged());
    }

    @Test
    void shouldNoticeAnAnswerTooManyOrTooFew() throws IOException {
        String drain = "'cpu':0,'fp'";
        assertVerdict(
                Ruling.VIOLATED,
                file("t.jsonl", GOOD.replace(drain, "'cpu':0,'tr':['warn'],'fp'")),
                "t.jsonl:4: event 2: tr: the file has [\"warn\"], the reference nothing");
        String misaligned = "{'i':2,'op':'buddyfree','pfn':1,'order':1,'fp':[64,0,0]}";
        assertVerdict(
                Ruling.VIOLATED,
                file("t.jsonl", BOOTED + misaligned),
                "t.jsonl:4: event 2: r: the file has nothing, the reference \"BUG\"");
    }

    @Test
    void shouldNotJudgeAMachineInRuins() throws IOException {
        // Frame 1 is freed on its own, to the hot list, and once more with its block; then the block is split, and
        // frame 1
        // enters a second list.
        String script = BOOTED
                + "{'i':2,'op':'rmqueue','zone':0,'order':1,'r':0,'fp':[62,0,0]}\n"
                + "{'i':3,'op':'get','pfn':1,'count':1}\n"
                + "{'i':4,'op':'free','cpu':0,'pfn':1,'order':0,'fp':[62,0,0]}\n"
                + "{'i':5,'op':'free','cpu':0,'pfn':0,'order':1,'fp':[64,0,0]}\n"
                + "{'i':6,'op':'rmqueue','zone':0,'order':0,'r':0,'fp':[63,0,0]}\n"
                + "{'i':7,'op':'digest','d':''}\n";
        assertVerdict(
                Ruling.INCONCLUSIVE,
                file("t.jsonl", script),
                "t.jsonl:9: event 7: the memory of the machine is in ruins after misuse in this event or before: "
                        + "a list leads into another one");
    }

    @Test
    void shouldNotTakeADamagedFileForAShorterOne() throws IOException {
        byte[] good = gzip(GOOD);
        Path file = folder.resolve("t.jsonl.gz");
        for (int length = 0; length < good.length; length++) {
            Files.write(file, Arrays.copyOf(good, length));
            FileVerdict verdict = ExactCheck.check(file);
            assertEquals(Ruling.UNREADABLE, verdict.ruling(), length + " bytes: " + verdict.reason());
        }
        Files.write(file, Arrays.copyOf(good, good.length + 1));
        assertVerdict(Ruling.UNREADABLE, file, ":5: this is not gzip data, or something else follows it");
        Files.write(file, GOOD.getBytes(StandardCharsets.UTF_8));
        assertVerdict(Ruling.UNREADABLE, file, ":1: this is not gzip data");
    }

    @Test
    void shouldNoticeDamageBehindAWrongAnswerToo() throws IOException {
        byte[] wrong = gzip(GOOD.replace("[64,0,0]}\n", "[65,0,0]}\n"));
        wrong[wrong.length - 5] ^= 1;
        Path file = Files.write(folder.resolve("t.jsonl.gz"), wrong);
        assertVerdict(Ruling.UNREADABLE, file, "the gzip data is corrupted: wrong checksum");
    }

    /** The lines before damage that is readable are intact: what they decide stays decided. */
    @Test
    void shouldNoticeLinesThatAreNoEventsBehindTheLineThatDecides() throws IOException {
        String wrong = GOOD.replace("[64,0,0]}\n", "[65,0,0]}\n");
        assertVerdict(
                Ruling.VIOLATED,
                file("t.jsonl", wrong + "{'i':3,'op':'dr"),
                ", the reference 64; further on: " + folder.resolve("t.jsonl") + ":5:");
        assertVerdict(
                Ruling.VIOLATED,
                file("t.jsonl", wrong + "{'i':4,'op':'x'}"),
                ":5: i: expected event number 3, found 4");
        String unknown = GOOD + "{'i':3,'op':'reboot'}\n";
        assertVerdict(
                Ruling.UNREADABLE,
                file("t.jsonl", unknown + "garbage\n"),
                "before that line: " + folder.resolve("t.jsonl") + ":5: event 3: operation \"reboot\" is none");
    }

    @Test
    void shouldNotPrintWhateverAFileHolds() throws IOException {
        String operation = "x\\u001b[31m\\n\u0085HOLDS" + "y".repeat(5000);
        FileVerdict verdict = ExactCheck.check(file("t.jsonl", GOOD + "{'i':3,'op':'" + operation + "'}\n"));
        assertTrue(verdict.reason().contains("operation \"x\\u001B[31m\\n\\u0085HOLDSyyy"), verdict.reason());
        assertTrue(verdict.reason().length() < 500, verdict.reason());
        FileVerdict type = ExactCheck.check(file("t.jsonl", GOOD + "{'i':3,'op':'drain','cpu':'" + operation + "'}\n"));
        assertEquals(Ruling.UNREADABLE, type.ruling());
        assertTrue(type.reason().length() < 500, type.reason());
        assertUnreadable(GOOD + "{'i':3,'op':x\u001bc}\n", "5:13: this is not JSON: Unrecognized token 'x\\u001Bc'");
    }

    @Test
    void shouldWantUtf8() throws IOException {
        Path file = folder.resolve("t.jsonl");
        Files.write(file, HEADER.replace("'d'", "'ä'").replace('\'', '"').getBytes(StandardCharsets.ISO_8859_1));
        assertVerdict(Ruling.UNREADABLE, file, ":1: byte 36 of the line is not UTF-8");
        Files.write(file, HEADER.replace('\'', '"').getBytes(StandardCharsets.UTF_16LE));
        assertVerdict(Ruling.UNREADABLE, file, ":1:");
    }

    @Test
    void shouldSayWhenThereIsNoSuchFile() {
        assertVerdict(Ruling.UNREADABLE, folder.resolve("none"), "none: no such file");
    }

    private void assertUnreadable(String text, String problem) throws IOException {
        Path file = file("t.jsonl", text);
        FileVerdict verdict = ExactCheck.check(file);
        assertEquals(Ruling.UNREADABLE, verdict.ruling(), verdict.reason());
        assertTrue(verdict.reason().startsWith(file + ":" + problem), verdict.reason());
    }

    private static void assertVerdict(Ruling expected, Path file, String reason) {
        FileVerdict verdict = ExactCheck.check(file);
        assertEquals(expected, verdict.ruling(), verdict.reason());
        assertTrue(verdict.reason().contains(reason), verdict.reason());
        assertEquals(expected == Ruling.HOLDS, verdict.reason().isEmpty());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text.replace('\'', '"'));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
