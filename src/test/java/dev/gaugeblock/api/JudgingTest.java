package dev.gaugeblock.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class JudgingTest {
    private static final String HEADER =
            "{\"header\":1,\"scenario\":\"s\",\"desc\":\"\",\"binary\":\"b\",\"last_pkmap\":0,\"hugetlb\":false,"
                    + "\"debug_highmem\":false,\"pae_window\":false,\"source\":\"s\",\"config\":{}}";
    private static final String ZONES = "{\"i\":0,\"op\":\"zones\",\"sizes\":[0,16,0],\"node_start\":0}";
    private static final String BOOT = "{\"i\":1,\"op\":\"bootq\",\"mode\":\"blocks\"}";

    private static String alloc(int number, int block) {
        return "{\"i\":" + number + ",\"op\":\"alloc\",\"cpu\":0,\"gfp\":208,\"order\":0,\"task\":0,\"r\":" + block
                + "}";
    }

    @Test
    void shouldSayWhichOfSeveralEventsIsWrong() {
        Judging.Running running = Judging.byContract().begin(HEADER);
        assertTrue(running.next(ZONES));
        assertTrue(running.next(BOOT));
        assertTrue(running.next(alloc(2, 3)));
        assertFalse(running.next(alloc(3, 3)), "handed out twice");
        assertFalse(running.next(alloc(4, 5)), "nothing is judged behind it");
        Judging.Judged judged = running.end();
        assertEquals(List.of("alloc-disjoint"), judged.broken());
        assertEquals(1, judged.events());
        assertTrue(judged.reason().startsWith("events:5: event 3: "), judged.reason());
        assertEquals(judged, running.end(), "it stays as it is");
    }

    @Test
    void shouldHoldOneByOneWhatHoldsAsAList() {
        Judging.Running running = Judging.byContract().begin(HEADER);
        for (String event : List.of(ZONES, BOOT, alloc(2, 3), alloc(3, 4))) {
            assertTrue(running.next(event), event);
        }
        assertEquals(Judging.byContract().judge(List.of(HEADER, ZONES, BOOT, alloc(2, 3), alloc(3, 4))), running.end());
        assertTrue(running.end().isRight());
    }

    @Test
    void shouldCompareWithTheReferenceOneByOne() throws IOException {
        List<String> lines = vector();
        Judging.Running right = Judging.byReference().begin(lines.get(0));
        for (String event : lines.subList(1, lines.size())) {
            assertTrue(right.next(event), event);
        }
        assertTrue(right.end().isRight(), right.end()::reason);
        int allocation = 1;
        while (!lines.get(allocation).contains("\"op\":\"alloc\"")) {
            allocation++;
        }
        Judging.Running wrong = Judging.byReference().begin(lines.get(0));
        lines.subList(1, allocation).forEach(event -> assertTrue(wrong.next(event), event));
        assertFalse(wrong.next(lines.get(allocation).replaceFirst("\"r\":[0-9]+", "\"r\":15")));
        assertTrue(wrong.end().reason().contains("r: the file has 15, the reference "), wrong.end()::reason);
    }

    private static List<String> vector() throws IOException {
        Path file = Path.of("spec/vectors/s01_tiny16_orders.jsonl.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void shouldNameTheLineThatIsNoEvent() {
        Judging.Running running = Judging.byContract().begin(HEADER);
        assertFalse(running.next("{\"i\":0"));
        assertTrue(running.end().reason().startsWith("events:2:"), running.end()::reason);
        Judging.Running headless = Judging.byContract().begin(ZONES);
        assertFalse(headless.next(BOOT));
        assertTrue(headless.end().reason().startsWith("events:1:"), headless.end()::reason);
        Judging.Running open = Judging.byContract().begin(HEADER);
        assertThrows(IllegalArgumentException.class, () -> open.next(ZONES + "\n" + BOOT));
    }

    @Test
    void shouldNotHoldWithoutAnAnswer() {
        Judging.Judged judged = Judging.byContract().begin(HEADER).end();
        assertFalse(judged.isRight());
        assertTrue(judged.reason().contains("nothing to check"), judged.reason());
    }

    @Test
    void shouldReadAStreamByItsName() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(String.join("\n", HEADER, ZONES, BOOT, alloc(2, 3), alloc(3, 3))
                    .getBytes(StandardCharsets.UTF_8));
        }
        Judging.Judged judged = Judging.byContract().judge("mine", new ByteArrayInputStream(packed.toByteArray()));
        assertEquals(List.of("alloc-disjoint"), judged.broken());
        assertTrue(judged.reason().startsWith("mine:5: "), judged.reason());
    }
}
