package dev.gaugeblock.kernel.log;

import dev.gaugeblock.kernel.rule.KernelVersion;
import dev.gaugeblock.kernel.rule.ZoneType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Puts reports together from the lines of a log. Lines of other reports and of anything else may stand between those of one: what
 * belongs to which is told by who printed it, where the log says that, else by what each report still lacks.
 */
final class ReportAssembler {
    /** After so many lines without a part of it, a report is over. */
    private static final int PATIENCE = 1000;

    private static final String NAMES = "(DMA32|DMA|Normal|HighMem|Movable|Device)";
    private static final Pattern PART = Pattern.compile("(?:\\bNode\\s+(\\d{1,4}),?\\s+(?:zone:?\\s+)?)?\\b" + NAMES
            + "(?:\\s+(free):|:\\s+(?=(empty)|\\d+\\*\\d*|\\d*\\*\\d+))|\\b(?:lowmem_reserve|protections?)\\[\\]:");

    private static final Pattern VERSION = Pattern.compile("\\bLinux version (\\d\\S*)");
    private static final Pattern TAINTED =
            Pattern.compile("[Tt]ainted\\b.{0,60}?\\s(\\d{1,2}\\.\\d{1,3}(?:[.-]\\S*)?)");
    private static final Pattern OF_CGROUP = Pattern.compile("Memory cgroup out of memory|CONSTRAINT_MEMCG"
            + "|Task in .+ killed as a result of limit of|\\bmemory: usage \\d+kB, limit \\d+kB");
    private static final Pattern KILLED = Pattern.compile("Out of [Mm]emory(?: \\([^)]*\\))?: Kill");

    private final Consumer<KernelReport> reports;
    private final Consumer<Oddity> strays;
    private final Deque<KernelReport> open = new ArrayDeque<>();
    private @Nullable Head head;
    private @Nullable LogLine before;
    private @Nullable KernelVersion booted;
    private int sinceLastPart;

    // What a line may go on with.
    private @Nullable KernelReport last;
    private @Nullable ZoneDump zone;
    private Part part = Part.NONE;

    private enum Part {
        NONE,
        AMOUNTS,
        RESERVE,
        BLOCKS
    }

    /**
     * An assembler.
     *
     * @param reports gets each report when it is complete, in the order of their beginnings
     * @param strays gets what looks like part of a report and belongs to none
     */
    ReportAssembler(Consumer<KernelReport> reports, Consumer<Oddity> strays) {
        this.reports = reports;
        this.strays = strays;
    }

    /** Whether a report is under way, so that each line may belong to it. */
    boolean isBusy() {
        return head != null || !open.isEmpty();
    }

    /** Takes the next line in. */
    void add(LogLine line) {
        sinceLastPart++;
        Head going = head;
        if (going != null) {
            going.add(line);
            if (!going.isOpen()) {
                begin(going);
            }
        }
        Head found = Head.in(before, line);
        if (found != null
                && (going == null || going.first().number() != found.first().number())) {
            if (head != null) {
                begin(head);
            }
            head = found;
            if (!found.isOpen()) {
                begin(found);
            }
        }
        notice(line);
        takeParts(line);
        before = line;
        if (sinceLastPart > PATIENCE) {
            end();
        }
    }

    /** The end of the text. */
    void end() {
        if (head != null) {
            begin(head);
        }
        open.forEach(this::finish);
        open.clear();
        last = null;
        zone = null;
        part = Part.NONE;
    }

    private void begin(Head begun) {
        head = null;
        if (begun.isProse()) {
            return;
        }
        while (!open.isEmpty() && (open.element().hasLists() || open.element().isEnded())) {
            finish(open.remove());
        }
        KernelReport report =
                new KernelReport(begun.first().number(), begun.first().caller(), begun.kind(), begun.asked());
        report.set(booted);
        open.add(report);
        sinceLastPart = 0;
        if (report.asked().mask() == null) {
            report.add(new Oddity(report.line(), begun.first().text(), "the request's mask cannot be read"));
        }
    }

    private void finish(KernelReport report) {
        Plausibility.check(report);
        reports.accept(report);
    }

    /** Takes what lines beside the dump say: the version, the nodes, whose limit was hit. */
    private void notice(LogLine line) {
        String text = line.text();
        Matcher version = VERSION.matcher(text);
        if (text.contains("Linux version") && version.find()) {
            booted = KernelVersion.parse(String.valueOf(version.group(1)));
        }
        KernelReport latest = latest(line.caller());
        if (latest == null) {
            if (text.contains("Memory cgroup out of memory")) {
                KernelReport lone = new KernelReport(
                        line.number(), line.caller(), ReportKind.MEMCG, new Asked("", null, null, "", null, null));
                lone.end();
                open.add(lone);
            }
            return;
        }
        if (text.contains("ainted")) {
            Matcher tainted = TAINTED.matcher(text);
            KernelVersion running = tainted.find() ? KernelVersion.parse(String.valueOf(tainted.group(1))) : null;
            if (running != null) {
                latest.set(running);
            }
        }
        if (text.contains("mems_allowed=") || text.contains("nodemask=")) {
            latest.set(Head.withNodes(latest.asked(), text));
        }
        boolean oom = latest.kind() == ReportKind.OOM_KILL && !latest.isEnded();
        if (oom && OF_CGROUP.matcher(text).find()) {
            latest.set(ReportKind.MEMCG);
        }
        if (oom && KILLED.matcher(text).find()) {
            latest.end();
        }
    }

    private @Nullable KernelReport latest(String caller) {
        KernelReport latest = null;
        for (KernelReport report : open) {
            if (latest == null
                    || report.caller().equals(caller)
                    || !latest.caller().equals(caller)) {
                latest = report;
            }
        }
        return latest;
    }

    private void takeParts(LogLine line) {
        LogLine previous = before;
        String text = line.text();
        boolean endsOpen = previous != null
                && previous.number() >= line.number() - 1
                && previous.text()
                        .matches(
                                ".*(?:Node|Node \\d+|DMA|DMA32|Normal|HighMem|Movable|Device|DMA32:|DMA:|Normal:|HighMem:|Movable:)");
        String tail = endsOpen && previous != null ? previous.text() + " " : "";
        String window = tail + text;
        Matcher each = PART.matcher(window);
        int from = -1;
        List<int[]> bounds = new ArrayList<>();
        while (each.find()) {
            if (each.end() > tail.length()) {
                bounds.add(new int[] {each.start(), each.end()});
                from = from < 0 ? each.start() : from;
            }
        }
        String beforeParts = from < 0 ? text : window.substring(Math.min(tail.length(), from), from);
        goOn(line, beforeParts);
        for (int i = 0; i < bounds.size(); i++) {
            int end = i + 1 < bounds.size() ? bounds.get(i + 1)[0] : window.length();
            takePart(
                    line,
                    window.substring(bounds.get(i)[0], bounds.get(i)[1]),
                    window.substring(bounds.get(i)[1], end));
        }
    }

    private void takePart(LogLine line, String start, String body) {
        Matcher names = PART.matcher(start + body);
        if (!names.find()) {
            return;
        }
        sinceLastPart = 0;
        String name = names.group(2);
        if (name == null) {
            takeReserve(line, body, start.startsWith("protection"));
            return;
        }
        ZoneType type = ZoneType.named(name);
        int node = names.group(1) == null ? 0 : Integer.parseInt(String.valueOf(names.group(1)));
        if (type == null) {
            return;
        }
        if (names.group(3) != null) {
            takeAmounts(line, node, type, body);
        } else {
            takeBlocks(line, node, type, body);
        }
    }

    private void takeAmounts(LogLine line, int node, ZoneType type, String body) {
        KernelReport report = lackingZone(line.caller(), node, type);
        if (report == null) {
            stray(line, "a zone of no report");
            return;
        }
        ZoneDump dump = report.zone(node, type);
        dump.see();
        set(report, dump, Part.AMOUNTS);
        note(report, line, ZoneText.amounts(dump, "free:" + body));
    }

    private void takeBlocks(LogLine line, int node, ZoneType type, String body) {
        KernelReport report = lackingBlocks(line.caller(), node, type);
        if (report == null) {
            stray(line, "free blocks of no report");
            return;
        }
        ZoneDump dump = report.zone(node, type);
        set(report, dump, Part.BLOCKS);
        if (body.stripLeading().startsWith("empty")) {
            dump.setEmpty();
        } else {
            note(report, line, ZoneText.blocks(dump, body));
        }
    }

    private void takeReserve(LogLine line, String body, boolean protections) {
        KernelReport report = last;
        ZoneDump dump = zone;
        if (report == null || dump == null || dump.hasReserve() || part == Part.BLOCKS) {
            for (KernelReport other : open) {
                for (ZoneDump each : other.zones()) {
                    boolean lacks = other != last && each.isSeen() && !each.hasReserve() && !each.hasLists();
                    if (lacks) {
                        report = other;
                        dump = each;
                    }
                }
            }
        }
        if (report == null || dump == null || dump.hasReserve()) {
            stray(line, "reserves of no zone");
            return;
        }
        set(report, dump, Part.RESERVE);
        if (protections) {
            dump.setProtections();
        }
        note(report, line, ZoneText.reserve(dump, body));
    }

    /** A line that goes on with what the one before it began with. */
    private void goOn(LogLine line, String text) {
        KernelReport report = last;
        ZoneDump dump = zone;
        if (report == null || dump == null || text.isEmpty()) {
            return;
        }
        LogLine previous = before;
        boolean next = previous != null && previous.number() >= line.number() - 1;
        switch (part) {
            case AMOUNTS -> {
                if (ZoneText.goesOnWithAmounts(text)) {
                    note(report, line, ZoneText.amounts(dump, text));
                }
            }
            case BLOCKS -> {
                if (!dump.isListsEnded() && ZoneText.goesOnWithBlocks(text)) {
                    note(report, line, ZoneText.blocks(dump, text));
                }
            }
            case RESERVE -> {
                if (next && text.matches("[\\d ]+")) {
                    note(report, line, ZoneText.reserve(dump, text));
                }
            }
            default -> {
                // Nothing is under way.
            }
        }
    }

    private void set(KernelReport report, ZoneDump dump, Part newPart) {
        last = report;
        zone = dump;
        part = newPart;
    }

    /** The report that a zone's line belongs to: the first that may still lack it. */
    private @Nullable KernelReport lackingZone(String caller, int node, ZoneType type) {
        KernelReport fallback = null;
        for (KernelReport report : candidates(caller)) {
            ZoneDump known = report.find(node, type);
            if (known != null && known.isSeen() || report.isEnded() && report.hasLists()) {
                continue;
            }
            fallback = report;
            if (!report.hasLists() && isBehindAll(report, node, type)) {
                return report;
            }
        }
        return fallback;
    }

    private static boolean isBehindAll(KernelReport report, int node, ZoneType type) {
        for (ZoneDump each : report.zones()) {
            boolean before =
                    each.node() < node || each.node() == node && each.type().compareTo(type) < 0;
            if (!before) {
                return false;
            }
        }
        return true;
    }

    private @Nullable KernelReport lackingBlocks(String caller, int node, ZoneType type) {
        KernelReport fallback = null;
        for (KernelReport report : candidates(caller)) {
            ZoneDump known = report.find(node, type);
            if (known != null && !known.hasLists() && !known.isEmpty()) {
                return report;
            }
            if (known == null) {
                fallback = report;
            }
        }
        return fallback;
    }

    private List<KernelReport> candidates(String caller) {
        List<KernelReport> same = new ArrayList<>();
        for (KernelReport report : open) {
            if (!caller.isEmpty() && report.caller().equals(caller)) {
                same.add(report);
            }
        }
        return same.isEmpty() ? new ArrayList<>(open) : same;
    }

    private static void note(KernelReport report, LogLine line, String problem) {
        if (!problem.isEmpty()) {
            report.add(new Oddity(line.number(), line.text(), problem));
        }
    }

    private void stray(LogLine line, String what) {
        strays.accept(new Oddity(line.number(), line.text(), what));
    }
}
