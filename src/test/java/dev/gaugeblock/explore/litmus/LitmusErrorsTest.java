package dev.gaugeblock.explore.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the parser says about files that are no litmus tests: each row is one mistake, and the exact message. */
class LitmusErrorsTest {
    static final String NAME = "a name of lower-case letters, digits and single hyphens, found ";
    private static final String COMPARISON = "expected a comparison (==, !=, <, <=, >, >=), found ";
    private static final String OPERATION =
            "expected an operation (v = alloc GFP ORDER, v = alloc GFP ORDER node N, free v, free v as ORDER, free-cold v, put v, get v, drain,"
                    + " lock L, unlock L, mb, sysctl NAME N, kmap v, kunmap v, kmap-atomic v TYPE, kunmap-atomic v TYPE, read v,"
                    + " write v, lock-page v, unlock-page v, wait-page v, start-writeback v, end-writeback v, wait-writeback v, attach-heads v, drop-heads v; b = get-buf BLOCK LENGTH FLAGS,"
                    + " b = read-buf BLOCK LENGTH FLAGS, b = find-buf BLOCK LENGTH FLAGS, iostart b FLAGS, bwrite b,"
                    + " bdwrite b, bawrite b, lock-buf b, unlock-buf b, hold b, rele b, relse b, pin b, unpin b, dequeue b,"
                    + " mark b FLAGS, daemon, complete, work), \"on\" or the next section, found ";

    @ParameterizedTest
    @MethodSource({
        "heads",
        "dev.gaugeblock.explore.litmus.MachineErrors#machines",
        "dev.gaugeblock.explore.litmus.MachineErrors#nodes",
        "buffers",
        "dev.gaugeblock.explore.litmus.OperationErrors#misuse",
        "dev.gaugeblock.explore.litmus.OperationErrors#sysctls",
        "dev.gaugeblock.explore.litmus.OperationErrors#nodes",
        "dev.gaugeblock.explore.litmus.OperationErrors#writeback",
        "dev.gaugeblock.explore.litmus.OperationErrors#strikes",
        "programs",
        "names",
        "expectations"
    })
    void shouldSayWhatIsWrongAndWhere(String text, String message) {
        LitmusSyntaxException thrown =
                assertThrows(LitmusSyntaxException.class, () -> LitmusParser.parse("x.litmus", text));
        assertEquals("x.litmus:" + message, thrown.getMessage());
        assertEquals("x.litmus:" + thrown.line() + ":" + thrown.column(), positionOf(thrown));
    }

    private static String positionOf(LitmusSyntaxException thrown) {
        return thrown.getMessage().replaceFirst(": .*", "");
    }

    static Stream<Arguments> heads() {
        return Stream.of(
                row("", "1:1: expected \"litmus\", found the end of the file"),
                row("# nothing\n\n", "3:1: expected \"litmus\", found the end of the file"),
                row("\n  machine\n", "2:3: expected \"litmus\", found \"machine\""),
                row("litmus\n", "1:7: expected " + NAME + "the end of the line"),
                row("litmus Two", "1:8: expected " + NAME + "\"Two\""),
                row("litmus a--b", "1:8: expected " + NAME + "\"a--b\""),
                row("litmus a-b c # d", "1:12: expected the end of the line, found \"c\""),
                row("litmus a\nmachine", "2:1: expected the story in quotes, found \"machine\""),
                row("litmus a\n\"story\n", "2:1: expected the quote to be closed, found the end of the line"),
                row("litmus a\n\"  \"\n", "2:1: expected words between the quotes, found \"  \""),
                row("litmus a\n\"one\" \"two\"", "2:7: expected the end of the line, found \"two\""),
                row("litmus a\n\"S.\"\ncpu 0", "3:1: expected \"machine\", found \"cpu\""),
                row("litmus a\n\"S.\"", "2:5: expected \"machine\", found the end of the file"));
    }

    static Stream<Arguments> buffers() {
        String flags =
                "expected flags of a buffer (READ, WRITE, MAPPED, PARTIAL, ASYNC, NONE, DELWRI, STALE, FS_MANAGED,"
                        + " FS_DATAIOD, FORCEIO, FLUSH, READ_AHEAD, LOCK, TRYLOCK, DONT_BLOCK), found ";
        return Stream.of(
                machine("device", "4:7: expected \"synchronous\" or \"deferred\", found the end of the line"),
                machine("device slow", "4:8: expected \"synchronous\" or \"deferred\", found \"slow\""),
                machine("device deferred late", "4:17: expected the end of the line, found \"late\""),
                machine(
                        "device deferred\ndevice deferred",
                        "5:1: expected \"device\" once, found it again after line 4"),
                program(
                        "cpu 0\nb = get-buf 8 8",
                        "8:5: expected a device of the machine, as buffers are of one, found \"get-buf\" without;"
                                + " add \"device synchronous\" or \"device deferred\" below machine"),
                program(
                        "cpu 0\nwork",
                        "8:1: expected a device of the machine, as buffers are of one, found \"work\" without;"
                                + " add \"device synchronous\" or \"device deferred\" below machine"),
                buffers("cpu 0\nb = get-buf 1001 8", "8:13: expected a block in 0..1000, found \"1001\""),
                buffers(
                        "cpu 0\nb = get-buf 8",
                        "8:14: expected a number of blocks in 1..64, found the end of the line"),
                buffers("cpu 0\nb = get-buf 8 0", "8:15: expected a number of blocks in 1..64, found \"0\""),
                buffers("cpu 0\nb = get-buf 8 8 LOKC", "8:17: " + flags + "\"LOKC\""),
                buffers("cpu 0\nb = get-buf 8 8 LOCK |", "8:23: " + flags + "the end of the line"),
                buffers("cpu 0\nb = get-buf 8 8\niostart b", "9:10: " + flags + "the end of the line"),
                buffers("cpu 0\nb = get-buf 8 8\nrele b b", "9:8: expected the end of the line, found \"b\""),
                buffers(
                        "cpu 0\nb = get-buf 8 8\nfree b",
                        "9:6: expected a variable with frames, found \"b\" with a buffer"),
                buffers(
                        "cpu 0\np = alloc ATOMIC 0\nrele p",
                        "9:6: expected a variable with a buffer, found \"p\" with frames"),
                buffers("cpu 0\nrele b", "8:6: expected a variable, found \"b\", which no line assigns"));
    }

    static Stream<Arguments> programs() {
        return Stream.of(
                program("never p == NULL", "7:1: expected \"cpu\", \"task\", \"irq\" or \"kswapd\", found \"never\""),
                program("before\ncpu 0\ndrain", "7:1: expected an operation in before, found none"),
                program("before 1", "7:8: expected the end of the line, found \"1\""),
                program(
                        "before\nlock l",
                        "8:1: expected an operation without a lock, as before runs alone, found \"lock\""),
                program(
                        "before\nunlock l",
                        "8:1: expected an operation without a lock, as before runs alone, found \"unlock\""),
                program(
                        "before\np = alloc ATOMIC 0\nkmap p",
                        "9:1: expected an operation that no program has to finish, as before runs alone, found"
                                + " \"kmap\""),
                program(
                        "before\ndrain\non oom",
                        "9:1: expected an operation, as before runs alone and on belongs to a program, found \"on\""),
                program(
                        "before\ndrain\nbefore\ndrain",
                        "9:1: expected \"cpu\", \"task\", \"irq\" or \"kswapd\", found \"before\""),
                program("cpu 2\ndrain", "7:5: expected a CPU in 0..1, found \"2\""),
                program("irq 2\ndrain", "7:5: expected a CPU in 0..1, found \"2\""),
                program("cpu\ndrain", "7:4: expected a CPU in 0..1, found the end of the line"),
                program("cpu 0\n", "7:1: expected an operation in cpu 0, found none"),
                program("irq 1\ncpu 0\ndrain", "7:1: expected an operation in irq 1, found none"),
                program("cpu 0\ndrain\ncpu 0\ndrain", "9:1: expected \"cpu 0\" once, found it again after line 7"),
                program("irq 0\ndrain\nirq 0\ndrain", "9:1: expected \"irq 0\" once, found it again after line 7"),
                program(
                        "cpu 0 realtime",
                        "7:7: expected real-time or memalloc or memdie or process or the end of the line, found \"realtime\""),
                program(
                        "cpu 0 memdie memdie",
                        "7:14: expected real-time or memalloc or process or the end of the line, found \"memdie\""),
                program("kswapd\n", "7:7: expected a CPU in 0..1, found the end of the line"),
                program("task a\ndrain", "7:7: expected \"on\", found the end of the line"),
                program("task a on 0\ndrain", "7:11: expected \"cpu\", found \"0\""),
                program("task 1 on cpu 0\ndrain", "7:6: expected the name of a task, found \"1\""),
                program(
                        "task free on cpu 0\ndrain",
                        "7:6: expected the name of a task, found \"free\", a word of the grammar"),
                program("task a on cpu 2\ndrain", "7:15: expected a CPU in 0..1, found \"2\""),
                program("task a on cpu 0\n", "7:1: expected an operation in task a, found none"),
                program(
                        "task a on cpu 0\ndrain\ntask a on cpu 1\ndrain",
                        "9:1: expected \"task a\" once, found it again after line 7"),
                program(
                        "cpu 0\ndrain\ntask a on cpu 0 real-time\ndrain",
                        "9:17: expected no real-time task beside cpu 0, found \"real-time\": the tasks of a CPU have"
                                + " real-time priorities, or none has"),
                program(
                        "cpu 0 real-time\ndrain\ntask a on cpu 0\ndrain",
                        "9:16: expected \"real-time\" beside cpu 0, found the end of the line: the tasks of a CPU have"
                                + " real-time priorities, or none has"),
                program(
                        "kswapd 1\ntask a on cpu 1\ndrain",
                        "8:15: expected a CPU without kswapd, found \"1\", which has it"),
                program(
                        "task a on cpu 0\ndrain\nnever task b sleeps",
                        "9:12: expected a task of the file, found \"b\""),
                program(
                        "task a on cpu 0\np = alloc ATOMIC 0\nirq 0\nfree p",
                        "10:6: expected a variable of irq 0 or of before, found \"p\", which task a assigns in line 8; a handler cannot wait for it"),
                program(tasks(33), "71:1: expected at most 32 programs, found one more"),
                program(
                        "kswapd 1\ndrain",
                        "8:1: expected sometimes, never, always, outcomes, known-bad, despite, reduction or the end of the file, found \"drain\""),
                program(
                        "kswapd 1\nkswapd 0",
                        "8:8: expected a CPU of another node, found \"0\": kswapd 1 is of its node"),
                program("kswapd 1\ncpu 1\ndrain", "8:5: expected a CPU without kswapd, found \"1\", which has it"),
                program("cpu 1\ndrain\nkswapd 1", "9:8: expected a CPU without a program, found \"1\", which has one"),
                program(
                        "cpu 1\ndrain\non reclaim nothing\nkswapd 0",
                        "9:4: expected no \"on reclaim\" in a test with lru or kswapd: there memory is really reclaimed"),
                program("cpu 0 process 0 memory 1", "7:15: expected a process in 1..32767, found \"0\""),
                program("cpu 0 process 7", "7:16: expected \"memory\", found the end of the line"),
                program("cpu 0 process 7 memory 1 exit", "7:26: expected the end of the line, found \"exit\""),
                program(
                        "cpu 0 process 7 memory 1\ncpu 1 process 7 memory 1",
                        "8:15: expected a new process, found \"7\", of which there is one"),
                program(
                        "cpu 0 process 7 memory 1\non oom\ndrain",
                        "8:4: expected no \"on oom\" in a test with a process: there the OOM killer chooses one"),
                program(
                        "cpu 0\ndrain\non exit",
                        "9:4: expected \"on exit\" in a program of a process, found it in cpu 0"),
                program(
                        "cpu 0 process 7 memory 1\non exit\non exit",
                        "9:1: expected \"on exit of cpu 0\" once, found it again after line 8"),
                program("cpu 0\ndrain\nnever process 7 killed", "9:15: expected a process of the file, found \"7\""),
                program(
                        "cpu 0 process 7 memory 1\nnever process 7 dies",
                        "8:17: expected \"killed\" or \"spared\", found \"dies\""),
                program(
                        "cpu 0\ndrain\nkswapd 1\nnever cpu 1 sleeps",
                        "10:11: expected the CPU of a program of the file, found \"1\""),
                program("cpu 0\np = alloc\n", "8:10: " + bits("the end of the line")),
                program("cpu 0\np = alloc 0", "8:11: " + bits("\"0\"")),
                program("cpu 0\np = alloc GFP_KERNEL 0", "8:11: " + bits("\"GFP_KERNEL\"")),
                program("cpu 0\np = alloc KERNEL| 0", "8:19: " + bits("\"0\"")),
                program("cpu 0\np = alloc MASK 0", "8:11: " + bits("\"MASK\"")),
                program("cpu 0\np = alloc 0x10000 0", "8:11: expected request bits in 0x0..0xffff, found \"0x10000\""),
                program(
                        "cpu 0\np = alloc 0xffffffff 0",
                        "8:11: expected request bits in 0x0..0xffff, found \"0xffffffff\""),
                program(
                        "cpu 0\np = alloc HIGHUSER|DMA 0",
                        "8:11: expected one zone bit, DMA or HIGHMEM, found both: the two together ask for zonelist 3,"
                                + " and there are only 0..2"),
                program(
                        "cpu 0\np = alloc 0x3 0",
                        "8:11: expected one zone bit, DMA or HIGHMEM, found both: the two together ask for zonelist 3,"
                                + " and there are only 0..2"),
                program("cpu 0\np = alloc KERNEL -1", "8:18: expected an order in 0..31, found \"-1\""),
                program("cpu 0\np = alloc KERNEL 32", "8:18: expected an order in 0..31, found \"32\""),
                program("cpu 0\np = alloc KERNEL", "8:17: expected an order in 0..31, found the end of the line"),
                program("cpu 0\np = alloc KERNEL 0 1", "8:20: expected the end of the line, found \"1\""),
                program("cpu 0\np = KERNEL 0", "8:5: expected \"alloc\", found \"KERNEL\""),
                program("cpu 0\np == alloc KERNEL 0", "8:1: " + OPERATION + "\"p\""),
                program("cpu 0\nremap p", "8:1: " + OPERATION + "\"remap\""),
                program("cpu 0\n\"A story.\"", "8:1: " + OPERATION + "\"A story.\""),
                program("cpu 0\n! drain", "8:1: " + OPERATION + "\"!\""),
                program("cpu 0\ndrain 1", "8:7: expected the end of the line, found \"1\""),
                program("cpu 0\nlock m", "8:6: expected a spinlock of the machine (l), found \"m\""),
                program("cpu 0\nunlock", "8:7: expected a spinlock of the machine (l), found the end of the line"),
                row(
                        "litmus t\n\"S.\"\nmachine\nzone DMA 4\ncpu 0\nlock l",
                        "6:6: expected a spinlock of the machine (there is none), found \"l\""));
    }

    private static String tasks(int count) {
        StringBuilder tasks = new StringBuilder();
        for (int task = 0; task < count; task++) {
            tasks.append("task t").append(task).append(" on cpu 0\ndrain\n");
        }
        return tasks.toString();
    }

    private static String bits(String found) {
        return "expected request bits (KERNEL, ATOMIC, USER, HIGHUSER, NOIO, NOFS, DMA, HIGHMEM, WAIT, HIGH, IO, FS,"
                + " COLD, NOWARN, REPEAT, NOFAIL, NORETRY, NO_GROW, COMP, ZERO, or like 0xd0), found " + found;
    }

    static Stream<Arguments> names() {
        return Stream.of(
                program("cpu 0\nfree", "8:5: expected a variable, found the end of the line"),
                program("cpu 0\nfree 5", "8:6: expected a variable, found \"5\""),
                program("cpu 0\nfree NULL", "8:6: expected a variable, found \"NULL\", a word of the grammar"),
                program(
                        "cpu 0\nalloc = alloc KERNEL 0",
                        "8:1: expected a variable, found \"alloc\", a word of the grammar"),
                program("cpu 0\np-q = alloc KERNEL 0", "8:1: expected a variable, found \"p-q\""),
                program("cpu 0\n= alloc KERNEL 0", "8:1: " + OPERATION + "\"=\""),
                program("cpu 0\nfree p", "8:6: expected a variable, found \"p\", which no line assigns"),
                program(
                        "cpu 0\nget p\np = alloc KERNEL 0",
                        "8:5: expected a variable assigned further up, found \"p\", which line 9 assigns"),
                program(
                        "cpu 0\np = alloc KERNEL 0\nirq 0\nfree p",
                        "10:6: expected a variable of irq 0 or of before, found \"p\", which cpu 0 assigns in line 8;"
                                + " a handler cannot wait for it"),
                buffers(
                        "cpu 0\nrele b\nirq 0\nb = get-buf 8 8",
                        "8:6: expected a variable of cpu 0 or of before, found \"b\", which irq 0 assigns in line 10;"
                                + " buffers are not handed from program to program"),
                program(
                        "before\nfree p\ncpu 1\np = alloc KERNEL 0",
                        "8:6: expected a variable of before, found \"p\", which cpu 1 assigns in line 10"),
                program(
                        "before\np = alloc KERNEL 0\ncpu 0\np = alloc KERNEL 0",
                        "10:1: expected a new variable, found \"p\", which line 8 assigns already"),
                program(
                        "cpu 0\np = alloc KERNEL 0\ncpu 1\np = alloc KERNEL 0",
                        "10:1: expected a new variable, found \"p\", which line 8 assigns already"));
    }

    static Stream<Arguments> expectations() {
        return Stream.of(
                end("sometimes", "9:10: expected a variable, found the end of the line"),
                end("sometimes NULL == p", "9:11: expected a variable, found \"NULL\", a word of the grammar"),
                end("always", "9:7: expected a variable, found the end of the line"),
                end("always p == 8", "9:13: expected a frame of the machine in 0..7, found \"8\""),
                end("never x == NULL", "9:7: expected a variable, found \"x\", which no line assigns"),
                end("never p == x", "9:12: expected a variable, found \"x\", which no line assigns"),
                end("never p = NULL", "9:9: " + COMPARISON + "\"=\""),
                end("never p", "9:8: " + COMPARISON + "the end of the line"),
                end("never p !=", "9:11: expected NULL, a frame number or a variable, found the end of the line"),
                end("never p == 8", "9:12: expected a frame of the machine in 0..7, found \"8\""),
                end("never p == -1", "9:12: expected a frame of the machine in 0..7, found \"-1\""),
                end("never p == p", "9:12: expected another variable, found \"p\" compared with itself"),
                end("never p == NULL and", "9:20: expected a variable, found the end of the line"),
                end(
                        "never p == NULL xor p == 1",
                        "9:17: expected \"and\", \"or\" or the end of the line, found \"xor\""),
                end("never kswapd 0 woken", "9:14: expected \"woken\" or \"asleep\", found \"0\""),
                withGap("never kswapd woken", "12:14: expected the number of a node in 0..1, found \"woken\""),
                withGap("never kswapd 2 woken", "12:14: expected the number of a node in 0..1, found \"2\""),
                withGap("never p == 4", "12:12: expected a frame of the machine, found \"4\""),
                withGap("never p == 12", "12:12: expected a frame of the machine in 0..11, found \"12\""),
                end("never kswapd sleeps", "9:14: expected \"woken\" or \"asleep\", found \"sleeps\""),
                end("never cpu 1 sleeps", "9:11: expected the CPU of a program of the file, found \"1\""),
                end("never cpu 9 sleeps", "9:11: expected a CPU in 0..7, found \"9\""),
                end("never irq 0 sleeps", "9:11: expected the CPU of a program of the file, found \"0\""),
                end("never cpu 0 wakes", "9:13: expected \"sleeps\", found \"wakes\""),
                end("on swap", "9:4: expected \"reclaim\", \"oom\" or \"exit\", found \"swap\""),
                end("on reclaim", "9:11: expected \"nothing\", found the end of the line"),
                end("on oom now", "9:8: expected the end of the line, found \"now\""),
                end(
                        "kmap-atomic p USER9",
                        "9:15: expected a type of atomic window (BOUNCE_READ, SKB_SUNRPC_DATA,"
                                + " SKB_DATA_SOFTIRQ, USER0, USER1, BIO_SRC_IRQ, BIO_DST_IRQ, PTE0, PTE1, IRQ0, IRQ1, SOFTIRQ0,"
                                + " SOFTIRQ1), found \"USER9\""),
                end("read p", "9:6: expected a variable that cpu 0 has mapped further up, found \"p\""),
                end("kunmap-atomic p USER0", "9:15: expected a variable that cpu 0 has mapped further up, found \"p\""),
                end("outcomes 0", "9:10: expected a number of outcomes in 1..999999999, found \"0\""),
                end("outcomes 1 2", "9:12: expected the end of the line, found \"2\""),
                end("outcomes 1\noutcomes 1", "10:1: expected \"outcomes\" once, found it again after line 9"),
                end(
                        "known-bad Dead_Lock",
                        "9:11: expected a violation's id of lower-case letters, digits and single hyphens, found"
                                + " \"Dead_Lock\""),
                end("reduction dpor+Cache", "9:11: expected none, dpor or dpor+cache, found \"dpor+Cache\""),
                end("reduction", "9:10: expected none, dpor or dpor+cache, found the end of the line"),
                end("reduction dpor cache", "9:16: expected the end of the line, found \"cache\""),
                end("reduction none\nreduction none", "10:1: expected \"reduction\" once, found it again after line 9"),
                end("known-bad a from 2.6.11", "9:13: expected the end of the line, found \"from\""),
                end("known-bad a under", "9:18: expected \"x86-tso\", found the end of the line"),
                end("known-bad a under sc", "9:19: expected \"x86-tso\", found \"sc\""),
                end(
                        "known-bad a under x86-tso\nknown-bad a",
                        "10:1: expected \"known-bad\" once, found it again after line 9"),
                end("known-bad a since", "9:18: expected a release like 2.6.11, found the end of the line"),
                end("known-bad a since v2.6", "9:19: expected a release like 2.6.11, found \"v2.6\""),
                end("known-bad a since 2.6.11 fixed 2.6.17", "9:32: expected \"in\", found \"2.6.17\""),
                end(
                        "known-bad a since 2.6.11 fixed in 5.10 commit e320",
                        "9:47: expected the first 7 to 40 hexadecimal digits of a commit, found \"e320\""),
                end("despite a", "9:9: expected an invariant of the catalogue, see gaugeblock invariants, found \"a\""),
                end(
                        "despite pcp-count\ndespite pcp-count",
                        "10:1: expected \"despite pcp-count\" once, found it again after line 9"),
                end("known-bad a\nknown-bad a", "10:1: expected \"known-bad\" once, found it again after line 9"),
                end(
                        "never p == 1\ndrain",
                        "10:1: expected sometimes, never, always, outcomes, known-bad, despite, reduction or the end of the file, found"
                                + " \"drain\""),
                end("never p == 1\ncpu 1\ndrain", "10:1: expected cpu above the expectations, found it below"),
                end("never p == 1\nirq 1\ndrain", "10:1: expected irq above the expectations, found it below"),
                end("before\ndrain", "9:1: expected before above the programs, found it below"),
                end("after\nnever z == NULL", "9:1: expected an operation in after, found none"),
                end(
                        "after\nz = alloc KERNEL 0",
                        "10:1: expected an operation on frames that waits for nobody, as after runs alone, found"
                                + " \"z = alloc KERNEL 0\""),
                end(
                        "after\nmb",
                        "10:1: expected an operation on frames that waits for nobody, as after runs alone, found \"mb\""),
                end("after\ndrain\nafter\ndrain", "11:1: expected after above the expectations, found it below"),
                end("outcomes 1\nafter\ndrain", "10:1: expected after above the expectations, found it below"),
                program(
                        "before\ndrain\ncpu 0\ndrain\nbefore\ndrain",
                        "11:1: expected \"before\" once, found it again after line 7"),
                end("machine\nzone DMA 1", "9:1: expected \"machine\" once, found it again after line 3"),
                end("outcomes 1\nlitmus t", "10:1: expected \"litmus\" once, found it again after line 1"));
    }

    static Arguments row(String text, String message) {
        return Arguments.of(text, message);
    }

    /** A file whose machine begins in line 4. */
    static Arguments machine(String settings, String message) {
        return row("litmus t\n\"S.\"\nmachine\n" + settings, message);
    }

    /** A file whose programs begin in line 7; it has two CPUs and a lock called l. */
    static Arguments program(String sections, String message) {
        return machine("  cpus 2\n  zone DMA 8\n  spinlock l\n" + sections, message);
    }

    /** A file whose expectation is line 12; it has two nodes, with frames 0..3 and 8..11. */
    static Arguments withGap(String line, String message) {
        String nodes = "node 0\nzone DMA 4\nnode 1\nstart 8\nzone DMA 4\nboot pages\n";
        return machine(nodes + "cpu 0\np = alloc KERNEL 0\n" + line, message);
    }

    /** A file whose programs begin in line 7; it has a device. */
    private static Arguments buffers(String sections, String message) {
        return machine("  zone DMA 8\n  device synchronous\n  spinlock l\n" + sections, message);
    }

    /** A file whose expectations begin in line 9; it has a variable p. */
    static Arguments end(String lines, String message) {
        return program("cpu 0\n  p = alloc KERNEL 0\n" + lines, message);
    }
}
