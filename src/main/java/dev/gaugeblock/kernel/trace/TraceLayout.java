package dev.gaugeblock.kernel.trace;

/** Whose lines they are. */
public enum TraceLayout {
    /** {@code TASK-PID [CPU] FLAGS TIME: EVENT:}. */
    FTRACE("ftrace"),
    /** The same form, behind a line {@code cpus=N}. */
    TRACE_CMD("trace-cmd report"),
    /** {@code TASK PID [CPU] TIME: kmem:EVENT:}. */
    PERF("perf script"),
    /** {@code CPU) | /* EVENT: *}{@code /}. */
    FUNCTION_GRAPH("function_graph"),
    /** {@code EVENT:} and its fields alone. */
    BARE("events without task, CPU and time");

    private final String label;

    TraceLayout(String label) {
        this.label = label;
    }

    /** What the form is called. */
    public String label() {
        return label;
    }
}
