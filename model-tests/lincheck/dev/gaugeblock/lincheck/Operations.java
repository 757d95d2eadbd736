package dev.gaugeblock.lincheck;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.highmem.Kmap;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/**
 * What Lincheck calls: allocating, freeing, mapping and unmapping, each by the CPU of the calling thread.
 *
 * <p><b>What is compared.</b> Frame numbers and addresses as they are, against the same allocator run one operation at
 * a time. That is exact, and right only because of how the operations are chosen:
 *
 * <ul>
 * <li>A thread is a CPU, and the reference is told which: its per-CPU lists belong to the operation's arguments, so to
 * speak.
 * <li>One zone, and single frames. Such an operation touches what CPUs share in one section under the zone's lock that
 * decides what it
 * gives (a refill, or the return of a batch), and that is where it takes effect; a second, if there is one, finds
 * nothing to do.
 * <li>No larger orders, for they are <em>not</em> linearizable: the watermark test reads one count after the other,
 * without a lock, and
 * may refuse for a state that never was, or let two requests have what there is once
 * (model-tests/litmus/watermark-race.litmus).
 *       Of single frames it reads one count, against marks of 0.
 * <li>{@code kmap} and {@code kunmap} of three frames in a window of four slots: nobody ever sleeps, so each is one
 * section under {@code
 *       kmap_lock}. The hand goes round, so it also flushes.
 *   <li>A thread frees only what it allocated, and unmaps only what it mapped.
 * </ul>
 */
@Param(name = "cpu", gen = ThreadIdGen.class)
@Param(name = "shared", gen = IntGen.class, conf = "0:2")
public abstract class Operations {
    /** Threads of a scenario. Lincheck numbers them from 1, and each is the CPU of that number; CPU 0 only boots. */
    static final int THREADS = 3;

    private static final int CPUS = THREADS + 1;

    /** Frames that any thread may map. */
    private static final int SHARED = 3;

    private static final int NOTHING = -1;

    /** Seven frames, of which four are left when three are shared: few enough that requests fail, too. */
    private static final LitmusTest TEST = LitmusParser.parse(
            "lincheck.litmus",
            """
            litmus lincheck
            "The machine that Lincheck's threads share."
            machine
              cpus 4
              zone HighMem 7
              percpu HighMem hot 0 2 1
              pkmap 4
            before
              a = alloc ATOMIC|HIGHMEM 0
              b = alloc ATOMIC|HIGHMEM 0
              c = alloc ATOMIC|HIGHMEM 0
            cpu 1
              drain
            cpu 2
              drain
            cpu 3
              drain
            """);

    private final Simulation simulation;
    private final PageAllocator allocator;
    private final Kmap kmap;
    private final Task[] tasks = new Task[CPUS];
    /** Of each CPU, what it has allocated, the last first. */
    private final List<Deque<PageFrame>> allocated = new ArrayList<>();
    /** Of each CPU, how often it has mapped each shared frame. */
    private final int[][] mapped = new int[CPUS][SHARED];

    Operations(Scheduler scheduler) {
        simulation = TEST.boot(scheduler);
        allocator = simulation.allocator();
        kmap = simulation.highmem().kmap();
        tasks[0] = Task.process(simulation.cpu(0));
        allocated.add(new ArrayDeque<>());
        for (int cpu = 1; cpu < CPUS; cpu++) {
            tasks[cpu] = simulation.task(cpu - 1);
            allocated.add(new ArrayDeque<>());
        }
    }

    /** The tasks of CPUs 1 to {@link #THREADS}. */
    final List<Task> tasks() {
        return List.of(tasks).subList(1, CPUS);
    }

    /** Runs one operation of a task. */
    abstract Object perform(Task task, Supplier<Object> operation);

    /** Number of the frame, or -1. */
    @org.jetbrains.lincheck.datastructures.LitmusOperation
    public Object alloc(@Param(name = "cpu") int cpu) {
        return perform(tasks[cpu], () -> allocate(cpu));
    }

    final int allocate(int cpu) {
        PageFrame frame = allocator.alloc(Gfp.ATOMIC | Gfp.HIGHMEM, 0, tasks[cpu]);
        if (frame == null) {
            return NOTHING;
        }
        allocated.get(cpu).push(frame);
        return frame.pfn;
    }

    /** Frees what the CPU allocated last; its number, or -1 if there is nothing. */
    @org.jetbrains.lincheck.datastructures.LitmusOperation
    public Object free(@Param(name = "cpu") int cpu) {
        return perform(tasks[cpu], () -> release(cpu));
    }

    final int release(int cpu) {
        PageFrame frame = allocated.get(cpu).poll();
        if (frame == null) {
            return NOTHING;
        }
        allocator.free(frame, 0, tasks[cpu]);
        return frame.pfn;
    }

    @org.jetbrains.lincheck.datastructures.LitmusOperation
    public Object drain(@Param(name = "cpu") int cpu) {
        return perform(tasks[cpu], () -> giveBack(cpu));
    }

    final String giveBack(int cpu) {
        allocator.drain(tasks[cpu]);
        return "drained";
    }

    /** Maps a shared frame, and uses the address: "slot 1 reaches frame 0". */
    @org.jetbrains.lincheck.datastructures.LitmusOperation
    public Object kmap(@Param(name = "cpu") int cpu, @Param(name = "shared") int shared) {
        return perform(tasks[cpu], () -> map(cpu, shared));
    }

    private String map(int cpu, int shared) {
        long address = kmap.map(simulation.value(shared), tasks[cpu]);
        mapped[cpu][shared]++;
        return "slot " + kmap.slot(address) + " reaches frame " + kmap.use(address, tasks[cpu]);
    }

    /** Unmaps a shared frame, if the CPU has it mapped; says whether it did. */
    @org.jetbrains.lincheck.datastructures.LitmusOperation
    public Object kunmap(@Param(name = "cpu") int cpu, @Param(name = "shared") int shared) {
        return perform(tasks[cpu], () -> unmap(cpu, shared));
    }

    private boolean unmap(int cpu, int shared) {
        if (mapped[cpu][shared] == 0) {
            return false;
        }
        mapped[cpu][shared]--;
        kmap.unmap(simulation.value(shared), tasks[cpu]);
        return true;
    }
}
