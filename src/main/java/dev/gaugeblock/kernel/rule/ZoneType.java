package dev.gaugeblock.kernel.rule;

import org.checkerframework.checker.nullness.qual.Nullable;

/** The kinds of zones, in the order in which every kernel counts those that it has. */
public enum ZoneType {
    DMA("DMA"),
    DMA32("DMA32"),
    NORMAL("Normal"),
    HIGHMEM("HighMem"),
    MOVABLE("Movable"),
    DEVICE("Device");

    private final String label;

    ZoneType(String label) {
        this.label = label;
    }

    /** The name that a dump has for it. */
    public String label() {
        return label;
    }

    /** The kind of that name, or {@code null}. */
    public static @Nullable ZoneType named(String label) {
        for (ZoneType type : values()) {
            if (type.label.equals(label)) {
                return type;
            }
        }
        return null;
    }
}
