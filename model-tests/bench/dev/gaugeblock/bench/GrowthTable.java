package dev.gaugeblock.bench;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Locale;

/**
 * Prints how {@code dpor+cache} grows with each CPU and each operation, as lines of a Markdown table. Arguments: CPUs
 * and operations, as {@code 3x6}; one after another in one JVM, so give each a JVM of its own where the seconds matter.
 */
public final class GrowthTable {
    private static final int MAX_CPUS = 6;
    private static final List<String> OPERATIONS =
            List.of("%1$s = alloc %3$s 0", "kmap %1$s", "kunmap %1$s", "free %1$s", "%2$s = alloc %3$s 1", "free %2$s");

    private GrowthTable() {}

    /**
     * Explores one test after the other.
     *
     * @throws IllegalArgumentException for an argument that is no test
     */
    public static void main(String[] sizes) {
        System.out.println("| CPUs | operations | states | executions (to their end / cut short) | outcomes | seconds"
                + " | of processor time | heap, MB |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (String size : sizes) {
            if (!size.matches("[1-" + MAX_CPUS + "]x[1-" + OPERATIONS.size() + "]")) {
                throw new IllegalArgumentException("\"" + size + "\" is no size: expected CPUs from 1 to " + MAX_CPUS
                        + " and operations from 1 to " + OPERATIONS.size() + ", as 3x6");
            }
            System.out.println(line(size.charAt(0) - '0', size.charAt(2) - '0'));
        }
    }

    private static String line(int cpus, int operations) {
        LitmusTest test = test(cpus, operations);
        long before = processorTime();
        try (Explorer explorer = new Explorer(Reduction.DPOR_CACHE)) {
            Exploration exploration = explorer.explore(test);
            return String.format(
                    Locale.ROOT,
                    "| %d | %d | %,d | %,d / %,d | %,d | %.1f | %.1f | %,d | %s",
                    cpus,
                    operations,
                    exploration.states(),
                    exploration.schedules(),
                    exploration.pruned(),
                    exploration.outcomes().size(),
                    exploration.time().toMillis() / 1e3,
                    (processorTime() - before) / 1e9,
                    peakHeap() >> 20,
                    exploration.reason());
        }
    }

    /** Nanoseconds of processor time that the JVM has used, compilation and garbage collection included. */
    private static long processorTime() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Bytes of heap that were in use at most, so far. */
    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    private static LitmusTest test(int cpus, int operations) {
        String gfp = operations > 4 ? "ATOMIC|HIGHMEM" : "HIGHUSER";
        StringBuilder text = new StringBuilder("litmus growth\n\"So many CPUs do so much.\"\nmachine\n");
        text.append("  cpus ").append(cpus).append("\n  zone HighMem 8\n  pkmap 2\n");
        for (int cpu = 0; cpu < cpus; cpu++) {
            text.append("cpu ").append(cpu).append('\n');
            for (String operation : OPERATIONS.subList(0, operations)) {
                text.append("  ")
                        .append(String.format(operation, "p" + cpu, "q" + cpu, gfp))
                        .append('\n');
            }
        }
        return LitmusParser.parse("growth", text.toString());
    }
}
