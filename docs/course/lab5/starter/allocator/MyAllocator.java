import dev.gaugeblock.api.MachineDescription;
import dev.gaugeblock.api.Subject;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.Task;

/** An allocator for several CPUs, with frames that each CPU keeps for itself. */
public final class MyAllocator implements Subject, Subject.Draining {
    @Override
    public void boot(MachineDescription machine, Cpu[] cpus, Scheduler scheduler) {
        throw new IllegalStateException("write me");
    }

    @Override
    public int alloc(int gfp, int order, Task task) {
        throw new IllegalStateException("write me");
    }

    @Override
    public void free(int first, int order, Task task) {
        throw new IllegalStateException("write me");
    }

    @Override
    public void drain(Task task) {
        throw new IllegalStateException("write me");
    }
}
