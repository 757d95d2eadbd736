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
                        "8:32: expected the ratio of Normal in 1..1000000, found the end of the line"),
                program(
                        "cpu 0\nsysctl lowmem_reserve_ratio 0 32",
                        "8:29: expected the ratio of DMA in 1..1000000, found \"0\""),
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
}
