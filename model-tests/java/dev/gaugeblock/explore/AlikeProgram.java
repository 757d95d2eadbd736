package dev.gaugeblock.explore;

import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Litmus tests made up from a seed in which most or all CPUs run the same program, and perhaps the same handler: what a
 * search that takes alike CPUs for alike must get right.
 */
public final class AlikeProgram {
    /** Phrases; {@code v} stands for a variable of the program's own, a new one at each allocation. */
    private static final List<String> PHRASES = List.of(
            "v = alloc ATOMIC 0",
            "v = alloc HIGHUSER 0; free v",
            "v = alloc HIGHUSER|NORETRY 1; free v",
            "v = alloc HIGHUSER 0; kmap v; kunmap v",
            "v = alloc HIGHUSER 0; kmap v; kunmap v; free-cold v",
            "kmap p; kunmap p",
            "kmap p; kmap q; kunmap q; kunmap p",
            "get p; free p",
            "lock A; unlock A",
            "lock A; lock B; unlock B; unlock A",
            "lock-page p; unlock-page p",
            "lock-page p; wait-page q; unlock-page p",
            "wait-page p; drain",
            "v = alloc HIGHUSER 0; lock-page v; unlock-page v");

    /** Those that a handler may run: they never sleep. */
    private static final List<String> OF_HANDLERS =
            List.of("v = alloc ATOMIC|HIGHMEM 0", "v = alloc ATOMIC|HIGHMEM 0; free v", "get p; free p", "drain");

    private final Random random;
    private final StringBuilder text = new StringBuilder();

    private AlikeProgram(long seed) {
        random = new Random(seed);
    }

    public static LitmusTest test(long seed) {
        return LitmusParser.parse("alike-" + seed, new AlikeProgram(seed).write("alike-" + seed));
    }

    private String write(String name) {
        int cpus = 2 + random.nextInt(2);
        line("litmus " + name);
        line("\"Made up from a seed.\"");
        line("machine");
        line("  cpus " + cpus);
        line("  zone HighMem " + (4 + random.nextInt(3)));
        line("  pkmap " + (random.nextInt(4) == 0 ? 1 : 2));
        if (random.nextBoolean()) {
            line("  percpu HighMem hot 0 " + (1 + random.nextInt(3)) + " 1");
        }
        line("  spinlock A");
        line("  spinlock B");
        line("before");
        line("  p = alloc HIGHUSER 0");
        line("  q = alloc HIGHUSER 0");
        programs(cpus).forEach(text::append);
        return text.toString();
    }

    private List<String> programs(int cpus) {
        List<String> sections = new ArrayList<>();
        String program = body(PHRASES, cpus == 2 ? 1 + random.nextInt(2) : 1);
        String handler = cpus == 2 && random.nextInt(4) == 0 ? body(OF_HANDLERS, 1) : "";
        boolean lastDiffers = cpus > 2 && random.nextInt(3) == 0;
        for (int cpu = 0; cpu < cpus; cpu++) {
            boolean differs = lastDiffers && cpu == cpus - 1;
            sections.add("cpu " + cpu + "\n" + numbered(differs ? body(PHRASES, 1) : program, "c" + cpu));
            if (!handler.isEmpty()) {
                sections.add("irq " + cpu + "\n" + numbered(handler, "i" + cpu));
            }
        }
        Collections.shuffle(sections, random);
        return sections;
    }

    private String body(List<String> phrases, int count) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String phrase = phrases.get(random.nextInt(phrases.size()));
            for (String operation : phrase.replaceAll("\\bv\\b", "v" + i).split("; ")) {
                body.append("  ").append(operation).append('\n');
            }
        }
        return body.toString();
    }

    /** The program with variables whose names end so, as each belongs to one program only. */
    private static String numbered(String body, String end) {
        return body.replaceAll("\\b(v[0-9])\\b", "$1" + end);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
