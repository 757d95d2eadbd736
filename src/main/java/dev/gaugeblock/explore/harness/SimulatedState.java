package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.foreign.ForeignAllocator;
import dev.gaugeblock.explore.harness.rules.FrameUseRule;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.StoreBuffer;
import dev.gaugeblock.mm.PageAllocator;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The state of a simulation, part by part: whoever tells states apart arranges the parts of alike CPUs. */
public final class SimulatedState implements Stateful {
    private final Simulation simulation;
    private final PageAllocator allocator;
    private final @Nullable ForeignAllocator foreign;
    private final Surroundings surroundings;
    private final PageUses pages;
    private final HighmemUses addresses;
    private final FrameUseRule frameUse;
    private final ProgramTasks programs;
    private final int variables;

    SimulatedState(
            Simulation simulation,
            Surroundings surroundings,
            PageUses pages,
            HighmemUses addresses,
            FrameUseRule frameUse,
            ProgramTasks programs,
            int variables) {
        this.simulation = simulation;
        this.allocator = simulation.allocator();
        this.foreign = simulation.foreign();
        this.surroundings = surroundings;
        this.pages = pages;
        this.addresses = addresses;
        this.frameUse = frameUse;
        this.programs = programs;
        this.variables = variables;
    }

    /** All that can influence what happens next, except where the programs are and what they have seen. */
    @Override
    public void writeState(StateSink out) {
        writeShared(out);
        for (int cpu = 0; cpu < simulation.cpuCount(); cpu++) {
            writeCpu(cpu, out);
        }
        for (int program = 0; program < programs.length(); program++) {
            writeProgram(program, out);
        }
        for (int variable = 0; variable < variables; variable++) {
            writeVariable(variable, out);
        }
    }

    /** The part of the state that belongs to no CPU, no program and no variable. */
    public void writeShared(StateSink out) {
        allocator.memory().writeState(out);
        allocator.tuning().writeState(out);
        if (foreign != null) {
            foreign.writeState(out);
        }
        simulation.highmem().writeState(out);
        addresses.writeShared(out);
        surroundings.writeState(out);
        Reclaimers reclaimers = simulation.reclaimers();
        if (reclaimers != null) {
            reclaimers.writeState(out);
        }
        Processes processes = simulation.processes();
        if (processes != null) {
            processes.writeState(out);
        }
        simulation.liveBlocks().writeState(out);
        BufferUses buffers = simulation.buffers();
        if (buffers != null) {
            buffers.writeState(out);
        }
    }

    /** The part of the state that belongs to a CPU, by its number. */
    public void writeCpu(int cpu, StateSink out) {
        simulation.cpu(cpu).interrupts.writeState(out);
        simulation.cpu(cpu).tlb.writeState(out);
        allocator.memory().writeListsOf(cpu, out);
        StoreBuffer stores = simulation.cpu(cpu).stores;
        if (stores != null) {
            stores.writeState(out);
        }
    }

    /** The part of the state that belongs to a program, but for what it has in its hands. */
    public void writeProgram(int program, StateSink out) {
        programs.writeState(program, out);
        simulation.grants().writeState(programs.task(program), out);
        surroundings.writeProgram(program, out);
        addresses.writeStateOf(program, programs.program(program), programs.position(program), out);
    }

    /** What the code that runs on a CPU can read without an announcement: the lists that it has for itself. */
    public void writeOwn(int cpu, StateSink out) {
        allocator.memory().writeListsOf(cpu, out);
        if (foreign != null) {
            foreign.writeState(out); // Nobody says which of its data are whose.
        }
    }

    /** What a variable holds. */
    public void writeVariable(int variable, StateSink out) {
        pages.writeVariable(variable, out);
        frameUse.writeState(variable, out);
    }
}
