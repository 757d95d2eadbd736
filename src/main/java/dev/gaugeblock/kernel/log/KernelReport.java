package dev.gaugeblock.kernel.log;

import dev.gaugeblock.kernel.rule.KernelVersion;
import dev.gaugeblock.kernel.rule.ZoneType;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** One report of a kernel: what was asked for, and the memory as it was dumped then. Filled while it is read. */
public final class KernelReport {
    private final long line;
    private final String caller;
    private final List<ZoneDump> zones = new ArrayList<>();
    private final List<Oddity> oddities = new ArrayList<>();
    private ReportKind kind;
    private Asked asked;
    private @Nullable KernelVersion version;
    private boolean ended;
    private boolean lostZone;

    KernelReport(long line, String caller, ReportKind kind, Asked asked) {
        this.line = line;
        this.caller = caller;
        this.kind = kind;
        this.asked = asked;
    }

    /** The line that it begins in, from 1. */
    public long line() {
        return line;
    }

    public ReportKind kind() {
        return kind;
    }

    public Asked asked() {
        return asked;
    }

    /** The version that the log names, {@code null} if it names none. */
    public @Nullable KernelVersion version() {
        return version;
    }

    /** The zones in the order of the dump. */
    public List<ZoneDump> zones() {
        return List.copyOf(zones);
    }

    /** Lines of it that cannot be read. */
    public List<Oddity> oddities() {
        return List.copyOf(oddities);
    }

    /** Whether one of {@link #oddities} looks like a zone of which nothing could be read. */
    public boolean hasLostZone() {
        return lostZone;
    }

    /** Whether free blocks are printed: by then, the amounts of all zones were. */
    public boolean hasLists() {
        return zones.stream().anyMatch(ZoneDump::hasLists);
    }

    // What the reader fills in

    String caller() {
        return caller;
    }

    void set(ReportKind newKind) {
        kind = newKind;
    }

    void set(Asked newAsked) {
        asked = newAsked;
    }

    void set(@Nullable KernelVersion newVersion) {
        version = newVersion;
    }

    void add(Oddity oddity) {
        oddities.add(oddity);
    }

    void loseZone() {
        lostZone = true;
    }

    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    @Nullable
    ZoneDump find(int node, ZoneType type) {
        for (ZoneDump zone : zones) {
            if (zone.node() == node && zone.type() == type) {
                return zone;
            }
        }
        return null;
    }

    ZoneDump zone(int node, ZoneType type) {
        ZoneDump zone = find(node, type);
        if (zone == null) {
            zone = new ZoneDump(node, type);
            zones.add(zone);
        }
        return zone;
    }

    boolean hasZones() {
        return !zones.isEmpty();
    }
}
