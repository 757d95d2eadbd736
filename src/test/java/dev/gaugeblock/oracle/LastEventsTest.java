package dev.gaugeblock.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The last events of a file, and who owns what at each, as it tells them. */
class LastEventsTest {
    private static final String HEADER =
            "{'header':1,'scenario':'m','desc':'d','binary':'mine','last_pkmap':0,'hugetlb':false,"
                    + "'debug_highmem':false,'pae_window':false,'source':'s','config':{}}";

    /** Those of a machine of 64 frames, up to the last event. */
    private static LastEvents last(String... events) throws IOException, TextFormatException {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        List<String> all = new ArrayList<>(
                List.of("'op':'zones','sizes':[0,64,0],'node_start':0", "'op':'bootq','mode':'blocks'"));
        all.addAll(List.of(events));
        all.forEach(event -> lines.add("{'i':" + (lines.size() - 1) + "," + event + "}"));
        lines.replaceAll(line -> line.replace('\'', '"'));
        return LastEvents.of(lines, lines.size());
    }

    private static String alloc(int order, int frame, String more) {
        return "'op':'alloc','cpu':0,'gfp':208,'order':" + order + ",'task':0,'r':" + frame + more;
    }

    private static String free(int frame, int order, String more) {
        return "'op':'free','cpu':0,'pfn':" + frame + ",'order':" + order + more;
    }

    private static List<String> owned(List<LastEvents.Owned> blocks) {
        return blocks.stream()
                .map(block -> block.first() + "+" + block.frames() + "@" + block.line())
                .toList();
    }

    @Test
    void shouldTellWhoOwnsWhat() throws IOException, TextFormatException {
        LastEvents last = last(
                alloc(2, 4, ""), free(4, 1, ""), alloc(0, 5, ""), "'op':'get','pfn':6", free(6, 1, ""), free(6, 1, ""));
        assertTrue(last.isBooted());
        assertEquals(64, last.memory().frames());
        assertEquals(7, last.wrong());
        assertEquals(List.of("4+4@4"), owned(last.steps().get(2).begins()));
        assertEquals(List.of("4+4@4"), owned(last.steps().get(3).ends()), "a part comes back");
        assertEquals(List.of("6+2@4"), owned(last.steps().get(3).begins()), "the rest of it stays");
        assertEquals(List.of(), last.steps().get(6).ends(), "the reference comes back, and the block stays");
        assertEquals(List.of("6+2@4"), owned(last.steps().get(7).ends()));
    }

    @Test
    void shouldTakeEventsInTheOrderInWhichTheyTakeEffect() throws IOException, TextFormatException {
        LastEvents last = last(
                alloc(0, 1, ",'t0':10,'t1':40"), // returns last
                alloc(0, 2, ",'t0':11,'t1':20"),
                free(2, 0, ",'t0':15,'t1':30")); // called before its block was handed out
        List<Long> lines = last.steps().stream().map(LastEvents.Step::line).toList();
        assertEquals(List.of(2L, 3L, 5L, 6L, 4L), lines);
        assertEquals(List.of("2+1@5"), owned(last.steps().get(3).ends()));
        assertEquals(3, last.wrong());
    }

    @Test
    void shouldLookBackSoFarAndKnowWhatIsOwnedThen() throws IOException, TextFormatException {
        List<String> events = new ArrayList<>(List.of(alloc(3, 8, "")));
        for (int i = 0; i < 400; i++) {
            events.add(alloc(0, 1, ""));
            events.add(free(1, 0, ""));
        }
        LastEvents last = last(events.toArray(new String[0]));
        assertEquals(LastEvents.MOST, last.steps().size());
        assertEquals(LastEvents.MOST - 1, last.wrong());
        assertEquals(List.of("8+8@4"), owned(last.before()));
        assertEquals(64, last.memory().frames(), "what the machine is stands before them");
    }

    @Test
    void shouldPassOverWhatIsNotInForm() throws IOException, TextFormatException {
        LastEvents last = LastEvents.of(
                List.of(
                        HEADER.replace('\'', '"'),
                        "{\"i\":0,\"op\":\"zones\",\"sizes\":\"x\"}",
                        "{\"i\":1,\"op\":\"none\"}"),
                3);
        assertNull(last.memory());
        assertFalse(last.isBooted());
        assertEquals(2, last.steps().size());
        assertEquals(-1, last.steps().get(1).first());
    }
}
