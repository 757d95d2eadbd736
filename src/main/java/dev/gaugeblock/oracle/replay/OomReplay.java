package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.oracle.trace.Answers;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.reclaim.AddressSpace;
import dev.gaugeblock.reclaim.Badness;
import dev.gaugeblock.reclaim.Process;
import dev.gaugeblock.reclaim.VictimChoice;
import java.util.ArrayList;
import java.util.List;

/** Replays the events about the OOM killer. They bring their own processes, and need no machine. */
final class OomReplay {
    private static final SequentialScheduler SCHEDULER = new SequentialScheduler();
    private static final int NO_UPTIME = 0;

    private OomReplay() {}

    /** The points of one process. */
    static Answers badness(Event event) {
        AddressSpace memory = event.flag("has_mm") ? new AddressSpace(event.integer("vm")) : null;
        Process process = new Process(2, 2, memory, SCHEDULER);
        for (int child = 0; child < event.integer("nchild"); child++) {
            process.addChild(new Process(3 + child, 3 + child, new AddressSpace(event.integer("child_vm")), SCHEDULER));
        }
        process.userTime = event.integer("utime");
        process.systemTime = event.integer("stime");
        process.startTime = event.integer("start");
        process.nice = event.integer("nice");
        process.capabilities = (int) event.number("cap");
        process.uid = (int) event.number("uid");
        process.euid = (int) event.number("euid");
        process.adjustment = event.integer("adj");
        return new Answers().put("r", Integer.toUnsignedLong(Badness.points(process, event.integer("uptime"), task())));
    }

    /** The victim among some processes. */
    static Answers choice(Event event) {
        List<Process> processes = new ArrayList<>();
        for (Event each : event.objects("tasks")) {
            int pid = each.integer("pid");
            Process process = new Process(pid, pid, new AddressSpace(each.integer("vm")), SCHEDULER);
            process.flags().init((int) each.number("flags"));
            process.memdie().init(each.integer("memdie"));
            processes.add(process);
        }
        VictimChoice choice = VictimChoice.among(processes.toArray(new Process[0]), NO_UPTIME, task());
        if (choice.waits()) {
            return new Answers().put("r", "WAIT");
        }
        Process victim = choice.victim();
        return victim == null ? new Answers().putNull("r") : new Answers().put("r", victim.pid);
    }

    private static Task task() {
        return Task.process(Cpu.create(1, SCHEDULER)[0]);
    }
}
