package dev.gaugeblock.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Writes a long legal trace, to measure {@code check} on: a machine of 1 GiB whose zone Normal holds 20 000 live blocks
 * of orders 0 to 3 on average, random ones of which come and go.
 *
 * <pre>java model-tests/bench/dev/gaugeblock/bench/TraceGenerator.java 50000000 trace.jsonl</pre>
 */
public final class TraceGenerator {
    private static final int NORMAL = 4096;
    private static final int FRAMES = 225_280;
    private static final int SLOTS = 10_000;

    /** For each order a stack of slots: those below {@code used} are live, the others free. */
    private final int[][] slots = new int[4][SLOTS];

    private final int[] used = new int[4];
    private final Random random = new Random(1);
    private int free = FRAMES;

    private TraceGenerator() {
        int pfn = NORMAL;
        for (int order = 3; order >= 0; order--) {
            for (int slot = 0; slot < SLOTS; slot++) {
                slots[order][slot] = pfn;
                pfn += 1 << order;
            }
        }
    }

    /** Takes the number of events and the file to write. */
    public static void main(String[] args) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[1])), 1 << 16)) {
            new TraceGenerator().write(Long.parseLong(args[0]), out);
        }
    }

    private void write(long events, OutputStream out) throws IOException {
        line(
                out,
                "{\"header\":1,\"scenario\":\"long\",\"desc\":\"a long trace\",\"binary\":\"none\",\"last_pkmap\":0,"
                        + "\"hugetlb\":false,\"debug_highmem\":false,\"pae_window\":false,\"source\":\"generated\",\"config\":{}}");
        line(out, "{\"i\":0,\"op\":\"zones\",\"sizes\":[4096,225280,32768],\"node_start\":0}");
        line(out, "{\"i\":1,\"op\":\"bootq\",\"mode\":\"blocks\"}");
        for (long i = 2; i < events; i++) {
            line(out, event(i));
        }
    }

    private String event(long i) {
        int order = random.nextInt(4);
        boolean alloc = random.nextInt(SLOTS) >= used[order];
        int pfn;
        if (alloc) {
            int slot = used[order] + random.nextInt(SLOTS - used[order]);
            pfn = swap(order, slot, used[order]++);
            free -= 1 << order;
            return "{\"i\":" + i + ",\"op\":\"alloc\",\"cpu\":0,\"gfp\":208,\"order\":" + order + ",\"task\":0,\"r\":"
                    + pfn + ",\"pf\":0,\"fp\":[4096," + free + ",32768]}";
        }
        pfn = swap(order, random.nextInt(used[order]), --used[order]);
        free += 1 << order;
        return "{\"i\":" + i + ",\"op\":\"free\",\"cpu\":0,\"pfn\":" + pfn + ",\"order\":" + order + ",\"fp\":[4096,"
                + free + ",32768]}";
    }

    /** Exchanges two slots; returns what stood in the first. */
    private int swap(int order, int one, int other) {
        int pfn = slots[order][one];
        slots[order][one] = slots[order][other];
        slots[order][other] = pfn;
        return pfn;
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.write('\n');
    }
}
