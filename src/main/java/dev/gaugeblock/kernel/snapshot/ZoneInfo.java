package dev.gaugeblock.kernel.snapshot;

import dev.gaugeblock.kernel.rule.ZoneType;
import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * /proc/zoneinfo.
 *
 * @param zones those that span frames, in the order of the file
 * @param hasHighMin whether it has what kernels from 6.7 on print of per-CPU lists
 */
public record ZoneInfo(List<Zone> zones, boolean hasHighMin) {
    private static final Pattern HEAD = Pattern.compile("Node\\s+(\\d{1,4}), zone\\s+(\\w+)");
    private static final Pattern VALUE =
            Pattern.compile("\\s*(?:pages )?(free|spanned|count:|start_pfn:)\\s+(\\d{1,18})");

    /**
     * A zone; amounts in frames.
     *
     * @param label {@code Normal}, or {@code Normal of node 1} where there are several nodes
     * @param start its first frame
     * @param held on the lists of all CPUs
     */
    public record Zone(int node, String label, ZoneType type, long start, long spanned, long free, long held) {
        /** The frame after its last. */
        public long end() {
            return start + spanned;
        }

        /** Whether a frame lies in it. */
        public boolean holds(long pfn) {
            return pfn >= start && pfn < end();
        }
    }

    /** Reads the file. */
    public static ZoneInfo read(Path file) throws IOException, TextFormatException {
        List<Zone> zones = new ArrayList<>();
        boolean hasHighMin = false;
        try (LineReader lines = LineReader.open(file)) {
            Draft draft = null;
            String line = lines.next();
            while (line != null) {
                Matcher head = HEAD.matcher(line.strip());
                if (head.matches()) {
                    add(draft, zones);
                    draft = new Draft(head.group(1), String.valueOf(head.group(2)), lines);
                }
                Matcher value = VALUE.matcher(line);
                if (draft != null && value.matches()) {
                    draft.set(String.valueOf(value.group(1)), Long.parseLong(String.valueOf(value.group(2))));
                }
                hasHighMin |= line.strip().startsWith("high_min:");
                line = lines.next();
            }
            add(draft, zones);
            if (zones.isEmpty()) {
                throw lines.position().error("no zone with its frames: is this /proc/zoneinfo?");
            }
        }
        long nodes = zones.stream().mapToInt(Zone::node).distinct().count();
        return new ZoneInfo(nodes == 1 ? zones : named(zones), hasHighMin);
    }

    private static List<Zone> named(List<Zone> zones) {
        return zones.stream()
                .map(zone -> new Zone(
                        zone.node,
                        zone.label + " of node " + zone.node,
                        zone.type,
                        zone.start,
                        zone.spanned,
                        zone.free,
                        zone.held))
                .toList();
    }

    private static void add(@Nullable Draft draft, List<Zone> zones) {
        if (draft != null && draft.spanned > 0 && draft.start >= 0) {
            zones.add(draft.zone());
        }
    }

    /** All pages on the lists of CPUs. */
    public long held() {
        return zones.stream().mapToLong(Zone::held).sum();
    }

    private static final class Draft {
        private final int node;
        private final String name;
        private final ZoneType type;
        private long start = -1;
        private long spanned;
        private long free;
        private long held;

        Draft(@Nullable String node, String name, LineReader lines) throws TextFormatException {
            this.node = Integer.parseInt(String.valueOf(node));
            this.name = name;
            ZoneType known = ZoneType.named(name);
            if (known == null) {
                throw lines.position().error("zone " + name + " is none that a kernel is known to have");
            }
            type = known;
        }

        void set(String key, long value) {
            switch (key) {
                case "free" -> free = value;
                case "spanned" -> spanned = value;
                case "count:" -> held += value;
                case "start_pfn:" -> start = value;
                default -> throw new IllegalArgumentException(key);
            }
        }

        Zone zone() {
            return new Zone(node, name, type, start, spanned, free, held);
        }
    }
}
