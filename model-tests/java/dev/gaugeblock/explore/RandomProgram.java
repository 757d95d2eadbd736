package dev.gaugeblock.explore;

import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Litmus tests made up from a seed: two or three CPUs, handlers, locks in any order, mappings, page locks, and a memory
 * that does not suffice. Many of them are right, some deadlock or break a rule; they are about whether all reductions
 * say the same.
 */
public final class RandomProgram {
    private static final String[] FLAGS = {"ATOMIC", "HIGHUSER", "HIGHUSER|NORETRY"};

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private int variables;
    /** Whether the page of p is locked from the beginning, and nobody unlocks it yet. */
    private boolean pageLocked;

    private RandomProgram(long seed) {
        random = new Random(seed);
    }

    static String text(long seed) {
        return new RandomProgram(seed).write(seed);
    }

    public static LitmusTest test(long seed) {
        return LitmusParser.parse("random-" + seed, text(seed));
    }

    private String write(long seed) {
        int cpus = 2 + random.nextInt(2);
        line("litmus random-" + seed);
        line("\"Made up from seed " + seed + ".\"");
        line("machine");
        line("  cpus " + cpus);
        line("  zone HighMem " + (2 + random.nextInt(3)));
        line("  pkmap " + (1 + random.nextInt(2)));
        if (random.nextBoolean()) {
            line("  percpu HighMem hot 0 " + (1 + random.nextInt(3)) + " 1");
        }
        line("  spinlock A");
        line("  spinlock B");
        line("before");
        line("  p = alloc HIGHUSER 0");
        if (random.nextInt(3) == 0) {
            pageLocked = true;
            line("  lock-page p");
        }
        List<String> sections = new ArrayList<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            sections.add(section("cpu " + cpu, 1 + random.nextInt(cpus == 2 ? 2 : 1), false));
        }
        for (int irqs = random.nextInt(3); irqs > 1; irqs--) {
            sections.add(section("irq " + random.nextInt(cpus), 1, true));
        }
        Collections.shuffle(sections, random);
        sections.forEach(text::append);
        return text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private String section(String title, int phrases, boolean inInterrupt) {
        StringBuilder section = new StringBuilder(title).append('\n');
        for (int i = 0; i < phrases; i++) {
            for (String operation : phrase(inInterrupt)) {
                section.append("  ").append(operation).append('\n');
            }
        }
        return section.toString();
    }

    private List<String> phrase(boolean inInterrupt) {
        return switch (random.nextInt(inInterrupt ? 4 : 8)) {
            case 0 -> oneAllocation(inInterrupt);
            case 1 -> locks();
            case 2, 3 -> unlockOrRefer();
            case 4 -> List.of("kmap p", "read p", "kunmap p");
            case 5 -> List.of("lock-page p", "unlock-page p");
            case 6 -> mappedAllocation();
            default -> List.of(random.nextBoolean() ? "wait-page p" : "drain");
        };
    }

    private List<String> unlockOrRefer() {
        if (pageLocked) {
            pageLocked = false;
            return List.of("unlock-page p");
        }
        return List.of("get p", "free p");
    }

    private List<String> oneAllocation(boolean inInterrupt) {
        String variable = "v" + variables++;
        String gfp = inInterrupt ? "ATOMIC|HIGHMEM" : FLAGS[random.nextInt(FLAGS.length)];
        String allocation = variable + " = alloc " + gfp + " " + random.nextInt(2);
        return random.nextBoolean() ? List.of(allocation) : List.of(allocation, "free " + variable);
    }

    private List<String> mappedAllocation() {
        String variable = "v" + variables++;
        List<String> operations = new ArrayList<>(List.of(variable + " = alloc HIGHUSER 0", "kmap " + variable));
        if (random.nextBoolean()) {
            operations.add("kunmap " + variable);
        }
        return operations;
    }

    private List<String> locks() {
        String outer = random.nextBoolean() ? "A" : "B";
        String inner = outer.equals("A") ? "B" : "A";
        return random.nextBoolean()
                ? List.of("lock " + outer, "unlock " + outer)
                : List.of("lock " + outer, "lock " + inner, "unlock " + inner, "unlock " + outer);
    }
}
