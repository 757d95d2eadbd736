package dev.gaugeblock.explore.harness.program;

import dev.gaugeblock.explore.harness.foreign.ForeignAllocator;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;
import java.util.List;

/** Makes somebody else's allocator, a new one for each execution. */
public interface AllocatorMaker {
    /** One that has booted nothing yet. Whatever its author's code throws comes through. */
    ForeignAllocator make(MachineSpec machine, Cpu[] cpus, Scheduler scheduler);

    /** The class of the allocator, for messages and for another virtual machine. */
    String className();

    /** The options of a command that explores on it: words of a shell, unquoted. */
    List<String> options();
}
