package dev.gaugeblock.kernel.trace;

import org.checkerframework.checker.nullness.qual.Nullable;

/** What is often taken for a trace and is none, by a line of it: each refused by its name, with what to do. */
final class ForeignText {
    private static final String AS_TEXT = "; make text of it: ";

    private ForeignText() {}

    /** What a line is of, and what to do; {@code null} if it is nothing that is known. */
    static @Nullable String named(String line) {
        String text = line.strip();
        if (text.startsWith("PERFILE2") || text.startsWith("2ELIFREP")) {
            return "this is perf.data, a binary file of perf" + AS_TEXT
                    + "perf script -i FILE > FILE.txt (on the machine that recorded it)";
        }
        if (line.length() > 10 && line.startsWith("\u0017\b") && line.startsWith("Dtracing", 2)) {
            return "this is trace.dat, a binary file of trace-cmd" + AS_TEXT + "trace-cmd report -i FILE > FILE.txt";
        }
        if (text.matches("Node\\s+\\d+, zone\\s+\\w+, type\\s+\\w+.*") || text.startsWith("Page block order:")) {
            return "this is /proc/pagetypeinfo: counts of free blocks, and no events; record a trace"
                    + " (docs/kernel-traces.md)";
        }
        if (text.matches("Node\\s+\\d+, zone\\s+\\w+(\\s+\\d+)+")) {
            return "this is /proc/buddyinfo: counts of free blocks, and no events; beside a trace it is evidence, as"
                    + " snapN.buddyinfo.txt in the folder of --snapshots";
        }
        if (text.matches("Node\\s+\\d+, zone\\s+\\w+")) {
            return "this is /proc/zoneinfo, and no events; beside a trace it is evidence, as snapN.zoneinfo.txt in the"
                    + " folder of --snapshots";
        }
        if (text.matches("addr = \\p{XDigit}+ size = \\d+.*") || text.contains("allocations from stack")) {
            return "this is what memleak (bcc) prints: what was not freed, without order and time, and no events;"
                    + " record a trace (docs/kernel-traces.md)";
        }
        if (text.matches(".*\\bkmem_mm_page\\w*:? ?[{(].*") || text.matches(".*\\{ cpu_id = \\d+ }.*")) {
            return "these are fields of LTTng, as babeltrace prints them, which are not read; record the kmem events"
                    + " with ftrace, perf or trace-cmd (docs/kernel-traces.md)";
        }
        if (text.startsWith("{")) {
            return "this is a line of JSON; events in that form are judged without --kernel (spec/events.md)";
        }
        if (text.contains("page allocation failure") || text.contains("invoked oom-killer")) {
            return "this is a kernel's log, and no trace; gaugeblock explain reads it";
        }
        return null;
    }
}
