package dev.gaugeblock.kernel.snapshot;

import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A folder of snapshots: {@code snapN.zoneinfo.txt}, {@code snapN.buddyinfo.txt}, {@code snapN.vmstat.txt} and {@code
 * snapN.kpageflags.bin.gz} for each marker {@code SNAP N}, {@code kpageflags.ranges.txt}, {@code stats.cpuN.txt} and
 * {@code trace_clock.txt}. Any of them may be missing; each is held in memory, but for kpageflags.
 */
public final class SnapshotFolder {
    private static final Pattern NAME =
            Pattern.compile("snap(\\d{1,9})\\.(zoneinfo|buddyinfo|vmstat|kpageflags)\\.(?:txt|bin)(?:\\.gz)?");
    private static final Pattern STATS = Pattern.compile("stats\\.cpu\\d+\\.txt");
    private static final Pattern LOST = Pattern.compile("(?:overrun|dropped events): (\\d{1,18})");
    private static final Pattern CLOCK = Pattern.compile(".*\\[([\\w-]+)].*|([\\w-]+)");

    /** What a snapshot holds; {@code null} for what is not there. */
    public static final class Snapshot {
        private @Nullable ZoneInfo zones;
        private @Nullable BuddyInfo blocks;
        private @Nullable VmStat counters;
        private @Nullable Path flags;

        public @Nullable ZoneInfo zones() {
            return zones;
        }

        public @Nullable BuddyInfo blocks() {
            return blocks;
        }

        public @Nullable VmStat counters() {
            return counters;
        }
    }

    private final SortedMap<Integer, Snapshot> snapshots = new TreeMap<>();
    private List<long[]> ranges = List.of();
    private long overwritten;
    private String clock = "";

    private SnapshotFolder() {}

    /** Reads a folder. {@link IOException} says which file cannot be read, or that there is none. */
    public static SnapshotFolder read(Path folder) throws IOException, TextFormatException {
        SnapshotFolder found = new SnapshotFolder();
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.sorted().toList();
        } catch (IOException e) {
            throw new IOException(folder + ": " + Reason.of(e), e);
        }
        for (Path file : files) {
            try {
                found.add(file);
            } catch (IOException e) {
                throw new IOException(file + ": " + Reason.of(e), e);
            }
        }
        if (found.snapshots.isEmpty()) {
            throw new IOException(folder + ": no snapN.zoneinfo.txt, buddyinfo, vmstat or kpageflags in this folder");
        }
        return found;
    }

    private void add(Path file) throws IOException, TextFormatException {
        String name = String.valueOf(file.getFileName());
        Matcher form = NAME.matcher(name);
        if (form.matches()) {
            Snapshot snapshot =
                    snapshots.computeIfAbsent(Integer.parseInt(String.valueOf(form.group(1))), n -> new Snapshot());
            switch (String.valueOf(form.group(2))) {
                case "zoneinfo" -> snapshot.zones = ZoneInfo.read(file);
                case "buddyinfo" -> snapshot.blocks = BuddyInfo.read(file);
                case "vmstat" -> snapshot.counters = VmStat.read(file);
                default -> snapshot.flags = file;
            }
        } else if (name.equals("kpageflags.ranges.txt")) {
            ranges = PageFlagsDump.ranges(file);
        } else if (STATS.matcher(name).matches() || name.equals("trace_clock.txt")) {
            try (LineReader lines = LineReader.open(file)) {
                for (String line = lines.next(); line != null; line = lines.next()) {
                    Matcher lost = LOST.matcher(line);
                    overwritten += lost.find() ? Long.parseLong(String.valueOf(lost.group(1))) : 0;
                    Matcher chosen = CLOCK.matcher(line.strip());
                    if (chosen.matches()) {
                        String marked = chosen.group(1);
                        clock = marked == null ? String.valueOf(chosen.group(2)) : marked;
                    }
                }
            }
        }
    }

    /** A snapshot, {@code null} if there is none of that number. */
    public @Nullable Snapshot snapshot(int number) {
        return snapshots.get(number);
    }

    /** The numbers of the snapshots. */
    public List<Integer> numbers() {
        return List.copyOf(snapshots.keySet());
    }

    /** The zones as the first snapshot that has them says; {@code null} if none does. */
    public @Nullable ZoneInfo zones() {
        return snapshots.values().stream()
                .map(Snapshot::zones)
                .filter(zones -> zones != null)
                .findFirst()
                .orElse(null);
    }

    /** The ranges of frames that there are, first and the one after the last; empty if nobody says. */
    public List<long[]> ranges() {
        return ranges;
    }

    /** The flags of a snapshot; {@code null} if it has none, or if nobody says of which frames they are. */
    public @Nullable PageFlagsDump flags(Snapshot snapshot) throws IOException, TextFormatException {
        Path file = snapshot.flags;
        return file == null || ranges.isEmpty() ? null : PageFlagsDump.read(file, ranges);
    }

    /** How many events were overwritten or dropped, by the statistics of the ring. */
    public long overwritten() {
        return overwritten;
    }

    /** The clock of the trace, empty if nobody says. */
    public String clock() {
        return clock;
    }
}
