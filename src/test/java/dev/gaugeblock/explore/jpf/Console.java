package dev.gaugeblock.explore.jpf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a run of Java PathFinder prints, as revision 7ea25de prints it; parts can be left out or be different. */
public final class Console {
    private static final String BAR = "======================================================";

    private final List<String> during = new ArrayList<>();
    private final List<String> error = new ArrayList<>();
    private String results = "no errors detected";
    private long ends = 4;
    private long constraints;
    private boolean hasStatistics = true;
    private boolean isFinished = true;

    /** A run that goes well, and prints the given lines on the way. */
    public static Console saying(String... lines) {
        Console console = new Console();
        console.during.addAll(List.of(lines));
        return console;
    }

    /** The canary with the deadlock, found. */
    public static Console deadlock() {
        return saying("@outcome 00 | DMA free 0", "@deadlock CPU 0 waits for lock B, which CPU 1 holds")
                .error(
                        "gov.nasa.jpf.vm.NotDeadlockedProperty",
                        "deadlock encountered:",
                        "  thread java.lang.Thread:{id:0,name:main,status:WAITING,priority:5,isDaemon:false,lockCount:1}",
                        "  thread java.lang.Thread:{id:1,name:Thread-1,status:WAITING,priority:5,isDaemon:false,lockCount:1}");
    }

    /** The canary with the section that nothing guards, found. */
    public static Console unguarded() {
        return saying("@outcome 00 | DMA free 0", "@broken unguarded-section")
                .exception(
                        "dev.gaugeblock.explore.harness.rules.InvariantBroken: two programs are in a section for one",
                        "dev.gaugeblock.explore.harness.Turnstile.begins(Turnstile.java:16)");
    }

    Console error(String... lines) {
        error.addAll(List.of(lines));
        results = "error #1: " + lines[0] + " \"...\"";
        return this;
    }

    Console exception(String thrown, String... frames) {
        error("gov.nasa.jpf.vm.NoUncaughtExceptionsProperty", thrown);
        for (String frame : frames) {
            error.add("\tat " + frame);
        }
        error.add("\tat dev.gaugeblock.explore.harness.Simulation.run(Simulation.java:126)");
        error.add("\tat dev.gaugeblock.explore.harness.pathfinder.ProgramThread.run(ProgramThread.java:45)");
        return this;
    }

    Console results(String line) {
        results = line;
        return this;
    }

    Console ends(long number) {
        ends = number;
        return this;
    }

    Console constraints(long number) {
        constraints = number;
        return this;
    }

    Console withoutStatistics() {
        hasStatistics = false;
        return this;
    }

    Console unfinished() {
        isFinished = false;
        return this;
    }

    /** The whole text, line by line. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(
                "JavaPathfinder core system v8.0 (rev 7ea25de453111be77d09e12eb196fecf2dc6d365) - (C) 2005-2014 United States"
                        + " Government. All rights reserved.",
                "",
                "",
                BAR + " system under test",
                "dev.gaugeblock.explore.harness.pathfinder.Pathfinder.main(\"machine 2 0 8 0 0 none 0 4 0 0\",\"before\")",
                "",
                BAR + " search started: 11/23/26, 9:27 AM",
                "[WARNING] orphan NativePeer method: jdk.internal.misc.Unsafe.getUnsafe()Lsun/misc/Unsafe;"));
        lines.addAll(during);
        if (!error.isEmpty()) {
            lines.addAll(List.of("", BAR + " error 1"));
            lines.addAll(error);
            lines.addAll(List.of(
                    "",
                    "",
                    BAR + " snapshot #1",
                    "thread java.lang.Thread:{id:0,name:main,status:RUNNING,priority:5,isDaemon:false,lockCount:0}",
                    "  call stack:",
                    "\tat java.lang.Thread.yield(Thread.java)",
                    "\tat dev.gaugeblock.explore.harness.pathfinder.PathfinderScheduler.reach(PathfinderScheduler.java:149)",
                    ""));
        }
        lines.addAll(List.of("", BAR + " results", results, ""));
        if (hasStatistics) {
            lines.addAll(List.of(
                    BAR + " statistics",
                    "elapsed time:       00:00:01",
                    "states:             new=10,visited=1,backtracked=4,end=" + ends,
                    "search:             maxDepth=7,constraints=" + constraints,
                    "choice generators:  thread=9 (signal=1,lock=3,sharedRef=0,threadApi=3,reschedule=2), data=0",
                    "heap:               new=5449,released=5336,maxLive=1990,gcCycles=10",
                    "instructions:       260565",
                    "max memory:         365MB",
                    "loaded code:        classes=196,methods=3759",
                    ""));
        }
        if (isFinished) {
            lines.add(BAR + " search finished: 11/23/26, 9:27 AM");
        }
        return lines;
    }

    /** The run as its process would have ended. */
    JpfProcess.Ended ended() {
        Set<String> outcomes = new LinkedHashSet<>();
        List<String> others = new ArrayList<>();
        for (String line : lines()) {
            if (line.startsWith(JpfOutput.OUTCOME)) {
                outcomes.add(line.substring(JpfOutput.OUTCOME.length()));
            } else {
                others.add(line);
            }
        }
        return new JpfProcess.Ended(others, outcomes, 0, "", false, Duration.ofSeconds(1));
    }
}
