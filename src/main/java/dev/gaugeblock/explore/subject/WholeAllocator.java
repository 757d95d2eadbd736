package dev.gaugeblock.explore.subject;

import dev.gaugeblock.api.MachineDescription;
import dev.gaugeblock.api.Subject;
import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.explore.harness.foreign.ForeignAllocator;
import dev.gaugeblock.explore.harness.foreign.FrameSource;
import dev.gaugeblock.explore.harness.foreign.FrameWindow;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Somebody's allocator in the place of the reference: each block that it hands out is held against the contract. */
final class WholeAllocator extends ForeignAllocator implements FrameSource {
    private final Subject subject;
    private final MachineDescription machine;
    private final Cpu[] cpus;
    private final Scheduler scheduler;
    private final int slots;
    private final Capacity capacity;
    private @Nullable Memory memory;
    private @Nullable SubjectWindow window;
    private OwnInvariants invariants = OwnInvariants.NONE;
    /** Frames that it counted as free once it had booted. */
    private int countedAtBoot;
    /** By zone, what it counted at the end, before all was taken from it; {@code null} before that. */
    private int @Nullable [] countedAtEnd;

    /**
     * One that has booted nothing yet.
     *
     * @param capacity of such an allocator on its machine
     * @param slots of its window, if it maps frames
     */
    WholeAllocator(Subject subject, Capacity capacity, int slots, Cpu[] cpus, Scheduler scheduler) {
        this.slots = slots;
        this.subject = subject;
        this.machine = capacity.machine();
        this.cpus = cpus;
        this.scheduler = scheduler;
        this.capacity = capacity;
    }

    @Override
    public FrameSource frames() {
        return this;
    }

    @Override
    public @Nullable FrameWindow window() {
        return window;
    }

    @Override
    public void boot(Memory reserved, Task task) {
        memory = reserved;
        markHighFrames(reserved);
        subject.boot(machine, cpus, scheduler);
        if (subject instanceof Subject.Mapping) {
            Subject.Mapping mapping = (Subject.Mapping) subject;
            window = new SubjectWindow(mapping, slots, cpus, scheduler);
            mapping.bootWindow(window);
        }
        invariants = OwnInvariants.of(subject);
        countedAtBoot = subject instanceof Subject.Counting ? sum(counts((Subject.Counting) subject)) : 0;
    }

    /** As the reference's boot does when it frees them. */
    private static void markHighFrames(Memory memory) {
        for (int number = 0; number < memory.zones(); number++) {
            Zone zone = memory.zone(number);
            for (int i = 0; zone.index == Zone.HIGHMEM && i < zone.spanned; i++) {
                zone.frame(zone.startPfn + i).poke(PageFlags.HIGHMEM, 0);
            }
        }
    }

    @Override
    public @Nullable PageFrame alloc(int node, int gfp, int order, Task task) {
        int first = subject.alloc(gfp, order, task);
        return first == Subject.NONE ? null : judged(first, order, gfp, task);
    }

    private PageFrame judged(int first, int order, int gfp, Task task) {
        String block = "block " + first + " of order " + order + " was handed out";
        int zone = 0;
        while (zone < machine.zones() && !machine.zone(zone).spans(first)) {
            zone++;
        }
        if (zone == machine.zones() || !machine.zone(zone).spans(first + (1 << order) - 1)) {
            throw new InvariantBroken(Rule.ALLOC_INSIDE.id(), block + ", which does not lie inside one zone");
        }
        if ((first - machine.zone(zone).first()) % (1 << order) != 0) {
            throw new InvariantBroken(
                    Rule.ALLOC_ALIGNED.id(),
                    block + ", which is no multiple of its size away from the start of " + machine.zone(zone));
        }
        boolean isPermitted = false;
        for (int permitted : machine.zonesFor(gfp, task.cpu.node)) {
            isPermitted |= permitted == zone;
        }
        if (!isPermitted) {
            throw new InvariantBroken(
                    Rule.ALLOC_ZONE.id(), block + ", but the request does not permit " + machine.zone(zone));
        }
        return frame(first);
    }

    private PageFrame frame(int number) {
        Memory frames = memory;
        if (frames == null) {
            throw new IllegalStateException("a block is handed out before the machine has booted");
        }
        return frames.frame(number);
    }

    @Override
    public void free(PageFrame block, int order, Task task) {
        subject.free(block.pfn, order, task);
    }

    /** That a frame will not be wanted soon is a hint, which it need not follow. */
    @Override
    public void put(PageFrame block, int order, boolean cold, Task task) {
        subject.free(block.pfn, order, task);
    }

    @Override
    public void get(PageFrame block, Task task) {
        ((Subject.References) subject).get(block.pfn, task);
    }

    @Override
    public void drain(Task task) {
        ((Subject.Draining) subject).drain(task);
    }

    /** All that are free, wherever it keeps them. */
    @Override
    public int freeFrames(int number, boolean onLists) {
        Memory frames = memory;
        if (frames == null) {
            throw new IllegalStateException("frames are counted before the machine has booted");
        }
        int zone = 0;
        for (int before = 0; before < number; before++) {
            zone += frames.zone(before).spanned > 0 ? 1 : 0;
        }
        int[] atEnd = countedAtEnd;
        return atEnd == null ? ((Subject.Counting) subject).freeFrames(zone) : atEnd[zone];
    }

    @Override
    public boolean isCounted(int number, boolean isIdle) {
        return isIdle && subject instanceof Subject.Counting;
    }

    @Override
    public void check(boolean isIdle, int held) {
        invariants.check(isIdle);
        if (isIdle && subject instanceof Subject.Counting) {
            int now = sum(counts((Subject.Counting) subject));
            if (now + held != countedAtBoot) {
                throw new InvariantBroken(
                        Rule.FRAMES_CONSERVED.id(),
                        "between operations, " + now + " frames are counted as free and " + held + " are held, of "
                                + countedAtBoot + " that there were at first");
            }
        }
    }

    private int[] counts(Subject.Counting counting) {
        int[] counts = new int[machine.zones()];
        for (int zone = 0; zone < counts.length; zone++) {
            counts[zone] = counting.freeFrames(zone);
        }
        return counts;
    }

    private static int sum(int[] counts) {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    @Override
    public void requireAllFrames(int held) {
        int most = capacity.atBoot();
        if (most == 0 && machine.usableFrames() > 0) {
            throw new InvariantBroken(
                    Rule.ALLOC_FAILURE.id(),
                    "a machine that has just booted hands out no frame at all, of " + machine.usableFrames()
                            + " that are free");
        }
        countedAtEnd = subject instanceof Subject.Counting ? counts((Subject.Counting) subject) : null;
        int freeFrames = Capacity.takeAll(subject, cpus);
        // There may be more: a reserve that programs were let into need not be left alone by whoever asks now.
        if (freeFrames + held < most) {
            throw new InvariantBroken(
                    Rule.FRAMES_CONSERVED.id(),
                    "when all programs have ended, " + freeFrames + " frames can be allocated and " + held
                            + " are held, of " + most + " that there were at first");
        }
    }

    @Override
    public void writeState(StateSink out) {
        ReflectedState.write(subject, out);
    }
}
