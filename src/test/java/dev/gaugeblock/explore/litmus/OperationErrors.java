package dev.gaugeblock.explore.litmus;

import static dev.gaugeblock.explore.litmus.LitmusErrorsTest.program;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Mistakes in single operations, for {@link LitmusErrorsTest}. */
final class OperationErrors {
    private OperationErrors() {}

    static Stream<Arguments> misuse() {
        String pair = "cpu 0\np = alloc ATOMIC 1\n";
        return Stream.of(
                program(pair + "free p as", "9:10: expected an order in 0..10, found the end of the line"),
                program(pair + "free p as 11", "9:11: expected an order in 0..10, found \"11\""),
                program(pair + "free p 0", "9:8: expected the end of the line, found \"0\""),
                program(pair + "put p as 0", "9:7: expected the end of the line, found \"as\""));
    }

    static Stream<Arguments> nodes() {
        return Stream.of(
                program("cpu 0\np = alloc ATOMIC 0 node", "8:24: expected a node in 0..0, found the end of the line"),
                program("cpu 0\np = alloc ATOMIC 0 node 1", "8:25: expected a node in 0..0, found \"1\""),
                program("cpu 0\np = alloc ATOMIC node 0", "8:18: expected an order in 0..31, found \"node\""));
    }

    static Stream<Arguments> sysctls() {
        return Stream.of(
                program(
                        "cpu 0\nsysctl",
                        "8:7: expected min_free_kbytes or lowmem_reserve_ratio, found the end of the line"),
                program(
                        "cpu 0\nsysctl swappiness 60",
                        "8:8: expected min_free_kbytes or lowmem_reserve_ratio, found \"swappiness\""),
                program(
                        "cpu 0\nsysctl min_free_kbytes -1",
                        "8:24: expected a number of KiB in 0..1000000, found \"-1\""),
                program(
                        "cpu 0\nsysctl lowmem_reserve_ratio 256",
                        "8:32: expected the ratio of Normal in 0..1000000, found the end of the line"),
                program(
                        "cpu 0\nsysctl lowmem_reserve_ratio -1 32",
                        "8:29: expected the ratio of DMA in 0..1000000, found \"-1\""),
                program(
                        "irq 0\nsysctl min_free_kbytes 8",
                        "8:1: expected an operation of a handler, which writes no sysctl, found \"sysctl\""),
                LitmusErrorsTest.row(
                        "litmus t\n\"S.\"\nmachine\nzone HighMem 4\ncpu 0\nsysctl min_free_kbytes 8",
                        "6:8: expected frames in zone DMA or Normal, which share min_free_kbytes; found none"));
    }

    static Stream<Arguments> writeback() {
        String before = "before\np = alloc ATOMIC 0\nstart-writeback p\n";
        String ends = ": expected an operation that no program has to finish, as before runs alone, found ";
        return Stream.of(
                program(before + "end-writeback p", "10:1" + ends + "\"end-writeback\""),
                program(before + "wait-writeback p", "10:1" + ends + "\"wait-writeback\""),
                program("cpu 0\nend-writeback p", "8:15: expected a variable, found \"p\", which no line assigns"),
                program("cpu 0\nwait-writeback", "8:15: expected a variable, found the end of the line"));
    }

    static Stream<Arguments> strikes() {
        String alloc = "\np = alloc ATOMIC 0";
        return Stream.of(
                program(
                        "irq 0 2 times" + alloc,
                        "7:7: expected \"interruptible\", \"exactly\", \"up\" or the end of the line, found \"2\""),
                program(
                        "irq 0 interruptible twice" + alloc,
                        "7:21: expected \"exactly\", \"up\" or the end of the line, found \"twice\""),
                program("irq 0 up 2 times" + alloc, "7:10: expected \"to\", found \"2\""),
                program("irq 0 up to 9 times" + alloc, "7:13: expected a number of strikes in 1..8, found \"9\""),
                program("irq 0 exactly 0 times" + alloc, "7:15: expected a number of strikes in 1..8, found \"0\""),
                program("irq 0 up to 1 times" + alloc, "7:15: expected \"time\", found \"times\""),
                program("irq 0 exactly 2 time" + alloc, "7:17: expected \"times\", found \"time\""),
                program("irq 0 exactly 2 times now" + alloc, "7:23: expected the end of the line, found \"now\""),
                program("irq disk 0" + alloc, "7:10: expected \"on\", found \"0\""),
                program("irq disk on cpu 2" + alloc, "7:17: expected a CPU in 0..1, found \"2\""),
                program(
                        "irq disk on cpu 0\ndrain\nirq disk on cpu 1\ndrain",
                        "9:1: expected \"irq disk\" once, found it again after line 7"),
                program(
                        "irq 0 exactly 2 times" + alloc + "\nfree p_2",
                        "9:6: expected a variable by its name in the first strike, as each strike has its own, found"
                                + " \"p_2\""),
                program(
                        "before\np_2 = alloc ATOMIC 0\nirq 0 exactly 2 times" + alloc,
                        "10:1: expected a variable of which no other is called p_2, as that is its name in strike 2, found"
                                + " \"p\"; line 8 assigns p_2"),
                program(
                        "irq 0 exactly 2 times" + alloc + "\ncpu 0\np_2 = alloc ATOMIC 0",
                        "10:1: expected a new variable, found \"p_2\", which line 8 assigns already"),
                program(
                        "irq 0 up to 2 times" + alloc + "\ncpu 1\nfree p",
                        "10:6: expected a variable that is always assigned, found \"p\", for which irq 0 may not strike"
                                + " often enough"),
                program(
                        "irq disk on cpu 0" + alloc + "\nirq 0\nfree p",
                        "10:6: expected a variable of irq 0 or of before, found \"p\", which irq disk assigns in line 8;"
                                + " a handler cannot wait for it"));
    }
}
