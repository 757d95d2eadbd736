package dev.gaugeblock.explore.subject;

import dev.gaugeblock.api.FreeLists;
import dev.gaugeblock.api.MachineDescription;
import dev.gaugeblock.api.Subject;
import dev.gaugeblock.api.ZoneDescription;
import dev.gaugeblock.explore.harness.foreign.ForeignAllocator;
import dev.gaugeblock.explore.harness.program.AllocatorMaker;
import dev.gaugeblock.explore.harness.program.MachineSpec;
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

    private @Nullable MachineSpec described;

    /**
     * Of a class that implements {@link Subject} or {@link FreeLists}.
     *
     * @param options of a command that explores on it
     * @throws SubjectException if it implements neither, or both, or no object of it can be made
     */
    public SubjectMaker(Class<?> type, List<String> options) throws SubjectException {
        this(options, type);
        requireSoundInvariants(type);
    }

    private void requireSoundInvariants(Class<?> ofType) throws SubjectException {
        OwnInvariants.requireSound(ofType, isWhole());
        for (Class<?> inside : ofType.getDeclaredClasses()) {
            requireSoundInvariants(inside);
        }
    }

    /** Likewise, of a class whose invariants somebody has looked at before. */
    private SubjectMaker(List<String> options, Class<?> type) throws SubjectException {
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
        this(new ArrayList<>(), Class.forName(className));
    }

    /** A maker of the same class for the machine of another test. */
    public SubjectMaker another() {
        try {
            return new SubjectMaker(options, type);
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
    public synchronized ForeignAllocator make(MachineSpec machine, Cpu[] cpus, Scheduler scheduler) {
        Instances<FreeLists> ofLists = lists;
        if (ofLists != null) {
            return new ForeignFreeLists(ofLists, machine.layout);
        }
        Instances<Subject> ofWhole = whole;
        if (ofWhole == null) {
            throw new IllegalStateException(type + " is neither whole nor lists");
        }
        Capacity known = capacity;
        if (known == null || described != machine) {
            known = new Capacity(ofWhole, describe(machine), machine.nodeOfCpu);
            capacity = known;
            described = machine;
        }
        return new WholeAllocator(ofWhole.make(), known, machine.highmem.lastPkmap(), cpus, scheduler);
    }

    /** The zones with frames, what the test says of them, and all frames that boot would not free. */
    private static MachineDescription describe(MachineSpec machine) {
        MachineLayout layout = machine.layout;
        List<ZoneDescription> zones = new ArrayList<>();
        int[] reserved = new int[layout.endPfn() - layout.startPfn()];
        int reservations = 0;
        for (int node = 0; node < layout.nodes(); node++) {
            MemoryLayout memory = layout.node(node);
            int start = memory.startPfn();
            for (int index = 0; index < Zone.COUNT; index++) {
                int frames = memory.spanned(index);
                if (frames > 0) {
                    zones.add(describe(machine, node, index, start, frames));
                }
                for (int pfn = start; pfn < start + frames; pfn++) {
                    if (layout.isReserved(pfn)) {
                        reserved[reservations++] = pfn;
                    }
                }
                start += frames;
            }
        }
        int[] exactly = new int[reservations];
        System.arraycopy(reserved, 0, exactly, 0, reservations);
        return new MachineDescription(machine.cpus, zones.toArray(new ZoneDescription[0]), exactly);
    }

    private static ZoneDescription describe(MachineSpec machine, int node, int index, int first, int frames) {
        String prefix = machine.layout.nodes() == 1 ? "" : "node" + node + ".";
        int[][] settings = {new int[3], new int[3], {}, {}};
        for (MachineSpec.ZoneSetting setting : machine.settings) {
            if (setting.zone == node * Zone.COUNT + index && setting.kind < settings.length) {
                settings[setting.kind] = new int[] {setting.first, setting.second, setting.third};
            }
        }
        return new ZoneDescription(
                prefix + Zone.name(index),
                node,
                first,
                frames,
                settings[MachineSpec.ZoneSetting.MARKS],
                settings[MachineSpec.ZoneSetting.RESERVE],
                settings[MachineSpec.ZoneSetting.HOT],
                settings[MachineSpec.ZoneSetting.COLD]);
    }
}
