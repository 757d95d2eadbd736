package dev.gaugeblock.kernel.snapshot;

import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** /proc/buddyinfo: how many free blocks of each order each zone has. */
public final class BuddyInfo {
    private static final Pattern LINE = Pattern.compile("Node\\s+(\\d{1,4}), zone\\s+(\\w+)((?:\\s+\\d{1,18})+)");
    private static final int ORDERS = 11;

    private final Map<String, long[]> blocks = new LinkedHashMap<>();

    private BuddyInfo() {}

    /** Reads the file. */
    public static BuddyInfo read(Path file) throws IOException, TextFormatException {
        BuddyInfo info = new BuddyInfo();
        try (LineReader lines = LineReader.open(file)) {
            String line = lines.next();
            while (line != null) {
                Matcher form = LINE.matcher(line.strip());
                if (!form.matches()) {
                    throw lines.position().error("no line of /proc/buddyinfo: \"" + line.strip() + "\"");
                }
                long[] counts = Arrays.stream(
                                String.valueOf(form.group(3)).strip().split("\\s+"))
                        .mapToLong(Long::parseLong)
                        .toArray();
                if (counts.length != ORDERS) {
                    throw lines.position()
                            .error(counts.length + " orders, and not " + ORDERS
                                    + ": the pages of this machine are larger than 4 KiB (64 KiB where there are 14), or its"
                                    + " kernel was built for other blocks; the profile says nothing of those");
                }
                info.blocks.put(form.group(1) + " " + form.group(2), counts);
                line = lines.next();
            }
            if (info.blocks.isEmpty()) {
                throw lines.position().error("the file is empty");
            }
        }
        return info;
    }

    /** The free blocks of all zones, by order. */
    public List<Long> sums() {
        long[] sums = new long[ORDERS];
        blocks.values().forEach(counts -> {
            for (int order = 0; order < ORDERS; order++) {
                sums[order] += counts[order];
            }
        });
        return Arrays.stream(sums).boxed().toList();
    }

    /** The free blocks of a zone, by order; {@code null} if it does not say. */
    public long @Nullable [] of(ZoneInfo.Zone zone) {
        return blocks.get(zone.node() + " " + zone.type().label());
    }
}
