package dev.gaugeblock.defects;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What can find a defect. Each is a column of the table. */
public enum Engine {
    /** The built-in explorer, on each litmus test. */
    BUILTIN(BuiltinProbe.class.getName(), "litmus test", "explores every interleaving of the litmus tests"),
    /** The exact check, on each file of vectors. */
    CHECK(CheckProbe.class.getName(), "vectors", "replays what the original answered"),
    /** The audit, on each litmus test; asked for what a patch says that it finds, and for what nothing else does. */
    AUDIT(
            AuditProbe.class.getName(),
            "litmus test",
            "explores them once more, and holds each access against what is announced"),
    /**
     * Java PathFinder, where it is installed; asked only for what a patch says that it finds, for it takes its time.
     */
    JPF("", "litmus test", "Java PathFinder, the user's own installation");

    private final String probeClass;
    private final String subject;
    private final String does;

    Engine(String probeClass, String subject, String does) {
        this.probeClass = probeClass;
        this.subject = subject;
        this.does = does;
    }

    /**
     * Name of the {@link Probe} class, to be loaded beside the patched classes; empty if the engine is a process of its
     * own.
     */
    String probeClass() {
        return probeClass;
    }

    /** Whether defects can be put to it. */
    public boolean isHere() {
        return isInside() || JpfProbe.isHere();
    }

    /** Whether it is asked of every defect, so that its silence says something. */
    boolean isAskedAlways() {
        return this == BUILTIN || this == CHECK;
    }

    /** Whether it runs inside the patched program; such an engine is always here. */
    boolean isInside() {
        return !probeClass.isEmpty();
    }

    /** What it runs: "litmus test" or "vectors". */
    public String subject() {
        return subject;
    }

    /** What it does, as a clause. */
    public String does() {
        return does;
    }

    /** As headers and tables write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All labels, as a list for people. */
    static String labels() {
        return Arrays.stream(values()).map(Engine::label).collect(Collectors.joining(", "));
    }

    /** The engine with that label, or {@code null}. */
    static @Nullable Engine labelled(String label) {
        for (Engine engine : values()) {
            if (engine.label().equals(label)) {
                return engine;
            }
        }
        return null;
    }
}
