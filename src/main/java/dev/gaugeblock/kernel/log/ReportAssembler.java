package dev.gaugeblock.kernel.log;

import dev.gaugeblock.kernel.rule.KernelVersion;
import dev.gaugeblock.kernel.rule.ZoneType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Puts reports together from the lines of a log. Lines of other reports and of anything else may stand between those
 * of one: what belongs to which is told by who printed it, where the log says that, else by what each report still
 * lacks.
 */
final class ReportAssembler {
    /** After so many lines without a part of it, a report is over. */
    private static final int PATIENCE = 1000;

    /** Reports that begin so many lines apart are printed by several CPUs at the same time. */
    private static final int CLUSTER = 5;

    private static final String NAMES = "(DMA32|DMA|Normal|HighMem|Movable|Device)";
    private static final Pattern PART = Pattern.compile("(?:\\bNode\\s+(\\d{1,4}),?\\s+(?:zone:?\\s+)?)?\\b" + NAMES
            + "(?:\\s+(free):|:\\s+(?=(empty)|\\d+\\*\\d*|\\d*\\*\\d+))|\\b(?:lowmem_reserve|protections?)\\[\\]:");

    /** The end of a line that was wrapped within the name of a zone, or behind it. */
    private static final Pattern ENDS_OPEN =
            Pattern.compile("(?:\\bNode(?: \\d+)?|\\b(?:DMA|DMA32|Normal|HighMem|Movable|Device):?)$");

    private static final int LONGEST_CARRIED = 40;
    private static final Pattern DIGITS = Pattern.compile("[\\d ]+");
    private static final Pattern VERSION = Pattern.compile("\\bLinux version (\\d\\S*)");
    private static final Pattern TAINTED =
            Pattern.compile("[Tt]ainted\\b.{0,60}?\\s(\\d{1,2}\\.\\d{1,3}(?:[.-]\\S*)?)");
    private static final Pattern OF_CGROUP = Pattern.compile("Memory cgroup out of memory|CONSTRAINT_MEMCG"
            + "|Task in .+ killed as a result of limit of|\\bmemory: usage \\d+kB, limit \\d+kB");
    private static final Pattern KILLED = Pattern.compile("Out of [Mm]emory(?: \\([^)]*\\))?: Kill");

    private final Consumer<KernelReport> reports;
    private final Consumer<Oddity> strays;
    private final List<OpenReport> open = new ArrayList<>();
    private @Nullable ReportHead head;
    private @Nullable LogLine before;
    private @Nullable KernelVersion booted;
    /** The end of the lines before, if they break off within the name of a zone. */
    private String carried = "";

    private long parts;
    private int sinceLastPart;
    /** Whether the parts of several reports stand by turns, as several CPUs print at the same time. */
    private boolean mixed;

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
        ReportHead going = head;
        if (going != null) {
            going.add(line);
            if (!going.isOpen()) {
                begin(going);
            }
        }
        ReportHead found = ReportHead.in(before, line);
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
        open.forEach(each -> finish(each.report));
        open.clear();
    }

    private void begin(ReportHead begun) {
        head = null;
        if (begun.isProse()) {
            return;
        }
        while (!open.isEmpty()
                && (open.get(0).report.hasLists() || open.get(0).report.isEnded())) {
            finish(open.remove(0).report);
        }
        KernelReport report =
                new KernelReport(begun.first().number(), begun.first().caller(), begun.kind(), begun.asked());
        report.set(booted);
        open(report);
        mixed = false;
        if (report.asked().mask() == null) {
            report.add(new Oddity(report.line(), begun.first().text(), "the request's mask cannot be read"));
        }
    }

    private void open(KernelReport report) {
        open.add(new OpenReport(report, parts++));
        sinceLastPart = 0;
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
                open(lone);
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
            latest.set(ReportHead.withNodes(latest.asked(), text));
        }
        boolean oom = latest.kind() == ReportKind.OOM_KILL && !latest.isEnded();
        if (oom && OF_CGROUP.matcher(text).find()) {
            latest.set(ReportKind.MEMCG);
        }
        if (oom && KILLED.matcher(text).find()) {
            latest.end();
        }
    }

    /** The report that was begun last, of those of the caller if it has any. */
    private @Nullable KernelReport latest(String caller) {
        List<OpenReport> candidates = candidates(caller);
        return candidates.isEmpty() ? null : candidates.get(candidates.size() - 1).report;
    }

    private void takeParts(LogLine line) {
        String text = line.text();
        String tail = carried;
        String window = tail + text;
        carried = ENDS_OPEN.matcher(window).find()
                ? window.substring(Math.max(0, window.length() - LONGEST_CARRIED)) + " "
                : "";
        Matcher each = PART.matcher(window);
        int from = -1;
        List<int[]> bounds = new ArrayList<>();
        while (each.find()) {
            if (each.end() >= tail.length()) {
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
        boolean printsNode = names.group(1) != null;
        if (name == null) {
            takeReserve(line, start.startsWith("protection"), body);
            return;
        }
        ZoneType type = ZoneType.named(name);
        int node = names.group(1) == null ? 0 : Integer.parseInt(String.valueOf(names.group(1)));
        if (type == null) {
            return;
        }
        if (names.group(3) != null) {
            takeAmounts(line, node, type, printsNode, body);
        } else {
            takeBlocks(line, node, type, printsNode, body);
        }
    }

    private void takeAmounts(LogLine line, int node, ZoneType type, boolean printsNode, String body) {
        OpenReport found = awaitingZone(line.caller(), node, type, printsNode);
        if (found == null) {
            stray(line, "a zone of no report");
            return;
        }
        ZoneDump dump = found.report.zone(node, type);
        dump.see();
        found.printsNodes(printsNode);
        found.at(dump, OpenReport.Part.AMOUNTS, parts++);
        note(found.report, line, ZoneText.amounts(dump, "free:" + body));
    }

    private void takeBlocks(LogLine line, int node, ZoneType type, boolean printsNode, String body) {
        OpenReport found = awaitingBlocks(line.caller(), node, type, printsNode);
        if (found == null) {
            stray(line, "free blocks of no report");
            return;
        }
        ZoneDump dump = found.report.zone(node, type);
        found.printsNodes(printsNode);
        found.at(dump, OpenReport.Part.BLOCKS, parts++);
        if (body.stripLeading().startsWith("empty")) {
            dump.setEmpty();
        } else {
            note(found.report, line, ZoneText.blocks(dump, body));
        }
    }

    private void takeReserve(LogLine line, boolean protections, String body) {
        OpenReport found = null;
        for (OpenReport each : candidates(line.caller())) {
            boolean better = found == null || (mixed ? each.touched < found.touched : each.touched > found.touched);
            found = each.awaitsReserve() && better ? each : found;
        }
        ZoneDump dump = found == null ? null : found.zone();
        if (found == null || dump == null) {
            stray(line, "reserves of no zone");
            return;
        }
        found.at(dump, OpenReport.Part.RESERVE, parts++);
        if (protections) {
            dump.setProtections();
        }
        if (!body.isBlank()) {
            note(found.report, line, ZoneText.reserve(dump, body));
        }
    }

    /** A line that goes on with what the one before it began with. */
    private void goOn(LogLine line, String text) {
        OpenReport last = null;
        for (OpenReport each : candidates(line.caller())) {
            last = last == null || each.touched > last.touched ? each : last;
        }
        ZoneDump dump = last == null ? null : last.zone();
        if (last == null || dump == null || text.isEmpty()) {
            return;
        }
        LogLine previous = before;
        boolean next = previous != null && previous.number() >= line.number() - 1;
        switch (last.part()) {
            case AMOUNTS -> {
                if (ZoneText.goesOnWithAmounts(text)) {
                    note(last.report, line, ZoneText.amounts(dump, text));
                }
            }
            case BLOCKS -> {
                if (!dump.isListsEnded() && ZoneText.goesOnWithBlocks(text)) {
                    note(last.report, line, ZoneText.blocks(dump, text));
                }
            }
            case RESERVE -> {
                if (next && DIGITS.matcher(text).matches()) {
                    note(last.report, line, ZoneText.reserve(dump, text));
                }
            }
            case NONE -> {
                // Nothing is under way.
            }
        }
    }

    /** The report that a zone's line belongs to. */
    private @Nullable OpenReport awaitingZone(String caller, int node, ZoneType type, boolean printsNode) {
        List<OpenReport> able = new ArrayList<>();
        OpenReport last = null;
        for (OpenReport each : candidates(caller)) {
            last = last == null || each.touched > last.touched ? each : last;
            if (each.isOfStyle(printsNode) && each.mayTake(node, type)) {
                able.add(each);
            }
        }
        if (able.isEmpty()) {
            return unordered(caller, node, type);
        }
        boolean lastMay = last != null && able.contains(last);
        boolean others = able.size() > (lastMay ? 1 : 0);
        mixed |= others && last != null && last.awaitsReserve();
        if (mixed) {
            OpenReport oldest = able.get(0);
            for (OpenReport each : able) {
                boolean rather = each != last && (oldest == last || each.touched < oldest.touched);
                oldest = rather ? each : oldest;
            }
            return oldest;
        }
        if (lastMay && last != null && last.report.hasZones()) {
            return last;
        }
        return firstOfCluster(able);
    }

    /** Of reports that begin within a few lines, the dump of the first comes first. */
    private static OpenReport firstOfCluster(List<OpenReport> able) {
        OpenReport first = able.get(able.size() - 1);
        for (int i = able.size() - 2; i >= 0; i--) {
            OpenReport earlier = able.get(i);
            boolean near = first.report.line() - earlier.report.line() <= CLUSTER;
            if (near && !earlier.report.hasZones()) {
                first = earlier;
            }
        }
        return first;
    }

    /** Zones may stand in another order than that of the kernel, where somebody quoted them. */
    private @Nullable OpenReport unordered(String caller, int node, ZoneType type) {
        OpenReport found = null;
        for (OpenReport each : candidates(caller)) {
            ZoneDump known = each.report.find(node, type);
            found = known == null || !known.isSeen() ? each : found;
        }
        return found;
    }

    private @Nullable OpenReport awaitingBlocks(String caller, int node, ZoneType type, boolean printsNode) {
        OpenReport found = null;
        OpenReport unseen = null;
        for (OpenReport each : candidates(caller)) {
            boolean better = found == null || (mixed ? each.touched < found.touched : each.touched > found.touched);
            boolean fits = each.isOfStyle(printsNode) && each.awaitsBlocks(node, type);
            found = fits && better ? each : found;
            unseen = each.isOfStyle(printsNode) && each.report.find(node, type) == null ? each : unseen;
        }
        return found == null ? unseen : found;
    }

    private List<OpenReport> candidates(String caller) {
        List<OpenReport> same = new ArrayList<>();
        for (OpenReport each : open) {
            if (!caller.isEmpty() && each.report.caller().equals(caller)) {
                same.add(each);
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
