package dev.gaugeblock.explore.shapes;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.harness.foreign.ForeignAllocator;
import dev.gaugeblock.explore.harness.foreign.FrameSource;
import dev.gaugeblock.explore.harness.program.AllocatorMaker;
import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.shapes.MemoryShape.Access;
import dev.gaugeblock.explore.state.MemoryModel;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.PageFrame;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A shape on the words of the simulated machine. An allocator carries it: a request goes on with its CPU's accesses up
 * to the next but one load, and answers with a frame whose number says what the load before gave. What the words hold
 * in the end, it counts as free frames.
 */
public final class ShapeMachine {
    /** Values of a word: 0 to 2. */
    private static final int VALUES = 3;

    private static final Pattern REGISTER = Pattern.compile("r([0-9]+)=([0-9]+)");
    private static final Pattern WORD = Pattern.compile(" free ([0-9]+)");

    private ShapeMachine() {}

    /** All ends that an exploration comes to. */
    public static SortedSet<String> ends(MemoryShape shape, MemoryModel memory, Reduction reduction) {
        int cpus = shape.cpus().size();
        StringBuilder text = new StringBuilder(
                "litmus shape\n\"A shape.\"\nmachine\n  cpus " + cpus + "\n  zone DMA 32\n  zone Normal 4\n");
        for (int cpu = 0; cpu < cpus; cpu++) {
            text.append("cpu ").append(cpu).append('\n');
            for (int i = 0; i < shape.registers(cpu); i++) {
                text.append("  r").append(shape.firstRegister(cpu) + i).append(" = alloc ATOMIC 0\n");
            }
            text.append(shape.registers(cpu) == 0 ? "  w" + cpu + " = alloc ATOMIC 0\n" : "");
        }
        LitmusTest test = LitmusParser.parse("shape.litmus", text.toString()).on(new Maker(shape));
        try (Explorer explorer = new Explorer(reduction).on(memory)) {
            Exploration exploration = explorer.explore(test);
            if (!exploration.isExhausted()) {
                throw new AssertionError(shape.name() + ": " + exploration.reason());
            }
            SortedSet<String> ends = new TreeSet<>();
            exploration.outcomes().keySet().forEach(outcome -> ends.add(end(shape, outcome)));
            return ends;
        }
    }

    private static String end(MemoryShape shape, String outcome) {
        int[] registers = new int[shape.firstRegister(shape.cpus().size())];
        Matcher loaded = REGISTER.matcher(outcome);
        while (loaded.find()) {
            registers[Integer.parseInt(loaded.group(1))] = Integer.parseInt(loaded.group(2)) % VALUES;
        }
        int[] words = new int[MemoryShape.WORDS.size()];
        Matcher held = WORD.matcher(outcome);
        for (int word = 0; word < words.length && held.find(); word++) {
            words[word] = Integer.parseInt(held.group(1));
        }
        return shape.end(registers, words);
    }

    private record Maker(MemoryShape shape) implements AllocatorMaker {
        @Override
        public ForeignAllocator make(MachineSpec machine, Cpu[] cpus, Scheduler scheduler) {
            return new Carrier(shape, scheduler);
        }

        @Override
        public String className() {
            return Carrier.class.getName();
        }

        @Override
        public List<String> options() {
            return List.of();
        }
    }

    private static final class Carrier extends ForeignAllocator implements FrameSource {
        private final MemoryShape shape;
        private final Scheduler scheduler;
        private final SharedWord[] words;
        private final SpinLock[] locks;
        private final int[] at;
        private final int[] loads;
        private @Nullable Memory memory;

        Carrier(MemoryShape shape, Scheduler scheduler) {
            this.shape = shape;
            this.scheduler = scheduler;
            int cpus = shape.cpus().size();
            words = new SharedWord[MemoryShape.WORDS.size()];
            for (int word = 0; word < words.length; word++) {
                words[word] = new SharedWord(MemoryShape.WORDS.get(word), scheduler);
            }
            locks = new SpinLock[cpus];
            for (int cpu = 0; cpu < cpus; cpu++) {
                locks[cpu] = new SpinLock("lock", cpu, SpinLock.UNCHECKED, scheduler);
            }
            at = new int[cpus];
            loads = new int[cpus];
        }

        @Override
        public void boot(Memory reserved, Task task) {
            memory = reserved;
        }

        @Override
        public @Nullable PageFrame alloc(int node, int gfp, int order, Task task) {
            int cpu = task.cpu.id;
            List<Access> accesses = shape.cpus().get(cpu);
            int loaded = -1;
            boolean isLast = loads[cpu] + 1 >= shape.registers(cpu);
            while (at[cpu] < accesses.size() && (loaded < 0 || isLast)) {
                Access access = accesses.get(at[cpu]++);
                loaded = access.kind() == MemoryShape.Kind.LOAD ? words[access.word()].get(task) : loaded;
                store(access, task);
            }
            if (loaded < 0) {
                return null;
            }
            int register = shape.firstRegister(cpu) + loads[cpu]++;
            return memory == null ? null : memory.frame(register * VALUES + loaded);
        }

        private void store(Access access, Task task) {
            switch (access.kind()) {
                case STORE -> words[access.word()].set(access.value(), task);
                case XCHG -> words[access.word()].setMb(access.value(), task);
                case BARRIER -> scheduler.barrier(task);
                case LOCKED -> {
                    locks[task.cpu.id].acquire(task);
                    words[access.word()].set(access.value(), task);
                    locks[task.cpu.id].release(task);
                }
                case LOAD -> {}
            }
        }

        @Override
        public FrameSource frames() {
            return this;
        }

        @Override
        public int freeFrames(int zone, boolean onLists) {
            return zone < words.length ? words[zone].peek() : 0;
        }

        @Override
        public boolean isCounted(int zone, boolean isIdle) {
            return true;
        }

        @Override
        public void free(PageFrame block, int order, Task task) {
            throw new UnsupportedOperationException("a shape frees nothing");
        }

        @Override
        public void put(PageFrame block, int order, boolean cold, Task task) {
            throw new UnsupportedOperationException("a shape frees nothing");
        }

        @Override
        public void get(PageFrame block, Task task) {
            throw new UnsupportedOperationException("a shape takes no reference");
        }

        @Override
        public void drain(Task task) {
            throw new UnsupportedOperationException("a shape has no lists");
        }

        @Override
        public void check(boolean isIdle, int held) {}

        @Override
        public void writeState(StateSink out) {
            for (SharedWord word : words) {
                word.writeState(out);
            }
            for (int cpu = 0; cpu < at.length; cpu++) {
                out.put(at[cpu]);
            }
        }
    }
}
