package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The page allocator of one booted machine: {@link #alloc} and {@link #free} and their kin.
 *
 * <p>Any task may call any method at any time; the allocator takes the locks it needs. It calls its
 * {@link Collaborators} with none of them held.
 */
public final class PageAllocator {
    private final Memory memory;
    final Collaborators collaborators;
    private final PageChecks checks;
    private final CompoundPages compound;
    final Scheduler scheduler;
    private final VmEvents[] events;
    private final MemoryTuning tuning;

    PageAllocator(
            Memory memory,
            Cpu[] cpus,
            PageChecks checks,
            CompoundPages compound,
            Collaborators collaborators,
            Scheduler scheduler) {
        this.memory = memory;
        this.checks = checks;
        this.compound = compound;
        this.collaborators = collaborators;
        this.scheduler = scheduler;
        this.tuning = new MemoryTuning(memory, scheduler);
        this.events = new VmEvents[cpus.length];
        for (int cpu = 0; cpu < cpus.length; cpu++) {
            events[cpu] = new VmEvents(cpus[cpu]);
        }
    }

    public Memory memory() {
        return memory;
    }

    /** What an administrator sets of it. */
    public MemoryTuning tuning() {
        return tuning;
    }

    /**
     * {@code alloc_pages}: a block of 2^order frames in a zone that the request permits, from the CPU's own node if
     * that has one.
     *
     * @param gfp bits of {@link Gfp}
     * @param order 0 or more; above 10 there is never a block
     * @return the first frame, with one reference, or {@code null}
     * @throws IllegalArgumentException for bits outside {@link Gfp#MASK}, for {@code DMA|HIGHMEM}, a zonelist that does
     *     not exist, and for a negative order
     * @throws KernelBug {@code zero_high_without_wait}
     */
    public @Nullable PageFrame alloc(int gfp, int order, Task task) {
        return allocOnNode(task.cpu.node, gfp, order, task);
    }

    /** {@code alloc_pages_node}: likewise, but the zonelist is that of the given node, wherever the task runs. */
    public @Nullable PageFrame allocOnNode(int node, int gfp, int order, Task task) {
        requireRequest(gfp, order);
        if (order >= BuddyLists.MAX_ORDER) {
            return null;
        }
        Zonelist zones = memory.node(node).zonelist(gfp & Gfp.ZONE_MASK);
        if (zones.length() == 0) {
            return null;
        }
        return new Allocation(this, zones, gfp, order, task).run();
    }

    private static void requireRequest(int gfp, int order) {
        if ((gfp & ~Gfp.MASK) != 0) {
            throw new IllegalArgumentException(
                    "gfp 0x" + Integer.toHexString(gfp) + " has bits outside 0x" + Integer.toHexString(Gfp.MASK));
        }
        if ((gfp & Gfp.ZONE_MASK) == (Gfp.DMA | Gfp.HIGHMEM)) {
            throw new IllegalArgumentException("gfp 0x" + Integer.toHexString(gfp)
                    + " asks for zonelist 3 (DMA and HIGHMEM), but there are only 0..2: give one of the two bits");
        }
        if (order < 0) {
            throw new IllegalArgumentException("order " + order + " is below 0");
        }
    }

    /**
     * {@code buffered_rmqueue}: takes a block from one zone, single frames from the CPU's list, and makes it ready for
     * use.
     *
     * @return the first frame or {@code null} if the zone has no such block
     */
    @Nullable
    PageFrame takeFrom(Zone zone, int order, int gfp, Task task) {
        PageFrame block = order == 0 ? takeFromPerCpuList(zone, (gfp & Gfp.COLD) != 0, task) : null;
        if (block == null) {
            block = takeFromBuddyLists(zone, order, task);
        }
        if (block == null) {
            return null;
        }
        events[task.cpu.id].countAllocated(zone.index, 1 << order, task);
        checks.prepareNew(block, task);
        if ((gfp & Gfp.ZERO) != 0) {
            clear(block, order, gfp, task);
        }
        if ((gfp & Gfp.COMP) != 0) {
            compound.make(block, order, task);
        }
        return block;
    }

    private @Nullable PageFrame takeFromPerCpuList(Zone zone, boolean cold, Task task) {
        PerCpuPageset pageset = zone.pageset(scheduler.getCpu(task));
        boolean was = pageset.cpu.interrupts.save(task);
        PageFrame frame = pageset.list(cold).takeLocked(task);
        takesEffect(frame, 0, task);
        pageset.cpu.interrupts.restore(was, task);
        scheduler.preemptEnable(task);
        return frame;
    }

    private @Nullable PageFrame takeFromBuddyLists(Zone zone, int order, Task task) {
        boolean was = task.cpu.interrupts.save(task);
        zone.lock.acquire(task);
        PageFrame block = zone.buddy.takeLocked(order, task);
        takesEffect(block, order, task);
        zone.lock.release(task);
        task.cpu.interrupts.restore(was, task);
        return block;
    }

    /** The linearization point of a request, if it has found a block. */
    private void takesEffect(@Nullable PageFrame block, int order, Task task) {
        if (block != null) {
            observer().allocates(block, order, task);
        }
    }

    /**
     * {@code prep_zero_page}. Mapping a high frame may need to wait in some callers' context, so they must be able to.
     */
    private void clear(PageFrame block, int order, int gfp, Task task) {
        if ((gfp & (Gfp.WAIT | Gfp.HIGHMEM)) == Gfp.HIGHMEM) {
            throw new KernelBug("prep_zero_page", "zero_high_without_wait");
        }
        for (int i = 0; i < 1 << order; i++) {
            collaborators.clearer.clear(memory.frame(block.pfn + i), task);
        }
    }

    /** Who hears of what is decided. */
    public AllocationObserver observer() {
        return collaborators.observer;
    }

    /**
     * {@code __free_pages}: drops a reference of the block's first frame, and frees the block if it was the last. A
     * reserved frame is left alone. A single frame goes to the CPU's hot list.
     *
     * @param order of the block, 0..10; a wrong one frees something else than was allocated
     * @throws KernelBug {@code count_is_zero} if there is no reference; {@code misaligned} or {@code outside_zone}
     */
    public void free(PageFrame block, int order, Task task) {
        requireBlock(block, order);
        if (block.isReserved() || !dropReference(block, "__free_pages", task)) {
            return;
        }
        if (order == 0) {
            putOnPerCpuList(block, false, task);
        } else {
            freeToBuddyLists(block, order, task);
        }
    }

    /**
     * {@code free_cold_page} of a frame's user: drops a reference, and puts the frame on the CPU's cold list if it was
     * the last.
     */
    public void freeCold(PageFrame frame, Task task) {
        if (!frame.isReserved() && dropReference(frame, "do_free", task)) {
            putOnPerCpuList(frame, true, task);
        }
    }

    /** {@code free_hot_cold_page}, and with the hot list {@code free_hot_page}. */
    private void putOnPerCpuList(PageFrame frame, boolean cold, Task task) {
        events[task.cpu.id].countFreed(1, task);
        if ((frame.mapping & 1) != 0) {
            frame.mapping = 0;
        }
        checks.checkFree("free_hot_cold_page", frame, references(frame, task), task);
        PerCpuPageset pageset = memory.zoneOf(frame).pageset(scheduler.getCpu(task));
        boolean was = pageset.cpu.interrupts.save(task);
        pageset.list(cold).putLocked(frame, task);
        observer().frees(frame, 0, task);
        pageset.cpu.interrupts.restore(was, task);
        scheduler.preemptEnable(task);
    }

    /**
     * {@code __free_pages_ok}: checks every frame of an unreferenced block and gives it to the buddy lists of its zone.
     */
    public void freeToBuddyLists(PageFrame block, int order, Task task) {
        requireBlock(block, order);
        events[task.cpu.id].countFreed(1 << order, task);
        for (int i = 0; i < 1 << order; i++) {
            PageFrame frame = memory.frame(block.pfn + i);
            checks.checkFree("__free_pages_ok", frame, references(frame, task), task);
        }
        Zone zone = memory.zoneOf(block);
        boolean was = task.cpu.interrupts.save(task);
        zone.lock.acquire(task);
        observer().frees(block, order, task);
        zone.buddy.freeOneLocked(block, order, task);
        zone.lock.release(task);
        task.cpu.interrupts.restore(was, task);
    }

    /**
     * {@code drain_local_pages}: the CPU's own lists, of every zone, go back to the buddy lists. A zone without frames
     * is no exception: that nothing comes back to it makes reclaim begin anew there too (s49). The original takes its
     * lock for that, which orders nothing: nobody frees to such a zone, or takes from it.
     */
    public void drain(Task task) {
        boolean was = task.cpu.interrupts.save(task);
        for (int number = 0; number < memory.zones(); number++) {
            Zone zone = memory.zone(number);
            if (zone.spanned == 0) {
                zone.forgetReclaim(task);
            } else {
                PerCpuPageset pageset = zone.pageset(task.processorId());
                pageset.cpu.interrupts.requireOffOwned(task);
                pageset.drainLocked(task);
            }
        }
        task.cpu.interrupts.restore(was, task);
    }

    /**
     * {@code get_page}: one more reference; that of the head for a frame of a compound block. Returns how many there
     * are now.
     */
    public int get(PageFrame frame, Task task) {
        PageFrame counted = compound.counted(frame, task);
        int references = counted.count.add(1, task) + 1;
        observer().counts(counted, 1, references, task);
        return references;
    }

    /** {@code put_page_testzero}: drops a reference of this very frame and says whether it was the last. */
    private boolean dropReference(PageFrame frame, String function, Task task) {
        if (references(frame, task) == 0) {
            throw new KernelBug(function, "count_is_zero");
        }
        int left = frame.count.add(-1, task) + 1;
        observer().counts(frame, -1, left, task);
        return left <= 0;
    }

    /** {@code page_count}: a part of a compound block has the references of its head. */
    private int references(PageFrame frame, Task task) {
        return compound.counted(frame, task).count.get(task) + 1;
    }

    private void requireBlock(PageFrame block, int order) {
        requireOrder(order);
        int last = block.pfn + (1 << order) - 1;
        if (last >= memory.endPfn()) {
            throw new IllegalArgumentException("block " + block.pfn + " of order " + order + " ends at frame " + last
                    + ", the memory at frame " + (memory.endPfn() - 1));
        }
    }

    private static void requireOrder(int order) {
        if (order < 0 || order >= BuddyLists.MAX_ORDER) {
            throw new IllegalArgumentException(
                    "order " + order + " of a block is not in 0.." + (BuddyLists.MAX_ORDER - 1));
        }
    }

    /** A block straight from a zone's buddy lists, with one reference, or null: no check, no count. */
    public @Nullable PageFrame takeUnprepared(Zone zone, int order, Task task) {
        requireOrder(order);
        PageFrame block = takeFromBuddyLists(zone, order, task);
        if (block != null) {
            block.pokeCount(0);
        }
        return block;
    }

    /** Forgets the references of a block, and gives it straight to the buddy lists, even for order 0. */
    public void freeUnreferenced(PageFrame block, int order, Task task) {
        block.pokeCount(-1);
        freeToBuddyLists(block, order, task);
    }

    /** {@code pgalloc_*}: frames handed out so far from the zones of an index, 0..2, of all nodes, by all CPUs. */
    public long allocated(int zone) {
        long sum = 0;
        for (VmEvents ofCpu : events) {
            sum += ofCpu.allocatedAtRest(zone);
        }
        return sum;
    }

    /** {@code pgfree}: frames given back so far, on all CPUs. */
    public long freed() {
        long sum = 0;
        for (VmEvents ofCpu : events) {
            sum += ofCpu.freedAtRest();
        }
        return sum;
    }

    /** {@code allocstall}: a task reclaims memory on its own time. */
    public void countStall(Task task) {
        events[task.cpu.id].countStall(task);
    }

    /** How often tasks have reclaimed memory on their own time so far, on all CPUs. */
    public long stalls() {
        long sum = 0;
        for (VmEvents ofCpu : events) {
            sum += ofCpu.stallsAtRest();
        }
        return sum;
    }

    /** The kernel's taint: 0, or 32 once a bad page was seen. */
    public int tainted() {
        return checks.tainted();
    }
}
