package dev.gaugeblock.kernel.snapshot;

import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** /proc/vmstat: counters by their names. */
public final class VmStat {
    private static final Pattern LINE = Pattern.compile("(\\w+) (-?\\d{1,19})");

    private final Map<String, Long> counters = new HashMap<>();

    private VmStat() {}

    /** Reads the file. */
    public static VmStat read(Path file) throws IOException, TextFormatException {
        VmStat stat = new VmStat();
        try (LineReader lines = LineReader.open(file)) {
            String line = lines.next();
            while (line != null) {
                Matcher form = LINE.matcher(line.strip());
                if (!form.matches()) {
                    throw lines.position().error("no line of /proc/vmstat: \"" + line.strip() + "\"");
                }
                stat.counters.put(
                        String.valueOf(form.group(1)), new BigInteger(String.valueOf(form.group(2))).longValue());
                line = lines.next();
            }
            if (!stat.counters.containsKey("pgfree")) {
                throw lines.position().error("there is no pgfree in it: is this /proc/vmstat?");
            }
        }
        return stat;
    }

    private long get(String name) {
        return counters.getOrDefault(name, 0L);
    }

    /** Pages that were handed out since the machine was started. */
    public long allocated() {
        return counters.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("pgalloc_"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Pages that came back. */
    public long freed() {
        return get("pgfree");
    }

    /** Pages on the free lists. */
    public long free() {
        return get("nr_free_pages");
    }

    /** What compaction has done so far: it takes pages off the free lists and tells nobody. */
    public long compacted() {
        return get("compact_isolated") + get("compact_migrate_scanned") + get("compact_free_scanned");
    }
}
