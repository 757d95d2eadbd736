package dev.gaugeblock.explore.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.Zone;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What well-formed files mean. Errors are {@link LitmusErrorsTest}'s. */
class LitmusParserTest {
    static final String EVERYTHING =
            """
            # A comment; "quotes in it" are nothing.
            litmus every-thing-2
            "The first sentence # is no comment here."   # but here
              "The second."
            machine
              spinlock slab
              cpus 8
              zone HighMem 16 holes 16
              zone DMA 32
              zone Normal 8 holes 3
              start 1024
              reserved 1024 2
              reserved 1079 1
              boot blocksdesc
              setup
              marks Normal 1 2 3
              marks DMA 0 0 0
              reserve DMA 4 5 6
              percpu DMA hot 0 1 1
              percpu DMA cold 2 6 5
              spinlock tree_lock
            before
              a = alloc KERNEL|COLD|NOWARN 0
              b_2 = alloc 0x8fF0 | ZERO 31
              get a
              drain
            cpu 7 memdie real-time
              c=alloc DMA 1
              lock tree_lock
              free a
              unlock tree_lock
              free\tc
            cpu 0 memalloc
              lock slab
              free-cold a
            irq 7
              d = alloc ATOMIC 10
              get d
              free b_2
            never a == c and d != NULL and b_2 != 1079
            sometimes a == NULL
            sometimes c == 1024
            outcomes 12
            known-bad buddy-merged since 2.6.11 fixed in 2.6.17-rc2 commit 0123abc
            despite buddy-links
            reduction dpor+cache
            despite kmap-hand
            never a != d
            """;

    private static final String HEAD = "litmus t\n\"Story.\"\n";
    private static final String SMALL = HEAD + "machine\nzone DMA 4\n";

    private final LitmusTest everything = LitmusParser.parse("x", EVERYTHING);

    @Test
    void shouldReadNameAndStory() {
        assertEquals("every-thing-2", everything.name());
        assertEquals("The first sentence # is no comment here. The second.", everything.story());
    }

    @Test
    void shouldReadTheMemoryWhateverTheOrderOfItsLines() {
        MachineSpec machine = everything.machine();
        assertEquals(8, machine.cpus);
        assertEquals(1024, machine.layout.startPfn());
        assertEquals(1080, machine.layout.endPfn());
        assertEquals(List.of(32, 8, 16), perZone(machine.layout.node(0)::spanned));
        assertEquals(List.of(32, 5, 0), perZone(machine.layout.node(0)::present));
        List<Integer> reserved = Stream.iterate(1000, pfn -> pfn < 1100, pfn -> pfn + 1)
                .filter(machine.layout::isReserved)
                .toList();
        assertEquals(List.of(1024, 1025, 1079), reserved);
    }

    private static List<Integer> perZone(java.util.function.IntUnaryOperator size) {
        return List.of(size.applyAsInt(Zone.DMA), size.applyAsInt(Zone.NORMAL), size.applyAsInt(Zone.HIGHMEM));
    }

    @Test
    void shouldReadTheSettings() {
        MachineSpec machine = everything.machine();
        assertEquals("blocksdesc", machine.bootMode);
        assertTrue(machine.setUp);
        assertEquals(
                List.of(
                        "marks Normal 1 2 3",
                        "marks DMA 0 0 0",
                        "reserve DMA 4 5 6",
                        "hot DMA 0 1 1",
                        "cold DMA 2 6 5"),
                machine.settings.stream().map(MachineSpec.ZoneSetting::toString).toList());
        assertEquals(List.of("slab", "tree_lock"), machine.locks);
    }

    @Test
    void shouldAssumeWhatAMachineDoesNotSay() {
        LitmusTest test = LitmusParser.parse("x", SMALL + "cpu 0\ndrain");
        assertEquals(1, test.machine().cpus);
        assertEquals(0, test.machine().layout.startPfn());
        assertEquals("blocks", test.machine().bootMode);
        assertFalse(test.machine().setUp);
        assertEquals(List.of(), test.machine().settings);
        assertEquals(List.of(), test.before());
        assertEquals(List.of(), test.variables());
        assertEquals(List.of(), test.sometimes());
        assertEquals(List.of(), test.never());
        assertEquals(OptionalInt.empty(), test.outcomes());
        assertEquals(Optional.empty(), test.knownBad());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "blocks", "blocksdesc", "pages", "kernel"})
    void shouldKnowTheBootMode(String mode) {
        LitmusTest test = LitmusParser.parse("x", SMALL + "boot " + mode + "\ncpu 0\ndrain");
        assertEquals(mode, test.machine().bootMode);
    }

    @Test
    void shouldReadPrograms() {
        assertEquals(
                List.of("cpu 7", "cpu 0", "irq 7"),
                everything.programs().stream().map(Program::title).toList());
        assertEquals(
                List.of("real-time memdie", "memalloc", ""),
                everything.programs().stream().map(LitmusParserTest::flags).toList());
    }

    private static String flags(Program program) {
        return ((program.realTime ? "real-time " : "")
                        + (program.memalloc ? "memalloc " : "")
                        + (program.memdie ? "memdie" : ""))
                .strip();
    }

    @Test
    void shouldReadOperations() {
        assertEquals(List.of("a", "b_2", "c", "d"), everything.variables());
        assertEquals(
                List.of(
                        "0 target 0 gfp 0x3d0 order 0: a = alloc KERNEL|COLD|NOWARN 0",
                        "0 target 1 gfp 0x8ff0 order 31: b_2 = alloc 0x8fF0 | ZERO 31",
                        "3 target 0 gfp 0x0 order 0: get a",
                        "4 target -1 gfp 0x0 order 0: drain"),
                everything.before().stream().map(LitmusParserTest::told).toList());
        assertEquals(
                List.of(
                        "0 target 2 gfp 0x1 order 1: c=alloc DMA 1",
                        "5 target 1 gfp 0x0 order 0: lock tree_lock",
                        "1 target 0 gfp 0x0 order 0: free a",
                        "6 target 1 gfp 0x0 order 0: unlock tree_lock",
                        "1 target 2 gfp 0x0 order 1: free\tc"),
                told(everything.programs().get(0)));
        assertEquals(
                List.of("5 target 0 gfp 0x0 order 0: lock slab", "2 target 0 gfp 0x0 order 0: free-cold a"),
                told(everything.programs().get(1)));
        assertEquals(
                List.of(
                        "0 target 3 gfp 0x20 order 10: d = alloc ATOMIC 10",
                        "3 target 3 gfp 0x0 order 10: get d",
                        "1 target 1 gfp 0x0 order 31: free b_2"),
                told(everything.programs().get(2)));
    }

    static List<String> told(Program program) {
        return Stream.iterate(0, i -> i < program.length(), i -> i + 1)
                .map(i -> told(program.operation(i)))
                .toList();
    }

    private static String told(LitmusOperation operation) {
        return String.format(
                "%d target %d gfp 0x%x order %d: %s",
                operation.kind, operation.target, operation.gfp, operation.order, operation.text);
    }

    @Test
    void shouldReadExpectations() {
        assertEquals(
                List.of(
                        "40 a == c and d != NULL and b_2 != 1079: and 3 compare 0 0 0 0 2 compare 1 0 3 1 -1"
                                + " compare 1 0 1 1 1079",
                        "48 a != d: compare 1 0 0 0 3"),
                told(everything.never()));
        assertEquals(
                List.of("41 a == NULL: compare 0 0 0 1 -1", "42 c == 1024: compare 0 0 2 1 1024"),
                told(everything.sometimes()));
        assertEquals(OptionalInt.of(12), everything.outcomes());
        assertEquals(Optional.of("buddy-merged"), everything.knownBad());
        assertEquals(Optional.of("since 2.6.11, fixed in 2.6.17-rc2, commit 0123abc"), everything.knownSince());
        assertEquals(Optional.of(Reduction.DPOR_CACHE), everything.reduction());
        assertEquals(List.of("buddy-links", "kmap-hand"), everything.machine().without);
        assertEquals(
                List.of("buddy-links", "kmap-hand", "pcp-count"),
                everything.without(List.of("kmap-hand", "pcp-count")).machine().without);
    }

    @Test
    void shouldReadWhatIsToBeSoAlways() {
        LitmusTest test = LitmusParser.parse(
                "x", SMALL + "cpu 0\np = alloc KERNEL 0\nalways p == NULL\nnever p == 1\nalways p != 2");

        assertEquals(List.of("7 p == NULL: compare 0 0 0 1 -1", "9 p != 2: compare 1 0 0 1 2"), told(test.always()));
        assertEquals(test.always(), test.forContract().always());
    }

    private static List<String> told(List<Condition> conditions) {
        return conditions.stream()
                .map(each ->
                        each.line() + " " + each.text() + ": " + each.formula().code())
                .toList();
    }

    @Test
    void shouldKnowEveryNameOfGfp() throws IllegalAccessException {
        Map<String, Integer> names = new TreeMap<>();
        for (Field field : Gfp.class.getFields()) {
            names.put(field.getName(), field.getInt(null));
        }
        Set<String> noRequest = Set.of("MASK", "ZONE_MASK", "LEVEL_MASK", "ZONE_TYPES");
        assertTrue(names.keySet().removeAll(noRequest));
        assertEquals(names, new TreeMap<>(Gfps.byName()));
    }

    @Test
    void shouldLetPlainWordsOfTheMachineBeVariables() {
        String cold = SMALL + "cpu 0\ncold = alloc KERNEL 0\nfree cold";
        assertEquals(List.of("cold"), LitmusParser.parse("x", cold).variables());
    }

    @Test
    void shouldReadWhatHappensAroundTheAllocator() {
        LitmusTest test = LitmusParser.parse(
                "x",
                SMALL
                        + """
                cpu 0
                  p = alloc KERNEL 0
                  on reclaim nothing
                  on reclaim progress
                    free p
                    drain
                  on oom
                    free p
                sometimes kswapd woken and cpu 0 sleeps
                never kswapd asleep
                """);

        assertEquals(1, test.programs().get(0).length());
        assertEquals(
                List.of("13 kswapd woken and cpu 0 sleeps: and 2 happened 0 0 happened 2 0"), told(test.sometimes()));
        assertEquals(List.of("14 kswapd asleep: not happened 0 0"), told(test.never()));
    }

    @Test
    void shouldReadTheNodesOfAMachine() {
        LitmusTest test = LitmusParser.parse(
                "x",
                """
                litmus nodes
                "Three nodes, one without a zone, and a gap."
                machine
                  cpus 3
                  node 0 cpu 2
                    distances 10 20 30
                    zone DMA 4
                    start 2
                    zone Normal 6 holes 1
                  node 1
                    distances 20 10 40
                  node 2 cpu 0 1
                    distances 30 40 11
                    start 16
                    zone Normal 8
                    marks Normal 1 2 3
                    percpu Normal cold 0 2 1
                  reserved 17 2
                  reserved 3 1
                cpu 0
                  p = alloc KERNEL 0
                sometimes kswapd 2 woken and p != 16
                never kswapd 0 woken
                """);

        MachineSpec machine = test.machine();
        assertEquals(List.of(2, 2, 0), IntStream.of(machine.nodeOfCpu).boxed().toList());
        assertEquals(3, machine.layout.nodes());
        assertEquals(List.of(4, 6, 0), perZone(machine.layout.node(0)::spanned));
        assertEquals(List.of(4, 5, 0), perZone(machine.layout.node(0)::present));
        assertEquals(List.of(0, 0, 0), perZone(machine.layout.node(1)::spanned));
        assertEquals(List.of(0, 8, 0), perZone(machine.layout.node(2)::spanned));
        assertEquals(2, machine.layout.startPfn());
        assertEquals(12, machine.layout.node(1).startPfn());
        assertEquals(16, machine.layout.node(2).startPfn());
        assertEquals(40, machine.layout.distance(1, 2));
        assertEquals(11, machine.layout.distance(2, 2));
        assertTrue(machine.layout.node(2).isReserved(18));
        assertTrue(machine.layout.node(0).isReserved(3));
        assertEquals("[marks node2.Normal 1 2 3, cold node2.Normal 0 2 1]", machine.settings.toString());
        assertEquals(
                List.of("22 kswapd 2 woken and p != 16: and 2 happened 0 2 compare 1 0 0 1 16"),
                told(test.sometimes()));
        assertEquals(List.of("23 kswapd 0 woken: happened 0 0"), told(test.never()));
    }

    @Test
    void shouldGiveAMachineThatSpeaksOfNoNodesOne() {
        MachineSpec machine =
                LitmusParser.parse("x", SMALL + "cpu 0\n  drain\n").machine();
        assertEquals(1, machine.layout.nodes());
        assertFalse(machine.layout.isNuma());
        assertEquals(
                List.of(0), IntStream.of(machine.nodeOfCpu).distinct().boxed().toList());
    }

    @Test
    void shouldReadTheOperationsOfHighMemory() {
        LitmusTest test = LitmusParser.parse(
                "x",
                HEAD
                        + """
                machine
                  zone HighMem 4
                  pkmap 2
                  highmem-debug
                before
                  p = alloc HIGHUSER 0
                  lock-page p
                  start-writeback p
                irq 0
                  kmap p
                  read p
                  write p
                  kunmap p
                  kmap-atomic p SOFTIRQ1
                  kunmap-atomic p USER0
                  unlock-page p
                  wait-page p
                  wait-writeback p
                  end-writeback p
                  free p as 3
                """);

        assertEquals(2, test.machine().highmem.lastPkmap());
        assertTrue(test.machine().highmem.isDebug());
        Program program = test.programs().get(0);
        List<Integer> kinds = IntStream.range(0, program.length())
                .mapToObj(i -> program.operation(i).kind)
                .toList();
        assertEquals(
                List.of(
                        LitmusOperation.KMAP,
                        LitmusOperation.READ,
                        LitmusOperation.WRITE,
                        LitmusOperation.KUNMAP,
                        LitmusOperation.KMAP_ATOMIC,
                        LitmusOperation.KUNMAP_ATOMIC,
                        LitmusOperation.UNLOCK_PAGE,
                        LitmusOperation.WAIT_PAGE,
                        LitmusOperation.WAIT_WRITEBACK,
                        LitmusOperation.END_WRITEBACK,
                        LitmusOperation.FREE_AS),
                kinds);
        assertEquals(12, program.operation(4).detail);
        assertEquals(3, program.operation(5).detail);
        assertEquals(0, program.operation(10).order);
        assertEquals(3, program.operation(10).detail);
        assertEquals(LitmusOperation.START_WRITEBACK, test.before().get(2).kind);
    }
}
