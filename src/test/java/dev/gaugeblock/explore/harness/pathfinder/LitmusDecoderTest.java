package dev.gaugeblock.explore.harness.pathfinder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LitmusDecoderTest {
    private static final String MACHINE = "machine 2 0 8 0 0 none 0 4 0 0";
    private static final String PROGRAM = "program 0 0 0 0 0";

    @Test
    void shouldKeepTheBlanksOfAText() {
        LitmusDecoder decoder = new LitmusDecoder(
                new String[] {MACHINE, "before", PROGRAM, "do 5 0 0 0 0 lock  A", "do 4 -1 0 0 0 "}, true);

        assertEquals("lock  A", decoder.programs()[0].operation(0).text);
        assertEquals("", decoder.programs()[0].operation(1).text);
        assertEquals(-1, decoder.programs()[0].operation(1).target);
    }

    @Test
    void shouldGiveAReactionToItsProgramAlone() {
        LitmusDecoder decoder = new LitmusDecoder(
                new String[] {MACHINE, PROGRAM, "do 4 -1 0 0 0 a", "reclaim 1", "do 4 -1 0 0 0 b", "kill", PROGRAM},
                true);

        assertEquals(1, decoder.programs()[0].length());
        assertEquals(1, decoder.programs()[0].reclaims().size());
        assertTrue(decoder.programs()[0].reclaims().get(0).progress);
        assertEquals(1, decoder.programs()[0].kills().size());
        assertEquals(0, decoder.programs()[1].reclaims().size());
        assertEquals(0, decoder.programs()[1].kills().size());
    }

    @Test
    void shouldRefuseToDoWithoutAMachine() {
        assertEquals("there is no line that begins with \"machine\"", refusal());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "machine 2 0 8 0 0 none 0 4 0",
                "machine 2 0 8 0 0 none 0 4 0 0 0",
                "machine",
            })
    void shouldRefuseAMachineOfAnotherLength(String line) {
        assertEquals(
                "line \"" + line + "\" has " + line.split(" ").length + " words, where there must be 11",
                refusal(line));
    }

    @ParameterizedTest
    @CsvSource({
        "holes 0, 3",
        "holes 0 1 2, 3",
        "reserve 1, 3",
        "set 0 0 1 1, 6",
        "node 0 1 1, 5",
        "node 0 1 1 1 1, 5",
        "home 1, 3",
        "distance 0 1, 4",
        "spinlock, 2",
        "spinlock A B, 2",
        "variable, 2",
        "before 1, 1",
        "program 0 0 0 0, 6",
        "program 0 0 0 0 0 0, 6",
        "do 5 0 0 0, 6",
    })
    void shouldRefuseALineOfAnotherLength(String line, int length) {
        assertEquals(
                "line \"" + line + "\" has " + line.split(" ").length + " words, where there must be " + length,
                refusal(MACHINE, line));
    }

    @Test
    void shouldRefuseAReactionOfAnotherLength() {
        assertEquals("line \"reclaim\" has 1 words, where there must be 2", refusal(MACHINE, PROGRAM, "reclaim"));
        assertEquals("line \"kill 1\" has 2 words, where there must be 1", refusal(MACHINE, PROGRAM, "kill 1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "holes 0 x",
                "reserve 0x1 1",
                "set 0 0 1 1 99999999999",
                "program 0 0 no 0 0",
                "do lock 0 0 0 0 lock A",
                "do 5 0 0 0  lock A",
            })
    void shouldRefuseAWordThatIsNoNumber(String line) {
        assertEquals("line \"" + line + "\" has a word that is no number", refusal(MACHINE, line));
    }

    @Test
    void shouldRefuseAWordOfTheMachineThatIsNoNumber() {
        String line = MACHINE.replace("none 0", "none no");
        assertEquals("line \"" + line + "\" has a word that is no number", refusal(line));
        assertEquals("line \"reclaim some\" has a word that is no number", refusal(MACHINE, PROGRAM, "reclaim some"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "", " do 5 0 0 0 0 lock A", "DO 5 0 0 0 0 lock A", "narrated"})
    void shouldRefuseALineWithoutAKeyword(String line) {
        assertTrue(refusal(MACHINE, line).startsWith("line \"" + line + "\" "), refusal(MACHINE, line));
    }

    @Test
    void shouldRefuseALineOutOfPlace() {
        String first = "\" is out of place: the first line, and no other, begins with \"machine\"";
        assertEquals("line \"holes 0 1" + first, refusal("holes 0 1", MACHINE));
        assertEquals("line \"" + MACHINE + first, refusal(MACHINE, MACHINE));
        assertEquals("line \"reclaim 1\" is out of place: it belongs to a program", refusal(MACHINE, "reclaim 1"));
        assertEquals("line \"kill\" is out of place: it belongs to a program", refusal(MACHINE, "before", "kill"));
        assertEquals(
                "line \"variable p\" is out of place: it belongs before the programs",
                refusal(MACHINE, PROGRAM, "variable p"));
        assertEquals(
                "line \"before\" is out of place: it belongs before the programs", refusal(MACHINE, PROGRAM, "before"));
    }

    private static String refusal(String... lines) {
        return assertThrows(IllegalArgumentException.class, () -> new LitmusDecoder(lines, true))
                .getMessage();
    }
}
