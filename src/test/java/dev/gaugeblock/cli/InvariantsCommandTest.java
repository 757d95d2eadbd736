package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class InvariantsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new CommandLine(new InvariantsCommand()), new PrintWriter(out), new PrintWriter(err), args);
    }

    @Test
    void shouldPrintARuleOfTheContractLikeAnInvariant() {
        assertEquals(0, run("alloc-order"));
        assertEquals("## alloc-order\nA request for more than the largest order fails.\n", out.toString());
        assertEquals(0, run("buddy-aligned"));
        assertTrue(out.toString().contains("## buddy-aligned\n"), out.toString());
    }

    @Test
    void shouldNameTheEntriesThatThereAre() {
        assertEquals(2, run("nonsense"));
        assertTrue(err.toString().contains("buddy-aligned"), err.toString());
        assertTrue(err.toString().contains("unmap-balanced"), err.toString());
    }
}
