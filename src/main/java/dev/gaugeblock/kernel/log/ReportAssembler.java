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
 * Puts reports together from the lines of a log. Lines of other reports and of anything else may stand between those of
 * one: what belongs to which is told by who printed it, where the log says that, else by what each report still lacks.
 */
final class ReportAssembler {
    /** After so many lines without a part of it, a report is over. */
    private static final int PATIENCE = 1000;

    private static final String NAMES = "(DMA32|DMA|Normal|HighMem|Movable|Device)";
    private static final Pattern PART = Pattern.compile("(?:\\bNode\\s+(\\d{1,4}),?\\s+(?:zone:?\\s+)?)?\\b" + NAMES
            + "(?:\\s+(free):|:\\s+(?=(empty)|\\d+\\*\\d*|\\d*\\*\\d+))|\\b(?:lowmem_reserve|protections?)\\[\\]:");

    /** The end of a line that was wrapped within the name of a zone, or behind it. */
    private static final Pattern ENDS_OPEN =
            Pattern.compile("(?:\\bNode(?: \\d+)?|\\b(?:DMA|DMA32|Normal|HighMem|Movable|Device):?)$");

    private static final Pattern DIGITS = Pattern.compile("[\\d ]+");
    private static final Pattern OF_CGROUP = Pattern.compile("Memory cgroup out of memory|CONSTRAINT_MEMCG"
            + "|Task in .+ killed as a result of limit of|\\bmemory: usage \\d+kB, limit \\d+kB");
    private static final Pattern KILLED = Pattern.compile("Out of [Mm]emory(?: \\([^)]*\\))?: Kill");

    private final Consumer<KernelReport> reports;
    private final Consumer<Oddity> strays;
    private final OpenReports open = new OpenReports();
    private @Nullable ReportHead head;
    private @Nullable LogLine before;
    private @Nullable KernelVersion booted;
    private long parts;
    /** The line in which a part of a report was read last. */
    private long lastPart;

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

    /** Whether a report is under way, so that the line of that number may belong to it. */
    boolean isBusy(long number) {
        return (head != null || !open.isEmpty()) && number - lastPart <= PATIENCE;
    }

    /** Takes the next line in. */
    void add(LogLine line) {
        if (line.number() - lastPart > PATIENCE) {
            end();
        }
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
            lastPart = line.number();
            if (!found.isOpen()) {
                begin(found);
            }
        }
        notice(line);
        boolean taken = takeParts(line);
        if (!taken && going == null && found == null) {
            nameLookalike(line);
        }
        before = line;
    }

    /** The end of the text. */
    void end() {
        if (head != null) {
            begin(head);
        }
        open.pollAll().forEach(this::finish);
    }

    private void begin(ReportHead begun) {
        head = null;
        if (begun.isProse()) {
            return;
        }
        for (KernelReport over = open.pollComplete(); over != null; over = open.pollComplete()) {
            finish(over);
        }
        KernelReport report =
                new KernelReport(begun.first().number(), begun.first().caller(), begun.kind(), begun.asked());
        report.set(booted);
        lastPart = Math.max(lastPart, report.line());
        open(report);
        if (report.asked().mask() == null) {
            report.add(new Oddity(report.line(), begun.first().text(), "the request's mask cannot be read"));
        }
    }

    private void open(KernelReport report) {
        open.add(new OpenReport(report, parts++));
    }

    private void finish(KernelReport report) {
        Plausibility.check(report);
        reports.accept(report);
    }

    /** Takes what lines beside the dump say: the version, the nodes, whose limit was hit. */
    private void notice(LogLine line) {
        String text = line.text();
        KernelVersion boots = VersionText.booting(text);
        booted = boots == null ? booted : boots;
        KernelReport latest = open.latest(line.caller());
        if (latest == null) {
            if (text.contains("Memory cgroup out of memory")) {
                KernelReport lone = new KernelReport(
                        line.number(), line.caller(), ReportKind.MEMCG, new Asked("", null, null, "", null, null));
                lone.end();
                open(lone);
            }
            return;
        }
        KernelVersion running = VersionText.running(before, text);
        if (running != null) {
            latest.set(running);
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

    /** A line that looks like part of a report, and of which nothing was read. */
    private void nameLookalike(LogLine line) {
        String likeness = ReportHead.isInMailHead(line.text()) ? "" : Lookalike.of(line.text());
        if (likeness.isEmpty()) {
            return;
        }
        KernelReport latest = open.latest(line.caller());
        if (latest == null) {
            stray(line, likeness);
        } else {
            note(latest, line, likeness);
            if (Lookalike.isAmounts(line.text())) {
                latest.loseZone();
            }
        }
    }

    /** Takes what a line holds of a dump; whether it holds anything of one. */
    private boolean takeParts(LogLine line) {
        LogLine previous = before;
        String text = line.text();
        boolean endsOpen = previous != null
                && previous.number() >= line.number() - 1
                && ENDS_OPEN.matcher(previous.text()).find();
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
        boolean taken = goOn(line, beforeParts);
        for (int i = 0; i < bounds.size(); i++) {
            int end = i + 1 < bounds.size() ? bounds.get(i + 1)[0] : window.length();
            takePart(
                    line,
                    window.substring(bounds.get(i)[0], bounds.get(i)[1]),
                    window.substring(bounds.get(i)[1], end));
        }
        return taken || !bounds.isEmpty();
    }

    private void takePart(LogLine line, String start, String body) {
        Matcher names = PART.matcher(start + body);
        if (!names.find()) {
            return;
        }
        lastPart = line.number();
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
        OpenReport found = open.awaitingZone(line.caller(), node, type, printsNode);
        if (found == null) {
            lostPart(line, "a zone of no report");
            return;
        }
        ZoneDump dump = found.report.zone(node, type);
        dump.see();
        found.printsNodes(printsNode);
        dump.readIn(line.number());
        found.at(dump, OpenReport.Part.AMOUNTS, parts++);
        note(found.report, line, ZoneText.amounts(dump, "free:" + body));
    }

    private void takeBlocks(LogLine line, int node, ZoneType type, boolean printsNode, String body) {
        OpenReport found = open.awaitingBlocks(line.caller(), node, type, printsNode);
        if (found == null) {
            lostPart(line, "free blocks of no report");
            return;
        }
        ZoneDump dump = found.report.zone(node, type);
        found.printsNodes(printsNode);
        dump.readIn(line.number());
        found.at(dump, OpenReport.Part.BLOCKS, parts++);
        if (body.stripLeading().startsWith("empty")) {
            dump.setEmpty();
        } else {
            note(found.report, line, ZoneText.blocks(dump, body));
        }
    }

    private void takeReserve(LogLine line, boolean protections, String body) {
        OpenReport found = open.awaitingReserve(line.caller());
        ZoneDump dump = found == null ? null : found.zone();
        if (found == null || dump == null) {
            lostPart(line, "reserves of no zone");
            return;
        }
        dump.readIn(line.number());
        found.at(dump, OpenReport.Part.RESERVE, parts++);
        if (protections) {
            dump.setProtections();
        }
        note(found.report, line, ZoneText.reserve(dump, body));
    }

    /** A line that goes on with what the one before it began with; whether it does. */
    private boolean goOn(LogLine line, String text) {
        OpenReport last = open.lastTouched(line.caller());
        ZoneDump dump = last == null ? null : last.zone();
        if (last == null || dump == null || text.isEmpty()) {
            return false;
        }
        LogLine previous = before;
        boolean next = previous != null && previous.number() >= line.number() - 1;
        switch (last.part()) {
            case AMOUNTS -> {
                if (ZoneText.goesOnWithAmounts(text)) {
                    note(last.report, line, ZoneText.amounts(dump, text));
                    return true;
                }
            }
            case BLOCKS -> {
                if (next && dump.awaitsSum() && ZoneText.isSum(text)) {
                    note(last.report, line, ZoneText.blocks(dump, "= " + text));
                    return true;
                }
                if (!dump.isListsEnded() && ZoneText.goesOnWithBlocks(text)) {
                    note(last.report, line, ZoneText.blocks(dump, text));
                    return true;
                }
            }
            case RESERVE -> {
                if (next && DIGITS.matcher(text).matches()) {
                    note(last.report, line, ZoneText.reserve(dump, text));
                    return true;
                }
            }
            case NONE -> {
                // Nothing is under way.
            }
        }
        return false;
    }

    private static void note(KernelReport report, LogLine line, String problem) {
        if (!problem.isEmpty()) {
            report.add(new Oddity(line.number(), line.text(), problem));
        }
    }

    /** A part that belongs to nothing that was read: of a report whose dump is under way, a zone is lost. */
    private void lostPart(LogLine line, String what) {
        KernelReport latest = open.latest(line.caller());
        if (latest == null || latest.hasLists() || latest.isEnded()) {
            stray(line, what);
        } else {
            note(latest, line, what);
            latest.loseZone();
        }
    }

    private void stray(LogLine line, String what) {
        strays.accept(new Oddity(line.number(), line.text(), what));
    }
}
