package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What an administrator sets of the memory, and the watermarks and reserves that follow (behaviour 4).
 */
public final class MemoryTuning implements Stateful {
    private static final int KBYTES_PER_FRAME_SHIFT = 2;
    private static final int MIN_KBYTES = 128;
    private static final int MAX_KBYTES = 65536;

    private final Memory memory;
    private final Scheduler scheduler;

    /** {@code min_free_kbytes}. Whoever sets it takes no lock. */
    private final SharedWord minFreeKbytes;

    /**
     * {@code sysctl_lowmem_reserve_ratio}: for DMA and Normal, a frame is kept for this many frames of the higher
     * zones.
     */
    private final SharedWord[] ratio = new SharedWord[Zone.HIGHMEM];

    @Ghost("An invariant reads it; it becomes true once.")
    private boolean minimumWasSet;

    @Ghost("An invariant reads it; it becomes true once.")
    private boolean ratioWasSet;

    MemoryTuning(Memory memory, Scheduler scheduler) {
        this.memory = memory;
        this.scheduler = scheduler;
        this.minFreeKbytes = new SharedWord("min_free_kbytes", scheduler);
        minFreeKbytes.init(1024);
        for (int zone = 0; zone < ratio.length; zone++) {
            ratio[zone] = new SharedWord("sysctl_lowmem_reserve_ratio", zone, scheduler);
        }
        ratio[Zone.DMA].init(256);
        ratio[Zone.NORMAL].init(32);
    }

    /** From now on, programs may set at any time what is set here: then others take notice whenever they look. */
    public void mayChange() {
        for (int number = 0; number < memory.zones(); number++) {
            memory.zone(number).marks.setMayChange(memory.zone(number), scheduler);
        }
    }

    /** Whether a program may set anything here. */
    public boolean isSetByPrograms() {
        return memory.zone(0).marks.mayChange();
    }

    /**
     * {@code init_per_zone_pages_min}: everything, from the amount of low memory (which counts once for each node).
     * Done again, it gives less: high is subtracted.
     */
    public void initialise(Task task) {
        int lowmemKbytes = memory.presentAboveHigh(0) << KBYTES_PER_FRAME_SHIFT;
        minFreeKbytes.init(Math.min(Math.max(squareRoot(lowmemKbytes * 16), MIN_KBYTES), MAX_KBYTES));
        setMarks(task);
        setReserves(task);
    }

    /**
     * {@code min_free_kbytes_sysctl_handler}: any value from 0 on, not clamped. Two tasks may be at it at once.
     */
    public void setMinFreeKbytes(int kbytes, Task task) {
        if (kbytes < 0) {
            throw new IllegalArgumentException("min_free_kbytes " + kbytes + " is below 0");
        }
        minFreeKbytes.set(kbytes, task);
        setMarks(task);
        minimumSetGhost();
    }

    @Ghost
    private void minimumSetGhost() {
        minimumWasSet = true;
    }

    /**
     * {@code lowmem_reserve_ratio_sysctl_handler}: for DMA and for Normal, 0 or more. It is not asked whether one is 0.
     *
     * @throws KernelBug {@code divide_by_zero} if one is 0, when the reserves are calculated
     */
    public void setRatio(int dma, int normal, Task task) {
        if (dma < 0 || normal < 0) {
            throw new IllegalArgumentException("lowmem_reserve_ratio " + dma + " " + normal + " has a value below 0");
        }
        ratio[Zone.DMA].set(dma, task);
        ratio[Zone.NORMAL].set(normal, task);
        setReserves(task);
        ratioSetGhost();
    }

    @Ghost
    private void ratioSetGhost() {
        ratioWasSet = true;
    }

    public int minFreeKbytes() {
        return minFreeKbytes.peek();
    }

    /** The ratio of DMA (0) or Normal (1). */
    public int ratio(int zone) {
        return ratio[zone].peek();
    }

    /**
     * {@code setup_per_zone_pages_min}: low memory of all nodes shares the minimum in proportion; high memory keeps a
     * token. Each zone's marks are set under its {@code lru_lock}; the minimum was read before, without.
     */
    private void setMarks(Task task) {
        int pagesMin = minFreeKbytes.get(task) >> KBYTES_PER_FRAME_SHIFT;
        int lowmem = lowmem();
        if (lowmem == 0) {
            throw new KernelBug("setup_per_zone_pages_min", "divide_by_zero");
        }
        for (int number = 0; number < memory.zones(); number++) {
            Zone zone = memory.zone(number);
            boolean was = task.cpu.interrupts.save(task);
            zone.lruLock.acquire(task);
            zone.marks.setLocked(min(zone, pagesMin, lowmem), task);
            zone.lruLock.release(task);
            task.cpu.interrupts.restore(was, task);
        }
    }

    /** Frames of DMA and Normal, of all nodes. */
    private int lowmem() {
        int lowmem = 0;
        for (int number = 0; number < memory.zones(); number++) {
            Zone zone = memory.zone(number);
            lowmem += zone.index == Zone.HIGHMEM ? 0 : zone.present;
        }
        return lowmem;
    }

    /** The lowest mark of a zone, of a minimum of pages that all low memory shares. */
    private static int min(Zone zone, int pagesMin, int lowmem) {
        return zone.index == Zone.HIGHMEM
                ? Math.max(32, Math.min(zone.present / 1024, 128))
                : Integer.divideUnsigned(pagesMin * zone.present, lowmem);
    }

    /** {@code setup_per_zone_lowmem_reserve}: for each node by itself. It takes no lock. */
    private void setReserves(Task task) {
        for (int id = 0; id < memory.nodes(); id++) {
            setReserves(memory.node(id), task);
        }
    }

    /** The divisor belongs to the lower zone, the frames are those of all the node's zones above. */
    private void setReserves(Node node, Task task) {
        for (int classZone = 0; classZone < Zone.COUNT; classZone++) {
            node.zone(classZone).marks.setLowmemReserve(classZone, 0, task);
            int above = node.zone(classZone).present;
            for (int lower = classZone - 1; lower >= 0; lower--) {
                node.zone(lower).marks.setLowmemReserve(classZone, above / divisor(lower, task), task);
                above += node.zone(lower).present;
            }
        }
    }

    private int divisor(int lower, Task task) {
        int divisor = ratio[lower].get(task);
        if (divisor == 0) {
            throw new KernelBug("setup_per_zone_lowmem_reserve", "divide_by_zero");
        }
        return divisor;
    }

    /** What is set here and nowhere else; nobody changes it while no program may. */
    @Override
    public void writeState(StateSink out) {
        minFreeKbytes.writeState(out);
        for (SharedWord word : ratio) {
            word.writeState(out);
        }
    }

    @Invariant(
            id = "sysctl-in-force",
            says =
                    "While nobody sets a sysctl, the watermarks are those that min_free_kbytes gives, and the reserves those of"
                            + " lowmem_reserve_ratio, if it was set since boot.",
            guardedBy = Invariant.IDLE)
    @Nullable
    String settingsInForce() {
        String wrong = null;
        int kbytes = minFreeKbytes.peekNewest();
        for (int number = 0; number < memory.zones() && minimumWasSet && wrong == null; number++) {
            Zone zone = memory.zone(number);
            int min = min(zone, kbytes >> KBYTES_PER_FRAME_SHIFT, lowmem());
            if (zone.marks.newest(ZoneMarks.MIN) != min) {
                wrong = "min_free_kbytes is " + kbytes + ", which gives " + zone + " pages_min " + min + ", but it is "
                        + zone.marks.newest(ZoneMarks.MIN);
            }
        }
        for (int id = 0; id < memory.nodes() && ratioWasSet && wrong == null; id++) {
            wrong = wrongReserve(memory.node(id));
        }
        return wrong;
    }

    private @Nullable String wrongReserve(Node node) {
        for (int lower = Zone.DMA; lower < Zone.HIGHMEM; lower++) {
            int above = 0;
            for (int classZone = lower + 1; classZone < Zone.COUNT; classZone++) {
                above += node.zone(classZone).present;
                int is = node.zone(lower).marks.newestReserve(classZone);
                int should = above / ratio[lower].peekNewest();
                if (is != should) {
                    return "lowmem_reserve_ratio of " + Zone.name(lower) + " is " + ratio[lower].peekNewest()
                            + ", which keeps " + should + " of its frames from requests for " + Zone.name(classZone)
                            + ", but " + node.zone(lower) + " keeps " + is;
                }
            }
        }
        return null;
    }

    /** {@code int_sqrt}: the floor of the square root of a 32-bit number taken as unsigned. */
    public static int squareRoot(int x) {
        long value = Integer.toUnsignedLong(x);
        long root = (long) Math.sqrt((double) value);
        while (root * root > value) {
            root--;
        }
        while ((root + 1) * (root + 1) <= value) {
            root++;
        }
        return (int) root;
    }
}
