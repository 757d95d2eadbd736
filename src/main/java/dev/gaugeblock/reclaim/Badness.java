package dev.gaugeblock.reclaim;

import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.MemoryTuning;

/**
 * How much a process deserves to be killed when memory is out: much memory counts against it; long life, much work done
 * and privileges for it. All on unsigned words of 32 bits.
 */
public final class Badness {
    private static final int CAP_SYS_RAWIO = 1 << 17;
    private static final int CAP_SYS_ADMIN = 1 << 21;

    /** Jiffies to units of some 8 seconds, at 1000 a second. */
    private static final int CPU_TIME_SHIFT = 13;

    /** Seconds to units of some 17 minutes. */
    private static final int RUN_TIME_SHIFT = 10;

    private Badness() {}

    /**
     * {@code badness}.
     *
     * @param uptime of the machine, in seconds
     * @return points, an unsigned number; 0 for a process without memory
     */
    public static int points(Process process, int uptime, Task task) {
        AddressSpace memory = process.memory(task);
        if (memory == null) {
            return 0;
        }
        int points = memory.totalPages + memoryOfChildren(process, memory, task);
        points = divideByRoot(points, (process.userTime + process.systemTime) >>> CPU_TIME_SHIFT);
        int runTime = uptime >= process.startTime ? (uptime - process.startTime) >> RUN_TIME_SHIFT : 0;
        points = divideByRoot(points, MemoryTuning.squareRoot(runTime));
        if (process.nice > 0) {
            points *= 2;
        }
        if ((process.capabilities & CAP_SYS_ADMIN) != 0 || process.uid == 0 || process.euid == 0) {
            points >>>= 2;
        }
        if ((process.capabilities & CAP_SYS_RAWIO) != 0) {
            points >>>= 2;
        }
        return process.adjustment > 0 ? points << process.adjustment : points >>> -process.adjustment;
    }

    /** Memory that the children do not share with it: a server that forks much is to blame for all of it. */
    private static int memoryOfChildren(Process process, AddressSpace memory, Task task) {
        int pages = 0;
        for (Process child : process.children()) {
            AddressSpace ofChild = child.memory(task);
            if (ofChild != null && ofChild != memory) {
                pages += ofChild.totalPages;
            }
        }
        return pages;
    }

    private static int divideByRoot(int points, int number) {
        int root = MemoryTuning.squareRoot(number);
        return root == 0 ? points : Integer.divideUnsigned(points, root);
    }
}
