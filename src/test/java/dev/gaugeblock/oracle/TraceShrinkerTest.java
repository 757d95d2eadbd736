package dev.gaugeblock.oracle;

import static dev.gaugeblock.oracle.Traces.BOOTED;
import static dev.gaugeblock.oracle.Traces.alloc;
import static dev.gaugeblock.oracle.Traces.free;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a trace breaks the same rule at the same event, and nothing could be left out of it. */
class TraceShrinkerTest {
    private static final Contract.Failures AWARE = Contract.Failures.RESOURCE_AWARE;

    @TempDir
    private Path folder;

    private List<String> shrunk(String rule, List<String> events) throws IOException, TextFormatException {
        Path file = Traces.write(folder.resolve("long.jsonl"), BOOTED, events.toArray(String[]::new));
        FileVerdict verdict = ContractCheck.check(file, AWARE, false);
        assertEquals(rule, rule(verdict), verdict.reason());
        List<String> lines = TraceShrinker.shrink(file, verdict, AWARE);
        FileVerdict again = ContractCheck.check(Files.write(folder.resolve("short.jsonl"), lines), AWARE, false);
        assertEquals(rule, rule(again), again.reason());
        assertEquals(lines.size(), again.rejection().orElseThrow().line(), again.reason());
        return lines.subList(1, lines.size());
    }

    private static String rule(FileVerdict verdict) {
        return verdict.rejection().orElseThrow().breach().rule().id();
    }

    /** Blocks come and go, each with the count of what is free; those of HighMem from 130 on are live all the while. */
    private static List<String> comings(int events) {
        List<String> lines = new ArrayList<>();
        lines.add(alloc(2, 0, 191) + ",'fp':[64,64,63]");
        for (int i = 0; lines.size() < events; i++) {
            int pfn = 130 + i % 20;
            lines.add(alloc(2, 0, pfn) + ",'fp':[64,64,62]");
            lines.add(free(pfn, 0) + ",'fp':[64,64,63]");
        }
        return lines;
    }

    @Test
    void shouldKeepTheTwoOwnersOfAFrame() throws IOException, TextFormatException {
        List<String> events = comings(5000);
        events.add(1, alloc(1, 2, 8));
        for (int i = 2; i < events.size(); i++) {
            events.set(i, events.get(i).replace("[64,", "[60,"));
        }
        events.add(alloc(1, 1, 10) + ",'src':'a.c:7'");
        events.addAll(comings(100));
        List<String> left = shrunk("alloc-disjoint", events);
        assertEquals(4, left.size(), left.toString());
        assertTrue(left.get(2).contains("\"order\":2,\"task\":0,\"r\":8"), left.toString());
        assertTrue(left.get(3).contains("\"r\":10,\"src\":\"a.c:7\""), left.toString());
    }

    /** Whoever left the free out alone would find that frame 64 was handed out twice. */
    @Test
    void shouldNotLeaveOutAFreeAlone() throws IOException, TextFormatException {
        List<String> left = shrunk(
                "free-live",
                List.of(alloc(0, 0, 64), free(64, 0), alloc(0, 1, 70), alloc(0, 1, 64), free(70, 1), free(64, 0)));
        assertEquals(4, left.size(), left.toString());
        assertTrue(left.get(2).contains("\"order\":1,\"task\":0,\"r\":64"), left.toString());
    }

    @Test
    void shouldKeepACountThatIsWrong() throws IOException, TextFormatException {
        List<String> events = comings(3000);
        events.add(alloc(0, 0, 64) + ",'fp':[64,64,63]");
        List<String> left = shrunk("frames-conserved", events);
        assertTrue(left.size() <= 4, left.toString());
        assertTrue(left.get(left.size() - 1).contains("\"fp\""), left.toString());
    }

    @Test
    void shouldShrinkAFailureAndTheEndOfAProgram() throws IOException, TextFormatException {
        List<String> events = comings(3000);
        events.add(alloc(1, 3, null));
        assertEquals(3, shrunk("alloc-failure", events).size());
        events.set(events.size() - 1, "'op':'free','cpu':0,'pfn':191,'order':0,'r':'CRASH'");
        List<String> crashed = shrunk("crash", events);
        assertEquals(4, crashed.size(), crashed.toString());
    }

    /** Two that overlap own one frame: neither is the last event of the file. */
    @Test
    void shouldShrinkWhatOverlaps() throws IOException, TextFormatException {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            events.add(Traces.at(10 * i, 10 * i + 4, alloc(0, 0, 64 + i % 30)));
            events.add(Traces.at(10 * i + 5, 10 * i + 12, free(64 + i % 30, 0)));
        }
        events.add(Traces.at(6000, 6009, alloc(0, 0, 101)));
        events.add(Traces.at(6001, 6009, alloc(0, 1, 100)));
        events.add(Traces.at(6002, 6020, alloc(0, 1, 120)));
        Path file = Traces.write(folder.resolve("long.jsonl"), BOOTED, events.toArray(String[]::new));
        List<String> lines = TraceShrinker.shrink(file, ContractCheck.check(file, AWARE, false), AWARE);
        FileVerdict again = ContractCheck.check(Files.write(folder.resolve("short.jsonl"), lines), AWARE, false);
        assertEquals("alloc-disjoint", rule(again), again.reason());
        assertEquals(1 + 2 + 2, lines.size(), lines.toString());
        assertTrue(again.reason().contains("it ran from 6001 to 6009, and overlaps"), again.reason());
    }
}
