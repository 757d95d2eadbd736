package dev.gaugeblock.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.oracle.replay.BufferReplay;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.JsonReader;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Page buffers that are used after they were freed: the original reads freed memory, so nobody can say what it answers.
 */
class BufferMisuseTest {
    private static final String LATER = env(1);
    private static final String GET = "'op':'get','blk':8,'len':8,'arg':16384";
    private static final String ASYNC_READ = "'op':'read','blk':8,'len':8,'arg':16400";

    @TempDir
    private Path folder;

    private final BufferReplay replay = new BufferReplay();
    private final List<String> lines = new ArrayList<>(
            List.of(
                    "{\"header\":1,\"scenario\":\"s\",\"desc\":\"d\",\"binary\":\"peer-xfs\",\"last_pkmap\":0,"
                            + "\"hugetlb\":false,\"debug_highmem\":false,\"pae_window\":false,\"source\":\"test\",\"config\":{}}"));

    private static String env(int deferred) {
        return "'op':'env','bios':1,'err':0,'pending_mode':" + deferred + ",'nomem':0,'vmapfail':0,'bsize':4096";
    }

    private Event event(String text) throws TextFormatException {
        Position here = new Position("test", lines.size() + 1);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("i", (long) lines.size() - 1);
        fields.putAll(JsonReader.read("{" + text.replace('\'', '"') + "}", here));
        return new Event(here, lines.size() - 1, (String) fields.get("op"), fields);
    }

    /** An event with what the reference answers, which comes next in the file. */
    private Map<String, Object> done(String text) throws TextFormatException {
        Event event = event(text);
        Map<String, Object> answers = replay.apply(event).values();
        Map<String, Object> all = new LinkedHashMap<>(event.fields());
        all.putAll(answers);
        lines.add(JsonText.of(all));
        return answers;
    }

    /** What is said of a file that ends with an event of which nothing can be said. */
    private void assertBeyond(String lastEvent, String buffer) throws IOException, TextFormatException {
        int line = lines.size() + 1;
        lines.add(JsonText.of(
                event(lastEvent + ",'delwri':[],'work':0,'pending':0").fields()));
        FileVerdict verdict = ExactCheck.check(Files.write(folder.resolve("misuse.jsonl"), lines));
        assertEquals(Ruling.INCONCLUSIVE, verdict.ruling(), verdict.reason());
        assertTrue(
                verdict.reason()
                        .contains("misuse.jsonl:" + line + ": event " + (line - 2) + ": " + buffer
                                + " is used after it was freed, where the original reads freed memory"),
                verdict.reason());
    }

    @Test
    void shouldSayNothingOfABufferThatWasFreedBeforeItWasGiven() throws IOException, TextFormatException {
        done(env(0));
        Map<String, Object> given = done(ASYNC_READ);
        assertEquals(0L, given.get("r"), "it has a number all the same");
        assertEquals(0L, given.get("hold"), "and the state that it had in the end");
        assertBeyond("'op':'hold','buf':0", "buffer 8+8");
    }

    @Test
    void shouldSayNothingOfIoThatEndsAfterItsBufferWasFreed() throws IOException, TextFormatException {
        done(LATER);
        done(ASYNC_READ);
        done("'op':'rele','buf':0");
        assertBeyond("'op':'pump'", "buffer 8+8");
    }

    @Test
    void shouldSayNothingOfACompletionOfAFreedBuffer() throws IOException, TextFormatException {
        done(LATER);
        done(ASYNC_READ);
        done("'op':'pump'");
        done("'op':'rele','buf':0");
        assertBeyond("'op':'work'", "buffer 8+8");
    }

    /** It was found stale, so that its last user does not put it into the queue, where it is already. */
    @Test
    void shouldSayNothingOfAFreedBufferInTheQueueOfDelayedWrites() throws IOException, TextFormatException {
        done(env(0));
        done(GET);
        done("'op':'macro','buf':0,'name':'STALE'");
        done("'op':'bdwrite','buf':0");
        done(GET);
        done("'op':'rele','buf':0");
        assertBeyond("'op':'rele','buf':0,'tr':['free:0']", "buffer 8+8");
        lines.set(lines.size() - 1, lines.get(lines.size() - 1).replace("free:0", "free:1"));
        FileVerdict verdict = ExactCheck.check(Files.write(folder.resolve("other.jsonl"), lines));
        assertEquals(Ruling.VIOLATED, verdict.ruling(), "what can be said of the event is held against it");
    }

    @Test
    void shouldGoOnWhereNobodyCanSeeWhatIsDoneToAFreedBuffer() throws IOException, TextFormatException {
        done(env(0));
        done(GET);
        done("'op':'bdwrite','buf':0");
        Map<String, Object> stale = done("'op':'macro','buf':0,'name':'SUPER_STALE'");
        assertEquals(List.of("release_page:1", "free:0"), stale.get("tr"));
        assertEquals("NOBUF", done("'op':'show'").get("r"));
        FileVerdict verdict = ExactCheck.check(Files.write(folder.resolve("good.jsonl"), lines));
        assertEquals(Ruling.HOLDS, verdict.ruling(), verdict.reason());
    }

    /** A second request before the first has ended: the page that both read is unlocked twice. */
    @Test
    void shouldCallItABugToUnlockAPageTwice() throws TextFormatException {
        done("'op':'env','bios':1,'err':0,'pending_mode':1,'nomem':0,'vmapfail':0,'bsize':4096");
        done("'op':'read','blk':8,'len':16,'arg':16400");
        done("'op':'env','bios':2,'err':0,'pending_mode':1,'nomem':0,'vmapfail':0,'bsize':4096");
        done("'op':'iostart','buf':0,'arg':17");
        Map<String, Object> ended = done("'op':'pump'");
        assertEquals("BUG", ended.get("r"));
        assertEquals(List.of("BUG:unlock_page"), ended.get("tr"));
    }
}
