package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.kernel.rule.KernelVersion;
import dev.gaugeblock.kernel.snapshot.PageOwnerDump;
import dev.gaugeblock.kernel.snapshot.SnapshotFolder;
import dev.gaugeblock.kernel.snapshot.ZoneInfo;
import dev.gaugeblock.kernel.trace.KmemEvent;
import dev.gaugeblock.kernel.trace.KmemReader;
import dev.gaugeblock.kernel.trace.LineCounts;
import dev.gaugeblock.kernel.trace.TraceLayout;
import dev.gaugeblock.text.GaveUpException;
import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.initialization.qual.UnknownInitialization;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The check of one trace of a kernel: read once, item after item. */
public final class KmemCheck {
    /**
     * What is wanted.
     *
     * @param first stop at the first finding
     * @param anonymous without the names of tasks
     * @param report whether to tell what is live at the end, too
     * @param snapshots what the kernel says about its memory; {@code null} for nothing
     * @param held what is live before the trace; {@code null} for nothing that is known
     * @param version of the kernel; {@code null} if the trace is to tell
     * @param onlooker looks on; {@code null} for nobody
     */
    public record Wanted(
            boolean first,
            boolean anonymous,
            boolean report,
            @Nullable SnapshotFolder snapshots,
            @Nullable PageOwnerDump held,
            @Nullable KernelVersion version,
            @Nullable KmemOnlooker onlooker) {
        /** While nobody looks on. */
        public Wanted(
                boolean first,
                boolean anonymous,
                boolean report,
                @Nullable SnapshotFolder snapshots,
                @Nullable PageOwnerDump held,
                @Nullable KernelVersion version) {
            this(first, anonymous, report, snapshots, held, version, null);
        }

        /** The same with a report, while somebody looks on. */
        public Wanted with(KmemOnlooker other) {
            return new Wanted(first, anonymous, true, snapshots, held, version, other);
        }
    }

    private final String file;
    private final Wanted wanted;
    private final KmemReader reader;
    private final LiveOwners owners = new LiveOwners();
    private final KmemJudge judge;
    private final KmemTelling telling;
    private final TieGroup ties;
    private final @Nullable SnapshotWatch watch;
    private final @Nullable KmemOnlooker onlooker;
    private final KmemOnlooker.View view = new Known();
    private final List<String> remarks = new ArrayList<>();
    private final Map<Integer, Long> lastLines = new HashMap<>();
    private long lost;
    private boolean hasStarted;

    private KmemCheck(String file, Wanted wanted, KmemReader reader) {
        this.file = file;
        this.wanted = wanted;
        this.onlooker = wanted.onlooker();
        this.reader = reader;
        HeldBefore before = new HeldBefore(wanted.held());
        telling = new KmemTelling(reader, owners, before, wanted.anonymous());
        judge = new KmemJudge(machine(wanted.snapshots(), remarks), owners, telling);
        if (before.size() > 0) {
            long misplaced = judge.begin(before);
            remarks.add("page_owner: " + (before.size() - misplaced) + " blocks are known to be live before the trace"
                    + (misplaced == 0 ? "" : "; " + misplaced + " records are not used: others have their frames"));
        }
        SnapshotFolder snapshots = wanted.snapshots();
        watch = snapshots == null ? null : new SnapshotWatch(snapshots, judge, telling, wanted.version());
        ties = new TieGroup(judge, this::watch);
    }

    private static KmemMachine machine(@Nullable SnapshotFolder snapshots, List<String> remarks) {
        ZoneInfo zones = snapshots == null ? null : snapshots.zones();
        if (snapshots == null || zones == null) {
            return KmemMachine.unknown();
        }
        try {
            return KmemMachine.of(zones, snapshots.ranges());
        } catch (IllegalArgumentException e) {
            remarks.add("zones are no rule here: " + e.getMessage());
            return KmemMachine.unknown();
        }
    }

    /** Checks one file. Whatever is wrong with it, or with reading it, is in the verdict. */
    public static KmemVerdict check(Path file, Wanted wanted) {
        return check(file.toString(), () -> KmemReader.open(file), wanted);
    }

    /** Likewise what a stream has, to its end, with lines of so many bytes at most; messages call it by its name. */
    public static KmemVerdict check(String name, InputStream in, int longestLine, Wanted wanted) {
        return check(name, () -> KmemReader.of(LineReader.of(name, in, longestLine)), wanted);
    }

    /** Where items come from. */
    @FunctionalInterface
    private interface Opener {
        KmemReader open() throws IOException, TextFormatException;
    }

    private static KmemVerdict check(String file, Opener opener, Wanted wanted) {
        try (KmemReader reader = opener.open()) {
            return new KmemCheck(file, wanted, reader).check();
        } catch (TextFormatException e) {
            KmemRuling ruling = e instanceof GaveUpException ? KmemRuling.BROKEN : KmemRuling.UNREADABLE;
            return unread(file, ruling, String.valueOf(e.getMessage()), e.line());
        } catch (IOException e) {
            return unread(file, KmemRuling.UNREADABLE, file + ": " + Reason.of(e), 0);
        } catch (OutOfMemoryError e) {
            return unread(file, KmemRuling.BROKEN, file + ": " + Reason.ofFullHeap(), 0);
        }
    }

    private static KmemVerdict unread(String file, KmemRuling ruling, String why, long line) {
        return new KmemVerdict(
                file,
                ruling,
                why,
                line,
                "",
                "",
                new LineCounts(),
                0,
                0,
                0,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    private KmemVerdict check() throws TextFormatException {
        KmemReader.Item item = reader.next();
        while (item != KmemReader.Item.END) {
            switch (item) {
                case EVENT -> event(reader.event());
                case STACK -> stack();
                case LOSS -> {
                    ties.judge();
                    lost += reader.lost();
                    judge.forget();
                    forgetWatched();
                }
                case BUFFER_STARTED -> {
                    ties.judge();
                    hasStarted = true;
                    judge.startAgain();
                    forgetWatched();
                }
                default -> marker();
            }
            item = isEnough() ? KmemReader.Item.END : reader.next();
        }
        ties.judge();
        return verdict();
    }

    /** What stands before the last {@code buffer started} is not to be believed: it is nothing to stop at. */
    private boolean isEnough() {
        return wanted.first()
                && !judge.findings().isEmpty()
                && (hasStarted || reader.shape().overwritten() == 0);
    }

    private void event(KmemEvent event) {
        lastLines.put(event.cpu(), event.line());
        if (isTied()) {
            ties.add(event);
        } else {
            judge.step(event);
            watch(event);
        }
    }

    private void watch(@UnknownInitialization KmemCheck this, KmemEvent event) {
        if (watch != null) {
            watch.event(event);
        }
        KmemOnlooker.View known = view;
        if (onlooker != null && known != null) { // before the first event there is none
            onlooker.event(event, known);
        }
    }

    private void forgetWatched() {
        if (watch != null) {
            watch.forget();
        }
        if (onlooker != null) {
            onlooker.forgotten();
        }
    }

    private void marker() throws TextFormatException {
        ties.judge();
        if (watch != null) {
            watch.marker(reader.marker(), reader.position().line());
        }
    }

    /** Whether events of one stamp are in no order: with every clock but the counter. */
    private boolean isTied() {
        SnapshotFolder snapshots = wanted.snapshots();
        String clock = snapshots == null ? "" : snapshots.clock();
        return reader.shape().hasStamps() && (clock.isEmpty() ? !reader.shape().isCounter() : !clock.equals("counter"));
    }

    private void stack() {
        if (!ties.stack(reader.stackCpu(), reader.stack())) {
            Long line = lastLines.get(reader.stackCpu());
            if (line != null) {
                owners.stack(line, reader.stack());
                KmemFinding last = judge.findings().last();
                if (last != null && last.line() == line) {
                    last.stack(telling.stack(reader.stack()));
                }
            }
        }
    }

    private KmemVerdict verdict() {
        LineCounts counts = reader.counts();
        if (wanted.anonymous()) {
            counts.leaveOutTasks();
        }
        lost = Math.max(lost - counts.notUnderstood(), reader.shape().overwritten());
        SnapshotFolder snapshots = wanted.snapshots();
        if (snapshots != null) {
            lost = Math.max(lost, snapshots.overwritten());
        }
        KmemRuling ruling = KmemRuling.HOLDS;
        String reason = "";
        long line = 0;
        if (!judge.findings().isEmpty()) {
            KmemFinding first = judge.findings().groups().get(0).first();
            ruling = KmemRuling.VIOLATED;
            line = first.line();
            reason = file + ":" + line + ": " + first.rule() + ": " + first.message();
        } else if (reader.outOfPlace() > 0) {
            ruling = KmemRuling.UNREADABLE;
            line = reader.firstOutOfPlace();
            reason = file + ":" + line + ": the stamp goes back: " + reader.outOfPlace()
                    + " lines stand out of the order of their stamps; give the trace as its kernel printed it";
        } else if (judge.judged() == 0) {
            boolean isTrace = counts.all() + counts.others() + judge.unbelieved() > 0;
            ruling = isTrace ? KmemRuling.INCONCLUSIVE : KmemRuling.UNREADABLE;
            reason = file + ": nothing to check: no event of the page allocator (kmem) that a rule is about"
                    + (isTrace ? "" : ", and no line of a trace");
        } else {
            reason = open(counts);
            ruling = reason.isEmpty() ? ruling : KmemRuling.INCONCLUSIVE;
        }
        if (watch != null) {
            remarks.addAll(watch.remarks());
        }
        TraceLayout layout = reader.shape().layout();
        return new KmemVerdict(
                file,
                ruling,
                reason,
                line,
                layout == null ? "" : layout.label(),
                clock(),
                counts,
                judge.judged(),
                judge.unbelieved(),
                lost,
                judge.soft(),
                judge.findings().groups(),
                watch == null ? List.of() : watch.pairs(),
                remarks,
                wanted.report() && counts.all() > 0 ? report() : null);
    }

    private LiveReport report() {
        LiveTelling live =
                new LiveTelling(judge.liveBlocks(), telling, reader.position().line());
        return watch == null ? live.report(-1, List.of()) : live.report(watch.unseen(), watch.freeBlocks());
    }

    /** Why not all was judged; empty if it was. */
    private String open(LineCounts counts) {
        List<String> why = new ArrayList<>();
        if (lost > 0) {
            why.add(lost + " events were lost");
        }
        if (counts.notUnderstood() > 0) {
            why.add(counts.notUnderstood() + " lines look like events and are not understood, the first is line "
                    + counts.oddities().get(0).line());
        }
        if (watch != null) {
            why.addAll(watch.open());
        }
        if (judge.soft().containsKey(SoftKind.BEYOND)) {
            why.add("frames beyond 1 TiB are not judged");
        }
        return why.isEmpty() ? "" : file + ": not all could be judged: " + String.join("; ", why);
    }

    private String clock() {
        if (!reader.shape().hasStamps()) {
            return "";
        }
        SnapshotFolder snapshots = wanted.snapshots();
        String named = snapshots == null ? "" : snapshots.clock();
        String clock = named.isEmpty() ? reader.shape().isCounter() ? "counter" : "in seconds" : named;
        return clock + (isTied() ? ", events of one stamp on different CPUs are in no order" : "");
    }

    /** What an onlooker sees. */
    private final class Known implements KmemOnlooker.View {
        @Override
        public List<ZoneInfo.Zone> zones() {
            return watch == null ? List.of() : watch.zones();
        }

        @Override
        public List<long[]> ranges() {
            SnapshotFolder snapshots = wanted.snapshots();
            return snapshots == null ? List.of() : snapshots.ranges();
        }

        @Override
        public List<Block> live() {
            return judge.liveBlocks();
        }

        @Override
        public String task(Block block) {
            return telling.task(block);
        }

        @Override
        public boolean hasFreeLists() {
            return watch != null && watch.freeLists() != null;
        }

        @Override
        public void freeLists(KmemOnlooker.BlockTaker taker) {
            BuddyReplay lists = watch == null ? null : watch.freeLists();
            if (lists != null) {
                lists.each(taker);
            }
        }

        @Override
        public String time(long stamp) {
            return stamp < 0 ? "" : telling.time(stamp);
        }
    }
}
