package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.BootFreeing;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.PerCpuPages;
import dev.gaugeblock.mm.Zone;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Frees a machine's memory, and sets what its test says of its zones, before any program runs. */
final class MachineSettings {
    private final MachineSpec machine;
    private final Program[] programs;
    private final PageAllocator allocator;
    private final int cpus;

    MachineSettings(MachineSpec machine, Program[] programs, PageAllocator allocator, int cpus) {
        this.machine = machine;
        this.programs = programs;
        this.allocator = allocator;
        this.cpus = cpus;
    }

    /**
     * Has boot free its memory: bounds come before, as it goes through the hot lists; the marks after, as the kernel's
     * initcall comes after boot.
     *
     * @param ofHeads decides who runs next, where frames may have buffer heads; {@code null} where none ever has
     */
    void boot(@Nullable Scheduler ofHeads, Task boot) {
        for (MachineSpec.ZoneSetting setting : machine.settings) {
            if (setting.isBounds()) {
                setBounds(setting);
            }
        }
        new BootFreeing(allocator, machine.layout, boot).free(machine.bootMode);
        if (ofHeads != null) {
            allowBufferHeads(ofHeads);
        }
        if (machine.setUp) {
            allocator.tuning().initialise(boot);
        }
        for (MachineSpec.ZoneSetting setting : machine.settings) {
            if (!setting.isBounds()) {
                setMarks(setting);
            }
        }
        if (setSysctls()) {
            allocator.tuning().mayChange();
        }
    }

    /** Whether any of the programs does. */
    private boolean setSysctls() {
        for (Program program : programs) {
            if (program.setsSysctls()) {
                return true;
            }
        }
        return false;
    }

    private void allowBufferHeads(Scheduler scheduler) {
        for (int pfn = machine.layout.startPfn(); pfn < machine.layout.endPfn(); pfn++) {
            PageFrame frame = allocator.memory().frameOrNull(pfn);
            if (frame != null) {
                frame.allowBufferHeads(scheduler);
            }
        }
    }

    /** Fills the LRU lists, whose frames are allocated as all others are. */
    void fill(Reclaimers reclaimers, Task boot) {
        for (MachineSpec.ZoneSetting setting : machine.settings) {
            if (setting.kind == MachineSpec.ZoneSetting.LRU) {
                reclaimers.fill(setting, boot);
            } else if (setting.kind == MachineSpec.ZoneSetting.LRU_IN_VAIN) {
                reclaimers.setInVain(setting);
            }
        }
    }

    private void setBounds(MachineSpec.ZoneSetting setting) {
        Zone zone = allocator.memory().zone(setting.zone);
        for (int cpu = 0; cpu < cpus; cpu++) {
            PerCpuPages list = setting.kind == MachineSpec.ZoneSetting.COLD
                    ? zone.pageset(cpu).coldAtRest()
                    : zone.pageset(cpu).hotAtRest();
            list.setBounds(setting.first, setting.second, setting.third);
        }
    }

    private void setMarks(MachineSpec.ZoneSetting setting) {
        Zone zone = allocator.memory().zone(setting.zone);
        if (setting.kind == MachineSpec.ZoneSetting.MARKS) {
            zone.marks.set(setting.first, setting.second, setting.third);
        } else if (setting.kind == MachineSpec.ZoneSetting.RESERVE) {
            zone.marks.pokeLowmemReserve(Zone.DMA, setting.first);
            zone.marks.pokeLowmemReserve(Zone.NORMAL, setting.second);
            zone.marks.pokeLowmemReserve(Zone.HIGHMEM, setting.third);
        }
    }
}
