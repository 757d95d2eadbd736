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
