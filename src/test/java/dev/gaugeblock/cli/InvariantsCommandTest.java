package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.explore.execution.Violation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
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
        assertTrue(
                out.toString()
                        .startsWith(
                                "## alloc-order\nA request for more than the largest order fails.\n\n- where to look: "),
                out.toString());
        assertEquals(0, run("buddy-aligned"));
        assertTrue(out.toString().contains("## buddy-aligned\n"), out.toString());
    }

    @Test
    void shouldNameTheEntriesThatThereAre() {
        assertEquals(2, run("nonsense"));
        assertTrue(err.toString().contains("buddy-aligned"), err.toString());
        assertTrue(err.toString().contains("unmap-balanced"), err.toString());
    }

    /** Whatever a run can print as the rule that is broken. */
    @Test
    void shouldExplainEveryIdThatARunCanPrint() {
        List<String> ids = new ArrayList<>(Violation.ids());
        ids.add(Violation.NEVER);
        for (Rule rule : Rule.values()) {
            ids.add(rule.id());
        }
        for (String id : ids) {
            out.getBuffer().setLength(0);
            assertEquals(0, run(id), err.toString());
            assertTrue(out.toString().startsWith("## " + id + "\n"), out.toString());
            assertTrue(out.toString().contains("\n- where to look: "), out.toString());
        }
        assertTrue(ids.size() > 80, ids.toString());
    }

    @Test
    void shouldShowBothEntriesOfAnIdThatIsAnInvariantAndARuleOfTheContract() {
        assertEquals(0, run("frames-conserved"));
        assertTrue(out.toString().contains("LiveBlocks.everyReferenceIsHeld"), out.toString());
        assertTrue(out.toString().contains("which a drain empties"), out.toString());
    }
}
