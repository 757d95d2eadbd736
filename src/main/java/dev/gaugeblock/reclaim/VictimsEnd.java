package dev.gaugeblock.reclaim;

import dev.gaugeblock.machine.Task;

/** What becomes of a process that the OOM killer has chosen. */
public interface VictimsEnd {
    /** A process was chosen, and is killed next: for whoever judges that. */
    default void chosen(Process process, Task task) {}

    /** {@code SIGKILL}: the process learns that it is to end. It may be the one that runs. */
    void killed(Process process, Task task);

    /** Sleeps for a jiffy, so that the victim can come to its end; not at all if the sleeper itself was killed. */
    void await(Task task);
}
