package dev.gaugeblock.explore.shapes;

import dev.gaugeblock.explore.shapes.MemoryShape.Access;
import dev.gaugeblock.explore.shapes.MemoryShape.Kind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What x86-TSO makes of a shape, straight from the model's definition and without any of what is tried here: goes to
 * every state. Without buffers, it is sequential consistency.
 */
final class OwensModel {
    /** A CPU's own lock is the word behind x and y, one for each. */
    private static final int LOCKS = 2;

    private final MemoryShape shape;
    private final boolean buffers;
    private final SortedSet<String> ends = new TreeSet<>();
    private final Set<String> seen = new HashSet<>();

    private OwensModel(MemoryShape shape, boolean buffers) {
        this.shape = shape;
        this.buffers = buffers;
    }

    static SortedSet<String> ends(MemoryShape shape, boolean buffers) {
        OwensModel model = new OwensModel(shape, buffers);
        int cpus = shape.cpus().size();
        String[] empty = new String[cpus];
        Arrays.fill(empty, "");
        model.visit(new int[cpus], empty, new int[LOCKS + cpus], new int[shape.firstRegister(cpus)]);
        return model.ends;
    }

    /**
     * A state.
     *
     * @param at how far each CPU is, in thirds of an access: a store under a lock is three steps
     * @param waiting stores in each buffer, two digits each: the word, and the value
     */
    private void visit(int[] at, String[] waiting, int[] memory, int[] registers) {
        String key =
                Arrays.toString(at) + String.join(",", waiting) + Arrays.toString(memory) + Arrays.toString(registers);
        if (!seen.add(key)) {
            return;
        }
        boolean over = true;
        for (int cpu = 0; cpu < at.length; cpu++) {
            if (!waiting[cpu].isEmpty()) {
                over = false;
                int[] after = memory.clone();
                after[waiting[cpu].charAt(0) - '0'] = waiting[cpu].charAt(1) - '0';
                visit(at, with(waiting, cpu, waiting[cpu].substring(2)), after, registers);
            }
            if (at[cpu] / 3 < shape.cpus().get(cpu).size()) {
                over = false;
                step(cpu, shape.cpus().get(cpu).get(at[cpu] / 3), at, waiting, memory, registers);
            }
        }
        if (over) {
            ends.add(shape.end(registers, new int[] {memory[0], memory[1]}));
        }
    }

    private void step(int cpu, Access access, int[] at, String[] waiting, int[] memory, int[] registers) {
        int[] next = at.clone();
        next[cpu] += access.kind() == Kind.LOCKED ? 1 : 3;
        int lock = LOCKS + cpu;
        switch (access.kind()) {
            case STORE -> store(cpu, access.word(), access.value(), next, waiting, memory, registers);
            case LOAD -> {
                int[] after = registers.clone();
                int before = 0;
                for (int i = 0; i < at[cpu] / 3; i++) {
                    before += shape.cpus().get(cpu).get(i).kind() == Kind.LOAD ? 1 : 0;
                }
                after[shape.firstRegister(cpu) + before] = load(access.word(), waiting[cpu], memory);
                visit(next, waiting, memory, after);
            }
            case BARRIER -> {
                if (waiting[cpu].isEmpty()) {
                    visit(next, waiting, memory, registers);
                }
            }
            case XCHG -> {
                if (waiting[cpu].isEmpty()) {
                    visit(next, waiting, with(memory, access.word(), access.value()), registers);
                }
            }
            case LOCKED -> {
                switch (at[cpu] % 3) {
                    case 0 -> {
                        if (waiting[cpu].isEmpty() && memory[lock] == 0) {
                            visit(next, waiting, with(memory, lock, 1), registers);
                        }
                    }
                    case 1 -> store(cpu, access.word(), access.value(), next, waiting, memory, registers);
                    default -> store(cpu, lock, 0, next, waiting, memory, registers);
                }
            }
        }
    }

    private void store(int cpu, int word, int value, int[] next, String[] waiting, int[] memory, int[] registers) {
        if (buffers) {
            visit(next, with(waiting, cpu, waiting[cpu] + word + value), memory, registers);
        } else {
            visit(next, waiting, with(memory, word, value), registers);
        }
    }

    private static int load(int word, String waiting, int[] memory) {
        for (int i = waiting.length() - 2; i >= 0; i -= 2) {
            if (waiting.charAt(i) - '0' == word) {
                return waiting.charAt(i + 1) - '0';
            }
        }
        return memory[word];
    }

    private static int[] with(int[] memory, int word, int value) {
        int[] after = memory.clone();
        after[word] = value;
        return after;
    }

    private static String[] with(String[] waiting, int cpu, String stores) {
        String[] after = waiting.clone();
        after[cpu] = stores;
        return after;
    }
}
