package dev.gaugeblock.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Writes a legal trace of a kernel's page allocator as ftrace prints it, with lists of CPUs that are refilled and
 * drained, and second reports of frees; and, for comparison, its allocations and frees as lines of JSON. The same
 * numbers give the same files.
 *
 * <p>{@code java KmemTraceGenerator.java EVENTS TRACE.txt [TRACE.jsonl]}
 */
public final class KmemTraceGenerator {
    private static final int CPUS = 2;
    private static final int FIRST_FRAME = 0x100000;
    private static final int BLOCKS = 1 << 13;
    private static final int BATCH = 31;
    private static final int HIGH = 200;
    private static final int ORDERS = 4;
    private static final int LIVE = 20_000;
    private static final String FLAGS = "GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_ZERO";

    private record Block(int pfn, int order) {}

    private final Random random = new Random(1);
    private final PrintWriter trace;
    private final PrintWriter json;
    private final List<Deque<Integer>> free = new ArrayList<>();
    private final List<List<Deque<Integer>>> lists = new ArrayList<>();
    private final List<Block> live = new ArrayList<>();
    private final long events;
    private long written;
    private long line;

    private KmemTraceGenerator(long events, PrintWriter trace, PrintWriter json) {
        this.events = events;
        this.trace = trace;
        this.json = json;
        int frame = FIRST_FRAME;
        for (int order = 0; order < ORDERS; order++) {
            free.add(new ArrayDeque<>());
            for (int i = 0; i < BLOCKS * (order == 0 ? 4 : 1); i++) {
                free.get(order).add(frame);
                frame += 1 << order;
            }
        }
        for (int cpu = 0; cpu < CPUS; cpu++) {
            lists.add(new ArrayList<>());
            for (int order = 0; order < ORDERS; order++) {
                lists.get(cpu).add(new ArrayDeque<>());
            }
        }
    }

    /** Writes the files. */
    public static void main(String[] args) throws IOException {
        Path other = Path.of(args.length > 2 ? args[2] : args[1] + ".jsonl");
        try (PrintWriter trace = new PrintWriter(Files.newBufferedWriter(Path.of(args[1])));
                PrintWriter json = new PrintWriter(Files.newBufferedWriter(other))) {
            new KmemTraceGenerator(Long.parseLong(args[0]), trace, json).write();
        }
    }

    private void write() {
        trace.println("# tracer: nop\n#");
        json.println("{\"header\":1,\"scenario\":\"kmem\",\"desc\":\"as the trace beside it\",\"binary\":\"kmem\","
                + "\"last_pkmap\":0,\"hugetlb\":false,\"debug_highmem\":false,\"pae_window\":false,\"source\":\"made up\","
                + "\"config\":{}}");
        while (written < events) {
            int cpu = random.nextInt(CPUS);
            boolean isAlloc = live.isEmpty() || live.size() < LIVE && random.nextInt(100) < 52;
            if (isAlloc) {
                alloc(cpu);
            } else {
                free(cpu, 1 + random.nextInt(15));
            }
        }
    }

    private void alloc(int cpu) {
        int order = random.nextInt(8) == 0 ? 1 + random.nextInt(ORDERS - 1) : 0;
        Deque<Integer> list = lists.get(cpu).get(order);
        for (int i = 0; list.isEmpty() && i < BATCH || i > 0 && i < BATCH >> order; i++) {
            Integer pfn = free.get(order).poll();
            if (pfn == null) {
                break;
            }
            list.add(pfn);
            print(cpu, "d..3.", "mm_page_alloc_zone_locked", pfn, order, " migratetype=1 percpu_refill=1");
        }
        Integer pfn = list.poll();
        if (pfn != null) {
            print(cpu, ".....", "mm_page_alloc", pfn, order, " migratetype=1 gfp_flags=" + FLAGS);
            live.add(new Block(pfn, order));
            json.printf(
                    Locale.ROOT,
                    "{\"i\":%d,\"op\":\"alloc\",\"cpu\":%d,\"gfp\":2,\"order\":%d,\"task\":0,\"r\":%d}%n",
                    line++,
                    cpu,
                    order,
                    pfn);
        }
    }

    private void free(int cpu, int count) {
        List<Block> freed = new ArrayList<>();
        for (int i = 0; i < count && !live.isEmpty(); i++) {
            int index = random.nextInt(live.size());
            Block block = live.get(index);
            live.set(index, live.get(live.size() - 1));
            live.remove(live.size() - 1);
            print(cpu, ".....", "mm_page_free", block.pfn(), block.order(), "");
            freed.add(block);
            json.printf(
                    Locale.ROOT,
                    "{\"i\":%d,\"op\":\"free\",\"cpu\":%d,\"pfn\":%d,\"order\":%d}%n",
                    line++,
                    cpu,
                    block.pfn(),
                    block.order());
        }
        for (Block block : freed) {
            if (block.order() == 0) {
                print(cpu, "...1.", "mm_page_free_batched", block.pfn(), 0, "");
            }
            Deque<Integer> list = lists.get(cpu).get(block.order());
            list.add(block.pfn());
            for (int i = 0; list.size() > HIGH && i < BATCH; i++) {
                int pfn = list.remove();
                free.get(block.order()).add(pfn);
                print(cpu, "d..4.", "mm_page_pcpu_drain", pfn, block.order(), " migratetype=1");
            }
        }
    }

    private void print(int cpu, String flags, String event, int pfn, int order, String more) {
        written++;
        trace.printf(
                Locale.ROOT,
                "              wl-%d     [%03d] %s %12d: %s: page=%016x pfn=0x%x order=%d%s%n",
                130 + cpu + 2 * random.nextInt(20),
                cpu,
                flags,
                written,
                event,
                (pfn * 0x9E3779B97F4A7C15L) >>> 32,
                pfn,
                order,
                more);
    }
}
