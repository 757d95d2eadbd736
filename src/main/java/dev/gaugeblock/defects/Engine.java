package dev.gaugeblock.defects;

import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What can find a defect. Each is a column of the table. */
public enum Engine {
    /** The built-in explorer, on each litmus test. */
    BUILTIN(BuiltinProbe.class.getName(), "litmus test", "explores every interleaving of the litmus tests"),
    /** The exact check, on each file of vectors. */
    CHECK(CheckProbe.class.getName(), "vectors", "replays what the original answered"),
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

    /**
     * Whether it runs inside the patched program; such an engine is always here, and quick enough to be asked for
     * everything.
     */
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
