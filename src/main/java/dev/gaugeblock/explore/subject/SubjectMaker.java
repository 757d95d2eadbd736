package dev.gaugeblock.explore.subject;

import dev.gaugeblock.api.FreeLists;
import dev.gaugeblock.api.MachineDescription;
import dev.gaugeblock.api.Subject;
import dev.gaugeblock.api.ZoneDescription;
import dev.gaugeblock.explore.harness.foreign.AllocatorMaker;
import dev.gaugeblock.explore.harness.foreign.ForeignAllocator;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.mm.MachineLayout;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.Zone;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Makes allocators of one class, for the machine of one test. */
public final class SubjectMaker implements AllocatorMaker {
    private final Class<?> type;
    private final List<String> options;
    private final @Nullable Instances<Subject> whole;
    private final @Nullable Instances<FreeLists> lists;
    /** Of the machine that was asked for last; {@code null} until then. */
    private @Nullable Capacity capacity;

    private @Nullable MachineLayout layout;

    /**
     * Of a class that implements {@link Subject} or {@link FreeLists}.
     *
     * @param options of a command that explores on it
     * @throws SubjectException if it implements neither, or both, or no object of it can be made
     */
    public SubjectMaker(Class<?> type, List<String> options) throws SubjectException {
        this.type = type;
        this.options = options;
        boolean isWhole = Subject.class.isAssignableFrom(type);
        boolean isLists = FreeLists.class.isAssignableFrom(type);
        if (isWhole == isLists) {
            throw new SubjectException(type.getName() + " implements " + (isWhole ? "both " : "neither ")
                    + Subject.class.getName() + (isWhole ? " and " : " nor ") + FreeLists.class.getName()
                    + ": let it implement one of them");
        }
        this.whole = isWhole ? new Instances<>(type.asSubclass(Subject.class)) : null;
        this.lists = isLists ? new Instances<>(type.asSubclass(FreeLists.class)) : null;
    }

    /** Of a class by its name; for Java PathFinder, which knows no other way. */
    public SubjectMaker(String className) throws SubjectException, ClassNotFoundException {
        this(Class.forName(className), new ArrayList<>());
    }

    /** A maker of the same class for the machine of another test. */
    public SubjectMaker another() {
        try {
            return new SubjectMaker(type, options);
        } catch (SubjectException e) {
            throw new IllegalStateException(type + " could be made before", e);
        }
    }

    @Override
    public String className() {
        return type.getName();
    }

    @Override
    public List<String> options() {
        return options;
    }

    /** The class. */
    public Class<?> type() {
        return type;
    }

    /** Whether it is an allocator as a whole, rather than free lists. */
    public boolean isWhole() {
        return whole != null;
    }

    @Override
    public synchronized ForeignAllocator make(MachineLayout machine, Cpu[] cpus, Scheduler scheduler) {
        Instances<FreeLists> ofLists = lists;
        if (ofLists != null) {
            return new ForeignFreeLists(ofLists, machine);
        }
        Instances<Subject> ofWhole = whole;
        if (ofWhole == null) {
            throw new IllegalStateException(type + " is neither whole nor lists");
        }
        MachineDescription description = describe(machine, cpus.length);
        Capacity known = capacity;
        if (known == null || layout != machine) {
            known = new Capacity(ofWhole, description, nodes(cpus));
            capacity = known;
            layout = machine;
        }
        return new WholeAllocator(ofWhole.make(), description, cpus, scheduler, known);
    }

    private static int[] nodes(Cpu[] cpus) {
        int[] nodes = new int[cpus.length];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = cpus[i].node;
        }
        return nodes;
    }

    /** The zones with frames, and all frames that boot would not free. */
    static MachineDescription describe(MachineLayout layout, int cpus) {
        ZoneDescription[] zones = new ZoneDescription[layout.nodes() * Zone.COUNT];
        int length = 0;
        int[] reserved = new int[layout.endPfn() - layout.startPfn()];
        int reservations = 0;
        for (int node = 0; node < layout.nodes(); node++) {
            MemoryLayout memory = layout.node(node);
            int start = memory.startPfn();
            for (int index = 0; index < Zone.COUNT; index++) {
                int frames = memory.spanned(index);
                if (frames > 0) {
                    String prefix = layout.nodes() == 1 ? "" : "node" + node + ".";
                    zones[length++] = new ZoneDescription(prefix + Zone.name(index), node, start, frames);
                }
                for (int pfn = start; pfn < start + frames; pfn++) {
                    if (layout.isReserved(pfn)) {
                        reserved[reservations++] = pfn;
                    }
                }
                start += frames;
            }
        }
        ZoneDescription[] withFrames = new ZoneDescription[length];
        System.arraycopy(zones, 0, withFrames, 0, length);
        int[] exactly = new int[reservations];
        System.arraycopy(reserved, 0, exactly, 0, reservations);
        return new MachineDescription(cpus, withFrames, exactly);
    }
}
