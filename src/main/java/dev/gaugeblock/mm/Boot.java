package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;

/** {@code free_area_init_core} and {@code build_all_zonelists}: a machine whose frames are all still reserved (behaviour 4). */
public final class Boot {
    /** Frames in the largest block: a zone had better start at a multiple of it. */
    private static final int LARGEST_BLOCK = 1 << (BuddyLists.MAX_ORDER - 1);

    private Boot() {}

    /**
     * Sets up the memory of a machine. Watermarks and reserves are 0; {@link MemoryTuning} computes them later.
     *
     * @param hugetlb {@code CONFIG_HUGETLB_PAGE}: whether there are compound blocks
     */
    public static PageAllocator start(
            MemoryLayout layout, Cpu[] cpus, boolean hugetlb, Collaborators collaborators, Scheduler scheduler) {
        PageFrame[] memMap = new PageFrame[layout.endPfn() - layout.startPfn()];
        PageChecks checks = new PageChecks(collaborators.log);
        CompoundPages compound = new CompoundPages(memMap, layout.startPfn(), hugetlb, checks);
        Zone[] zones = new Zone[Zone.COUNT];
        int start = layout.startPfn();
        for (int index = 0; index < Zone.COUNT; index++) {
            PageFrame[] frames = new PageFrame[layout.spanned(index)];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = new PageFrame(start + i, index);
                memMap[start + i - layout.startPfn()] = frames[i];
            }
            int zoneStart = frames.length == 0 ? 0 : start;
            zones[index] = Zone.create(index, zoneStart, layout.present(index), frames, cpus, compound, scheduler);
            if (frames.length > 0 && start % LARGEST_BLOCK != 0) {
                collaborators.log.wrongZoneAlignment(zones[index]);
            }
            start += frames.length;
        }
        Node node = new Node(layout.startPfn(), memMap, zones, cpus.length, scheduler);
        return new PageAllocator(node, cpus, checks, compound, collaborators, scheduler);
    }
}
