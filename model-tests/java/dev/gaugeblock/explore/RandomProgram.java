package dev.gaugeblock.explore;

import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Litmus tests made up from a number: first a matrix in which every phrase meets every other and every phrase meets
 * every handler, then programs of two or three CPUs that a seed puts together from the same phrases. Many of them are
 * right, some deadlock or break a rule; they are about whether all reductions say the same.
 *
 * <p>A phrase is a few operations of one program; {@code %} stands for a new variable. The frames p and q, the buffer b
 * and the locks A and B are everybody's. Whoever drops a reference to p or b without having taken it has one from the
 * beginning. The one expectation, that some program sleeps, is so that reductions have to agree on whether it does.
 */
public final class RandomProgram {
    /** What programs do with frames. */
    private static final List<String> OF_FRAMES = List.of(
            "% = alloc ATOMIC|HIGHMEM 0",
            "% = alloc HIGHUSER 0; free %",
            "% = alloc ATOMIC|HIGHMEM 1; free %",
            "% = alloc HIGHUSER|NORETRY 0; free-cold %",
            "get p; free p",
            "free p",
            "free-cold p",
            "put p",
            "drain",
            "sysctl min_free_kbytes 8",
            "lock A; unlock A",
            "lock A; lock B; unlock B; unlock A; mb",
            "lock B; lock A; unlock A; unlock B",
            "kmap p; kunmap p",
            "kmap p; kunmap p; free p",
            "kmap q; read q; kunmap q",
            "kmap-atomic p USER0; write p; kunmap-atomic p USER0",
            "lock-page p; unlock-page p",
            "lock-page p; unlock-page p; free p",
            "unlock-page p",
            "wait-page p",
            "wait-page p; free-cold p",
            "start-writeback p; end-writeback p",
            "attach-heads p; drop-heads p",
            "wait-writeback p",
            "% = alloc ATOMIC|HIGHMEM 1; free % as 0",
            "% = alloc ATOMIC|HIGHMEM 0 node 0; free-cold %");

    /** What they do with buffers. */
    private static final List<String> OF_BUFFERS = List.of(
            "% = get-buf 8 8; relse %",
            "% = get-buf 12 2; relse %",
            "% = find-buf 8 8; unlock-buf %",
            "% = find-buf 8 8 TRYLOCK; relse %",
            "% = read-buf 8 8 ASYNC",
            "% = read-buf 16 8; relse %",
            "lock-buf b; unlock-buf b",
            "lock-buf b; relse b",
            "hold b; rele b",
            "rele b",
            "pin b; unpin b",
            "lock-buf b; iostart b WRITE; unlock-buf b",
            "lock-buf b; bwrite b",
            "lock-buf b; bdwrite b",
            "lock-buf b; bawrite b",
            "lock-buf b; dequeue b; unlock-buf b",
            "lock-buf b; mark b STALE; relse b",
            "daemon",
            "flush",
            "flush wait",
            "complete",
            "work");

    /** What handlers do: they never sleep. */
    private static final List<String> OF_HANDLERS = List.of(
            "% = alloc ATOMIC|HIGHMEM 0",
            "% = alloc ATOMIC|HIGHMEM 0; free %",
            "get p; free p",
            "free p",
            "drain",
            "lock A; unlock A",
            "kmap-atomic q IRQ0; read q; kunmap-atomic q IRQ0",
            "unlock-page p",
            "hold b; rele b",
            "complete");

    /** Phrases of few steps, about frames first. */
    private static final List<String> SHORT = List.of(
            "free p",
            "free-cold p",
            "lock A; unlock A",
            "lock B; lock A; unlock A; unlock B",
            "unlock-page p",
            "wait-page p",
            "drain",
            "pin b; unpin b",
            "rele b",
            "lock-buf b; unlock-buf b");

    private static final int SHORT_OF_FRAMES = SHORT.indexOf("pin b; unpin b");

    private static final List<String> ALL = joined();

    /** Programs of the matrix: those with the lowest numbers. */
    static final int PAIRS = ALL.size() * (ALL.size() + 1) / 2 + ALL.size() * OF_HANDLERS.size();

    private record Section(String title, List<String> operations) {}

    private final Random random;
    private final List<Section> sections = new ArrayList<>();
    private int cpus = 2;
    private int variables;

    private RandomProgram(long number) {
        random = new Random(number);
    }

    private static List<String> joined() {
        List<String> all = new ArrayList<>(OF_FRAMES);
        all.addAll(OF_BUFFERS);
        return all;
    }

    public static LitmusTest test(long number) {
        return LitmusParser.parse("random-" + number, text(number));
    }

    /** The program with a number, from 0 on, as a litmus file. */
    public static String text(long number) {
        RandomProgram program = new RandomProgram(number);
        if (number < PAIRS) {
            program.pair((int) number);
        } else {
            program.madeUp();
        }
        return program.write(number);
    }

    /** The same programs, those of CPU 1 as a second task of CPU 0, whose handler is that of either. */
    public static String onOneCpu(String text) {
        return text.replace("\ncpu 1\n", "\ntask b on cpu 0\n")
                .replace("\nirq 1\n", "\nirq 0\n")
                .replace("sometimes cpu 1 ", "sometimes task b ")
                .replace("sometimes irq 1 ", "sometimes irq 0 ");
    }

    /**
     * The same programs, with handlers that strike again, or not at all; and beside each handler another one, for every
     * second program.
     */
    static String struckAgain(String text, int number) {
        String often = number % 3 == 0 ? "exactly 2 times" : "up to 2 times";
        String again = text.replaceAll("\nirq (\\d)\n", "\nirq $1 " + often + "\n");
        String other = "\nirq other on cpu $1" + (number % 4 == 1 ? " up to 1 time" : "") + "\n  lock B\n  unlock B";
        return number % 2 == 0 ? again : again.replaceAll("\nirq (\\d) .*times", other + "$0");
    }

    /** The same programs, with another handler that may strike theirs, and which they may strike in every second. */
    static String nested(String text, int number) {
        List<String> within = List.of(
                "lock B\n  unlock B",
                "w = alloc ATOMIC|HIGHMEM 0\n  free w",
                "lock A\n  lock B\n  unlock B\n  unlock A",
                "drain",
                "w = alloc ATOMIC|HIGHMEM 0");
        String other = "\nirq other on cpu $1" + (number % 2 == 0 ? "" : " interruptible") + "\n  "
                + within.get(number % within.size());
        String often = number % 3 == 2 ? " up to 2 times" : "";
        return text.replaceAll("\nirq (\\d)\n", other + "\nirq $1 interruptible" + often + "\n");
    }

    private void pair(int number) {
        int left = number;
        for (int one = 0; one < ALL.size(); one++) {
            int others = one + 1 + OF_HANDLERS.size();
            if (left < others) {
                section("cpu 0", ALL.get(one));
                if (left <= one) {
                    section("cpu 1", ALL.get(left));
                } else {
                    cpus = 1;
                    section("irq 0", OF_HANDLERS.get(left - one - 1));
                }
                return;
            }
            left -= others;
        }
        throw new IllegalArgumentException("the matrix has no program " + number);
    }

    /** So small that every schedule can be run: one program in them says more than one of the short phrases. */
    private void madeUp() {
        List<String> phrases = random.nextInt(3) > 0 ? OF_FRAMES : ALL;
        boolean withBuffers = phrases.equals(ALL);
        switch (random.nextInt(4)) {
            case 0 -> {
                cpus = 3;
                for (int cpu = 0; cpu < cpus; cpu++) {
                    section("cpu " + cpu, oneOfTheShort(withBuffers));
                }
            }
            case 1 -> {
                section("cpu 0", oneOf(phrases));
                section("cpu 1", oneOfTheShort(withBuffers));
                section("irq " + random.nextInt(2), oneOf(OF_HANDLERS.subList(3, withBuffers ? 9 : 8)));
            }
            case 2 -> {
                section("cpu 0", oneOf(phrases));
                section("cpu 1", oneOfTheShort(withBuffers) + "; " + oneOfTheShort(withBuffers));
            }
            default -> {
                section("cpu 0", oneOfTheShort(withBuffers) + "; " + oneOfTheShort(withBuffers));
                section("cpu 1", oneOfTheShort(withBuffers) + "; " + oneOfTheShort(withBuffers));
                if (random.nextInt(3) == 0) {
                    section("irq " + random.nextInt(2), "unlock-page p");
                }
            }
        }
    }

    private String oneOf(List<String> phrases) {
        return phrases.get(random.nextInt(phrases.size()));
    }

    private String oneOfTheShort(boolean withBuffers) {
        return SHORT.get(random.nextInt(withBuffers ? SHORT.size() : SHORT_OF_FRAMES));
    }

    private void section(String title, String phrases) {
        List<String> operations = new ArrayList<>();
        for (String operation : phrases.split("; ")) {
            variables += operation.startsWith("%") ? 1 : 0;
            operations.add(operation.replace("%", "v" + variables));
        }
        sections.add(new Section(title, operations));
    }

    private String write(long number) {
        List<String> lines = new ArrayList<>();
        lines.add("litmus random-" + number);
        lines.add("\"Made up from number " + number + ".\"");
        lines.add("machine");
        lines.add("  cpus " + cpus);
        boolean buffers =
                names("(b|v\\d+ = (get|read|find)-buf|daemon|flush|complete|work)( .*)?") || names(".* b( .*)?");
        boolean maps = names("kmap.*");
        lines.add(buffers ? "  zone DMA 5" : "  zone HighMem " + (2 + random.nextInt(3)));
        if (buffers && maps) {
            lines.add("  zone HighMem 2");
        } else if (!buffers && names("sysctl .*")) {
            lines.add("  zone DMA 2");
        } else if (!buffers && random.nextInt(3) == 0) {
            lines.add("  percpu HighMem hot 0 2 1");
        }
        lines.add("  pkmap " + (1 + random.nextInt(2)));
        lines.add("  spinlock A");
        lines.add("  spinlock B");
        boolean deferred = names("complete|work");
        if (buffers) {
            lines.add("  device " + (deferred ? "deferred" : "synchronous"));
        }
        before(lines, buffers, deferred);
        for (Section section : sections) {
            lines.add(section.title());
            section.operations().forEach(operation -> lines.add("  " + operation));
        }
        lines.add("sometimes " + sections.get(random.nextInt(sections.size())).title() + " sleeps");
        return String.join("\n", lines) + "\n";
    }

    private void before(List<String> lines, boolean buffers, boolean deferred) {
        lines.add("before");
        if (names("\\S+ p( .*)?")) {
            lines.add("  p = alloc HIGHUSER 0");
            int given = given("get p", "(free(-cold)?|put) p");
            for (int i = 1; i < given || i == given && (given == 1 || random.nextBoolean()); i++) {
                lines.add("  get p");
            }
            if (lacks("lock-page p", "unlock-page p")) {
                lines.add("  lock-page p");
            }
        }
        if (names("\\S+ q( .*)?")) {
            lines.add("  q = alloc HIGHUSER 0");
        }
        if (buffers) {
            lines.add("  b = get-buf 8 8");
            for (int i = given("hold b", "(rele|relse|bwrite|bdwrite|bawrite) b"); i > 1; i--) {
                lines.add("  hold b");
            }
            lines.add("  unlock-buf b");
        }
        if (deferred) {
            lines.add("  a = get-buf 24 8");
            lines.add("  bawrite a");
        }
        if (lines.get(lines.size() - 1).equals("before")) {
            lines.remove(lines.size() - 1);
        }
    }

    private boolean names(String pattern) {
        return sections.stream().anyMatch(section -> count(section, pattern) > 0);
    }

    /** References that programs drop without having taken them. */
    private int given(String taken, String dropped) {
        return sections.stream()
                .mapToInt(section -> Math.max(0, count(section, dropped) - count(section, taken)))
                .sum();
    }

    private boolean lacks(String before, String behind) {
        return given(before, behind) > 0;
    }

    private static int count(Section section, String pattern) {
        return (int) section.operations().stream()
                .filter(operation -> operation.matches(pattern))
                .count();
    }
}
