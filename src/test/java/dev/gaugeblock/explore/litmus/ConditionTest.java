package dev.gaugeblock.explore.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gaugeblock.explore.harness.condition.Facts;
import dev.gaugeblock.explore.harness.condition.Formula;
import dev.gaugeblock.explore.harness.condition.FormulaCode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What conditions mean: which operator binds first, and what a comparison with NULL says; and their mistakes. */
class ConditionTest {
    private static final String FILE =
            """
            litmus t
            "S."
            machine
            cpus 2
            zone DMA 8
            zone Normal 8
            lru DMA active 0 inactive 1
            cpu 0
            p = alloc KERNEL 0
            q = alloc KERNEL 0
            cpu 1
            n = alloc KERNEL 0
            m = alloc KERNEL 0
            """;

    /** p is 4, q is 6, n and m are NULL; DMA has 5 free frames, 2 on lists of CPUs; Normal has none, is given up. */
    private static final class Told implements Facts {
        @Override
        public int pfn(int variable) {
            return new int[] {4, 6, -1, -1}[variable];
        }

        @Override
        public boolean isKswapdAwake(int node) {
            return true;
        }

        @Override
        public boolean isKilled(int pid) {
            return false;
        }

        @Override
        public boolean hasSlept(int program) {
            return program == 1;
        }

        @Override
        public int freeFrames(int zone, boolean onLists) {
            return zone > 0 ? 0 : onLists ? 5 : 3;
        }

        @Override
        public int priority(int zone, boolean last) {
            return zone > 0 ? 12 : last ? 9 : 0;
        }

        @Override
        public boolean isGivenUp(int zone) {
            return zone > 0;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                // The tightest first: a comparison, not, and, or.
                "p == 4 or q == 4 and q == 5: true",
                "(p == 4 or q == 4) and q == 5: false",
                "q == 5 and q == 4 or p == 4: true",
                "q == 5 and (q == 4 or p == 4): false",
                "not p == 4 and p == 5: false",
                "not (p == 4 and p == 5): true",
                "not p == 4 or p == 4: true",
                "not (p == 4 or p == 4): false",
                "not not p == 4: true",
                "not not not (p == 4): false",
                "((p==4)and(q==6)): true",
                // Which is larger.
                "p < q: true",
                "q < p: false",
                "p < 4: false",
                "p <= 4: true",
                "p > 4: false",
                "p >= 4: true",
                "p >= q: false",
                "p <= 16: true",
                // NULL is equal to NULL, and to no frame; no order holds with it.
                "n == NULL: true",
                "n == m: true",
                "n != m: false",
                "n == p: false",
                "n != 5: true",
                "n < p: false",
                "n <= p: false",
                "p > n: false",
                "n >= p: false",
                "n <= m: false",
                "n >= 0: false",
                "n < 16: false",
                "not n < 5: true",
                // Numbers of frames.
                "free DMA == 5: true",
                "free DMA without percpu == 3: true",
                "free DMA without percpu < free DMA: true",
                "free Normal >= free DMA: false",
                "free Normal <= 0: true",
                "free DMA > 4 and not free Normal > 0: true",
                // What reclaim has noted.
                "prev-priority DMA == 9: true",
                "temp-priority DMA < prev-priority DMA: true",
                "temp-priority DMA >= temp-priority Normal: false",
                "given-up DMA: false",
                "given-up Normal and not given-up DMA: true",
                // What has happened.
                "kswapd woken: true",
                "not kswapd asleep: true",
                "cpu 0 sleeps or cpu 1 sleeps: true",
                "not (cpu 0 sleeps or cpu 1 sleeps): false"
            })
    void shouldMeanWhatTheDocumentSays(String text, boolean expected) {
        Formula formula =
                LitmusParser.parse("t", FILE + "never " + text).never().get(0).formula();

        assertEquals(expected, formula.holds(new Told()));
        Formula again = FormulaCode.read(formula.code().split(" "), 0);
        assertEquals(formula.code(), again.code());
        assertEquals(expected, again.holds(new Told()), "as Java PathFinder reads it");
    }

    @Test
    void shouldReadNoCodeThatIsNone() {
        for (String code : new String[] {"xor 1", "not", "and 2 not happened 0 0", "happened 0 0 0", "compare 0 0"}) {
            assertThrows(IllegalArgumentException.class, () -> FormulaCode.read(code.split(" "), 0), code);
        }
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldSayWhatIsWrongAndWhere(String condition, String message) {
        LitmusSyntaxException thrown =
                assertThrows(LitmusSyntaxException.class, () -> LitmusParser.parse("t", FILE + "never " + condition));
        assertEquals("t:14:" + message, thrown.getMessage());
    }

    static Stream<Arguments> mistakes() {
        String joint = "expected \"and\", \"or\" or ";
        return Stream.of(
                Arguments.of("(p == 4", "14: " + joint + "\")\", found the end of the line"),
                Arguments.of("(p == 4 q", "15: " + joint + "\")\", found \"q\""),
                Arguments.of("p == 4)", "13: " + joint + "the end of the line, found \")\""),
                Arguments.of("()", "8: expected a variable, found \")\""),
                Arguments.of("not", "10: expected a variable, found the end of the line"),
                Arguments.of("p == 4 or", "16: expected a variable, found the end of the line"),
                Arguments.of("p == 4 or or q == 4", "17: expected a variable, found \"or\", a word of the grammar"),
                Arguments.of("p < q < n", "13: " + joint + "the end of the line, found \"<\""),
                Arguments.of("p not q", "9: expected a comparison (==, !=, <, <=, >, >=), found \"not\""),
                Arguments.of("p =< q", "9: expected a comparison (==, !=, <, <=, >, >=), found \"=\""),
                Arguments.of(
                        "p < NULL",
                        "9: expected \"==\" or \"!=\" before NULL, which is neither below a frame nor above one, found"
                                + " \"<\""),
                Arguments.of("p < 17", "11: expected a frame number in 0..16, found \"17\""),
                Arguments.of("p == 16", "12: expected a frame of the machine in 0..15, found \"16\""),
                Arguments.of("p <= p", "12: expected another variable, found \"p\" compared with itself"),
                Arguments.of("p < free DMA", "11: expected NULL, a frame number or a variable, found \"free\""),
                Arguments.of(
                        "free DMA < p",
                        "18: expected a number of frames or \"free\", as a number of frames is on the left, found"
                                + " \"p\""),
                Arguments.of("free DMA < 9", "18: expected a number of frames of the zone in 0..8, found \"9\""),
                Arguments.of("free", "11: expected a zone of the machine (DMA, Normal), found the end of the line"),
                Arguments.of(
                        "free HighMem == 0", "12: expected a zone of the machine (DMA, Normal), found \"HighMem\""),
                Arguments.of("free p == 0", "12: expected a zone of the machine (DMA, Normal), found \"p\""),
                Arguments.of("free DMA without pcp > 0", "24: expected \"percpu\", found \"pcp\""),
                Arguments.of(
                        "free DMA == free DMA", "19: expected another number, found \"free\" compared with itself"),
                Arguments.of("prev-priority DMA == 13", "28: expected a priority in 0..12, found \"13\""),
                Arguments.of("prev-priority DMA == p", "28: expected a priority, as one is on the left, found \"p\""),
                Arguments.of(
                        "temp-priority DMA == temp-priority DMA",
                        "28: expected another priority, found \"temp-priority\" compared with itself"),
                Arguments.of("given-up HighMem", "16: expected a zone of the machine (DMA, Normal), found \"HighMem\""),
                Arguments.of(
                        "(".repeat(65) + "p == 4",
                        "71: expected at most 64 parentheses and nots inside each other, found more"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"given-up DMA", "prev-priority DMA == 12", "temp-priority DMA == 12"})
    void shouldAskForNotesOfReclaimOnlyWhereMemoryIsReclaimed(String condition) {
        String text = FILE.replace("lru DMA active 0 inactive 1\n", "") + "never " + condition;
        LitmusSyntaxException thrown = assertThrows(LitmusSyntaxException.class, () -> LitmusParser.parse("t", text));
        assertEquals(
                "t:13:7: expected a test with lru or kswapd, where memory is really reclaimed, found \""
                        + condition.split(" ")[0] + "\" in another",
                thrown.getMessage());
    }

    @Test
    void shouldNameTheNodeOfAZoneWhereThereAreSeveral() {
        String nodes =
                """
                litmus t
                "S."
                machine
                node 0
                zone DMA 4
                node 1
                zone DMA 4
                cpu 0
                drain
                never free %s == 0
                """;
        String code = LitmusParser.parse("t", nodes.formatted("node1.DMA"))
                .never()
                .get(0)
                .formula()
                .code();
        assertEquals("compare 0 2 3 1 0", code);
        LitmusSyntaxException thrown =
                assertThrows(LitmusSyntaxException.class, () -> LitmusParser.parse("t", nodes.formatted("DMA")));
        assertEquals(
                "t:10:12: expected a zone of the machine (node0.DMA, node1.DMA), found \"DMA\"", thrown.getMessage());
    }
}
