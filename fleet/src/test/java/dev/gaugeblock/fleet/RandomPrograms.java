package dev.gaugeblock.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Litmus tests made up from a number: two or three CPUs with a few operations each, on frames, locks and mappings. */
final class RandomPrograms {
    private static final List<String> PHRASES = List.of(
            "% = alloc ATOMIC|HIGHMEM 0",
            "% = alloc HIGHUSER 0; free %",
            "% = alloc ATOMIC|HIGHMEM 1; free %",
            "free p",
            "free-cold p",
            "get p; free p",
            "drain",
            "lock A; lock B; unlock B; unlock A",
            "lock B; lock A; unlock A; unlock B",
            "kmap p; kunmap p",
            "kmap q; read q; kunmap q",
            "lock-page q; unlock-page q",
            "wait-page q");

    private RandomPrograms() {}

    /** The text of a program: the same for the same number. */
    static String text(int number) {
        Random random = new Random(number);
        List<String> lines = new ArrayList<>(List.of(
                "litmus made-up-" + number,
                "\"Made up from number " + number + ".\"",
                "machine",
                "  cpus 3",
                "  zone DMA " + (2 + random.nextInt(3)),
                "  zone HighMem " + (3 + random.nextInt(3)),
                "  pkmap " + (1 + random.nextInt(2)),
                "  spinlock A",
                "  spinlock B",
                "before",
                "  p = alloc HIGHUSER 0",
                "  q = alloc HIGHUSER 0"));
        int cpus = 2 + random.nextInt(4) / 3;
        int variables = 0;
        for (int cpu = 0; cpu < cpus; cpu++) {
            lines.add("cpu " + cpu);
            for (int phrase = 1 + random.nextInt(cpus == 2 ? 2 : 1); phrase > 0; phrase--) {
                variables++;
                String operations = PHRASES.get(random.nextInt(PHRASES.size())).replace("%", "v" + variables);
                List.of(operations.split("; ")).forEach(operation -> lines.add("  " + operation));
            }
        }
        return String.join("\n", lines) + "\n";
    }
}
