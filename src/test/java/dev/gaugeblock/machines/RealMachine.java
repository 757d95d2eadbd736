package dev.gaugeblock.machines;

import dev.gaugeblock.highmem.Highmem;
import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.highmem.HighmemObserver;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Boot;
import dev.gaugeblock.mm.BootFreeing;
import dev.gaugeblock.mm.Collaborators;
import dev.gaugeblock.mm.DirectReclaim;
import dev.gaugeblock.mm.KernelLog;
import dev.gaugeblock.mm.KswapdQueue;
import dev.gaugeblock.mm.MachineLayout;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.MemoryTuning;
import dev.gaugeblock.mm.OomKiller;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.Zonelist;
import dev.gaugeblock.reclaim.AddressSpace;
import dev.gaugeblock.reclaim.Kswapd;
import dev.gaugeblock.reclaim.LruLists;
import dev.gaugeblock.reclaim.NodeBalance;
import dev.gaugeblock.reclaim.OutOfMemory;
import dev.gaugeblock.reclaim.PageReclaim;
import dev.gaugeblock.reclaim.PageShrinker;
import dev.gaugeblock.reclaim.Process;
import dev.gaugeblock.reclaim.Scan;
import dev.gaugeblock.reclaim.Shrinkers;
import dev.gaugeblock.reclaim.VictimsEnd;
import dev.gaugeblock.reclaim.ZoneLru;
import java.util.ArrayList;
import java.util.List;

/** The whole system: the kernel's parts, wired as the kernel wires them, with a trace of what they ask of the world. */
final class RealMachine
        implements DirectReclaim, OomKiller, KswapdQueue, KernelLog, HighmemObserver, Shrinkers, VictimsEnd {
    final SystemShape shape;
    final List<String> trace;
    final Coroutines scheduler = new Coroutines();
    final Cpu[] cpus;
    final Highmem highmem;
    final PageAllocator allocator;
    final MemoryTuning tuning;
    final ZoneLru[] counts;
    final LruLists[] lists;
    final Kswapd[] kswapds;
    final Process[] processes;
    final RealBuffers buffers;
    final OutOfMemory killer;
    /** What runs on each CPU and never sleeps. */
    final Task[] current;

    private final PageShrinker shrinker;
    private final PageReclaim direct;
    private boolean clearing;
    private boolean anybodyKilled;
    /** What others give back at each call of the present operation, in turn. */
    private List<List<ModelRescue.Held>> given = List.of();

    private int calls;

    RealMachine(SystemShape shape, List<String> trace) {
        this.shape = shape;
        this.trace = trace;
        this.cpus = Cpu.create(shape.cpus().stream().mapToInt(node -> node).toArray(), scheduler);
        HighmemLayout windows = new HighmemLayout(shape.pkmap(), false, shape.debugHighmem());
        this.highmem = new Highmem(windows, cpus, this, scheduler);
        MachineLayout layout = layout(shape);
        Collaborators collaborators = new Collaborators(
                this,
                this,
                this,
                (write, jiffies, task) -> congestion(write, jiffies, task),
                this::clear,
                this,
                (zone, gfp, order, mark, task) -> {});
        this.allocator = Boot.start(layout, cpus, shape.compound(), collaborators, scheduler);
        highmem.boot(allocator.memory());
        this.tuning = allocator.tuning();
        this.counts = ZoneLru.of(allocator.memory(), scheduler);
        this.lists = LruLists.of(allocator.memory(), counts);
        this.shrinker = new PageShrinker(allocator, lists);
        this.direct = new PageReclaim(
                allocator,
                counts,
                this,
                (pages, task) -> trace.add("bdflush:" + pages),
                (write, jiffies, task) -> nap(write, jiffies));
        this.current = new Task[cpus.length];
        for (int cpu = 0; cpu < cpus.length; cpu++) {
            current[cpu] = Task.process(cpus[cpu]);
        }
        this.processes =
                ModelRescue.processes().stream().map(victim -> process(victim)).toArray(Process[]::new);
        this.killer = new OutOfMemory(processes, () -> 100, this);
        new BootFreeing(allocator, layout, current[0]).free(shape.boot());
        this.kswapds = new Kswapd[shape.nodes().size()];
        for (int node = 0; node < kswapds.length; node++) {
            startKswapd(node);
        }
        this.buffers = new RealBuffers(this);
    }

    private static MachineLayout layout(SystemShape shape) {
        MemoryLayout[] nodes = new MemoryLayout[shape.nodes().size()];
        int start = 0;
        for (int node = 0; node < nodes.length; node++) {
            List<Integer> sizes = shape.nodes().get(node);
            nodes[node] = new MemoryLayout(start, sizes.get(0), sizes.get(1), sizes.get(2));
            start += sizes.stream().mapToInt(size -> size).sum();
        }
        MachineLayout layout = MachineLayout.of(nodes);
        return shape.distances().isEmpty()
                ? layout
                : layout.withDistances(shape.distances().stream()
                        .map(row -> row.stream().mapToInt(each -> each).toArray())
                        .toArray(int[][]::new));
    }

    private Process process(ModelRescue.Victim victim) {
        Process process = new Process(victim.pid, victim.pid, new AddressSpace(victim.pages), scheduler);
        process.nice = victim.nice;
        process.uid = victim.uid;
        process.euid = victim.uid;
        process.adjustment = victim.adjustment;
        process.startTime = 100;
        return process;
    }

    private void startKswapd(int node) {
        Task task = new Task("kswapd " + node, cpus[ModelReclaim.cpuOf(shape, node)], false, false);
        task.memalloc = true;
        NodeBalance balance = new NodeBalance(
                allocator.memory().node(node),
                counts,
                this,
                (write, jiffies, who) -> nap(write, jiffies),
                (zone, gfp, order, mark, who) -> {},
                scheduler);
        kswapds[node] = new Kswapd(allocator.memory().node(node), balance, allocator.observer(), task, scheduler);
        scheduler.run("kswapd", () -> {
            while (true) {
                kswapds[node].round(task);
            }
        });
    }

    Task process(int cpu) {
        return Task.process(cpus[cpu]);
    }

    Task task(ModelAllocator.Asker who) {
        Task task = new Task("CPU " + who.cpu(), cpus[who.cpu()], who.inInterrupt(), who.realTime());
        task.memalloc = who.memalloc();
        task.memdie = who.memdie();
        return task;
    }

    PageFrame frame(int pfn) {
        return allocator.memory().frame(pfn);
    }

    void beginOperation(List<List<ModelRescue.Held>> gifts) {
        given = new ArrayList<>(gifts);
        calls = 0;
    }

    private void giveBack(Task task) {
        if (calls >= given.size()) {
            throw new ModelRescue.Stuck();
        }
        for (ModelRescue.Held block : given.get(calls++)) {
            for (int count = frame(block.pfn).references(); count > 0; count--) {
                allocator.free(frame(block.pfn), block.order, task);
            }
        }
    }

    // What the kernel's parts ask of the world

    private void congestion(boolean write, int jiffies, Task task) {
        trace.add("congestion_wait:" + (write ? 1 : 0) + ":" + jiffies);
        giveBack(task);
    }

    private void nap(boolean write, int jiffies) {
        trace.add("nap:" + (write ? 1 : 0) + ":" + jiffies);
    }

    private void clear(PageFrame frame, Task task) {
        clearing = true;
        highmem.clearer().clear(frame, task);
        clearing = false;
    }

    @Override
    public int tryToFreePages(Zonelist zones, int gfp, int order, Task task) {
        if (!task.memalloc) {
            throw new AssertionError("reclaim without PF_MEMALLOC");
        }
        return direct.tryToFreePages(zones, gfp, order, task);
    }

    @Override
    public void outOfMemory(int gfp, Task task) {
        if (task.memalloc) {
            throw new AssertionError("PF_MEMALLOC at the OOM killer");
        }
        boolean anybody = false;
        for (Process process : processes) {
            anybody |= process.pid > 1 && process.hasMemory();
        }
        if (!anybody) {
            throw new ModelRescue.Stuck();
        }
        anybodyKilled = false;
        killer.outOfMemory(gfp, task);
    }

    @Override
    public void killed(Process process, Task task) {
        anybodyKilled = true;
        trace.add("killed:" + process.pid);
        if (process.memdie().peek() == 0) {
            throw new AssertionError(process + " was killed, and has no TIF_MEMDIE");
        }
        if (!ModelRescue.Victim.takesItsTime(process.pid)) {
            die(process, task);
        }
    }

    private static void die(Process process, Task task) {
        process.giveUpMemory(task);
        process.flags().init(Process.EXITING | Process.DEAD);
    }

    /** The victim's blocks come back. If it was to be waited for, it has come to its end. */
    @Override
    public void await(Task task) {
        if (!anybodyKilled) {
            trace.add("waits");
            for (Process process : processes) {
                boolean dying = process.memdie().peek() != 0 || (process.flags().peek() & Process.EXITING) != 0;
                if (process.pid > 1 && process.hasMemory() && dying) {
                    die(process, task);
                }
            }
        }
        giveBack(task);
    }

    @Override
    public boolean isAsleep(int node, Task task) {
        return kswapds[node] != null && kswapds[node].isAsleep(task);
    }

    @Override
    public void wakeUp(int node, Task task) {
        trace.add("kswapd_wake:" + node);
        kswapds[node].wakeUp(task);
    }

    @Override
    public void allocationFailure(int gfp, int order) {
        trace.add("warn");
    }

    @Override
    public void badPage(String function, PageFrame frame) {
        trace.add("bad_page:" + function + ":" + frame.pfn);
    }

    /** Small zones begin anywhere. */
    @Override
    public void wrongZoneAlignment(Zone zone) {}

    @Override
    public void flushedOne(long address) {
        if (!clearing) {
            trace.add("flush_one:" + address);
        }
    }

    @Override
    public void flushedRange(long start, long end) {
        trace.add("flush_range");
    }

    @Override
    public void cleared(PageFrame frame, long address) {
        trace.add("clear:" + highmem.atomic().pfnAt(address));
    }

    private static String name(Zone zone) {
        return zone.node + "." + zone.index;
    }

    @Override
    public void refillInactive(Zone zone, int pages, Task task) {
        trace.add("refill:" + name(zone) + ":" + pages);
        shrinker.refillInactive(zone, pages, task);
    }

    @Override
    public void shrinkCache(Zone zone, int pages, Scan scan, Task task) {
        int before = scan.reclaimed();
        shrinker.shrinkCache(zone, pages, scan, task);
        trace.add("shrink:" + name(zone) + ":" + pages + ":" + (scan.reclaimed() - before));
    }

    @Override
    public int shrinkSlab(int scanned, int gfp, int lruPages, Task task) {
        trace.add("slab:" + scanned + ":" + lruPages);
        return shrinker.shrinkSlab(scanned, gfp, lruPages, task);
    }
}
