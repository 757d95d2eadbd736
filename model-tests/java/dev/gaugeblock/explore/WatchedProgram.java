package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.condition.Facts;
import dev.gaugeblock.mm.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A litmus test made up from a number. Its programs work in two zones, so that they have much to do in which others do
 * not interfere.
 */
final class WatchedProgram {
    private static final List<String> OPERATIONS = List.of(
            "% = alloc ATOMIC|DMA 0",
            "% = alloc ATOMIC 0",
            "% = alloc ATOMIC 1",
            "% = alloc ATOMIC 0\n  free %",
            "free a",
            "free-cold b",
            "drain",
            "lock L\n  unlock L",
            "lock-page c\n  unlock-page c",
            "wait-page c");

    /** What handlers do: they never sleep. */
    private static final int OF_HANDLERS = OPERATIONS.indexOf("drain");

    private final Random random;
    private final List<String> titles = new ArrayList<>();
    private final List<String> variables = new ArrayList<>(List.of("a", "b", "c"));
    private final String text;

    /** The program with a number. */
    WatchedProgram(long number) {
        random = new Random(number);
        text = made(number % 4 == 0, number % 4 == 1);
    }

    /** The litmus file, with a condition that is to be true always. */
    String text(String condition) {
        return text + "always " + condition + "\n";
    }

    /**
     * The file.
     *
     * @param nested whether a second handler strikes the first one, if there is one
     * @param onOneCpu whether the second program, if it is no handler, is a task of CPU 0
     */
    private String made(boolean nested, boolean onOneCpu) {
        StringBuilder text = new StringBuilder("litmus made-up\n\"Made up.\"\nmachine\n  cpus 2\n");
        text.append("  zone DMA 3\n  zone Normal 3\n  spinlock L\n");
        if (random.nextInt(4) == 0) {
            text.append("  percpu Normal hot 0 2 1\n");
        }
        text.append("before\n  a = alloc ATOMIC|DMA 0\n  b = alloc ATOMIC 0\n  c = alloc ATOMIC 0\n");
        program(text, "cpu 0", "", 1 + random.nextInt(2), OPERATIONS.size());
        int handler = random.nextInt(6);
        if (handler < 2) {
            program(text, "irq " + handler, nested ? " interruptible" : "", 1, OF_HANDLERS);
            if (nested) {
                program(text, "irq other", " on cpu " + handler, 1, OF_HANDLERS);
            }
        } else {
            program(
                    text,
                    onOneCpu ? "task b" : "cpu 1",
                    onOneCpu ? " on cpu 0" : "",
                    1 + random.nextInt(2),
                    OPERATIONS.size());
        }
        return text.toString();
    }

    private void program(StringBuilder text, String title, String more, int length, int choices) {
        text.append(title).append(more).append('\n');
        titles.add(title);
        for (int i = 0; i < length; i++) {
            String variable = "v" + variables.size();
            String operation = OPERATIONS.get(random.nextInt(choices));
            if (operation.contains("%")) {
                variables.add(variable);
            }
            text.append("  ").append(operation.replace("%", variable)).append('\n');
        }
    }

    /** A condition that looks at everything, and is true whatever it sees. */
    String neutral() {
        StringBuilder condition = new StringBuilder("free DMA without percpu >= 0");
        variables.forEach(variable -> condition.append(" and (" + variable + " == NULL or " + variable + " != NULL)"));
        return condition.toString();
    }

    /** A condition that is not true at a point at which somebody has met the machine; it looks at a part of it. */
    String denial(Facts facts) {
        List<String> terms = new ArrayList<>();
        for (int variable = 0; variable < variables.size(); variable++) {
            if (random.nextInt(6) > 0) {
                terms.add(variables.get(variable) + (facts.pfn(variable) < 0 ? " == NULL" : " != NULL"));
            }
        }
        for (int zone = Zone.DMA; zone <= Zone.NORMAL; zone++) {
            boolean onLists = random.nextInt(6) == 0;
            if (random.nextInt(8) > 0 && facts.isSettled(zone)) {
                terms.add("free " + Zone.name(zone) + (onLists ? "" : " without percpu") + " == "
                        + facts.freeFrames(zone, onLists));
            }
        }
        if (random.nextInt(6) == 0) {
            int program = random.nextInt(titles.size());
            terms.add((facts.hasSlept(program) ? "" : "not ") + titles.get(program) + " sleeps");
        }
        return terms.isEmpty() ? "a == NULL" : "not (" + String.join(" and ", terms) + ")";
    }
}
