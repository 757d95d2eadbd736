package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Result;
import dev.gaugeblock.oracle.quick.QuickLine;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.TraceReader;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The last events of a trace, and of those before them the ones that say what the machine is and from which the blocks
 * stem that are live when the last ones begin: in memory for these alone.
 */
final class TraceWindow {
    private final TraceReader trace;
    private final QuickLine quick = new QuickLine();
    /** The set-up of the machine, in order. */
    private final List<Event> setUp = new ArrayList<>();
    /** The requests that live blocks come from, by line. */
    private final TreeMap<Long, Event> owned = new TreeMap<>();
    /** Their lines, by the block's first frame. */
    private final Map<Long, Long> lines = new HashMap<>();

    private TraceWindow(TraceReader trace) {
        this.trace = trace;
    }

    /**
     * The events.
     *
     * @param from the line at which the last ones begin
     * @param end the line of the last one
     */
    static List<Event> of(Path file, long from, long end) throws IOException, TextFormatException {
        try (TraceReader trace = TraceReader.open(file)) {
            return of(trace, from, end);
        }
    }

    /** Likewise of a file that has just been opened. */
    static List<Event> of(TraceReader trace, long from, long end) throws TextFormatException {
        return new TraceWindow(trace).read(from, end);
    }

    private List<Event> read(long from, long end) throws TextFormatException {
        List<Event> last = new ArrayList<>();
        boolean hugetlb = trace.header().build().hugetlb();
        while (trace.line().number() < end && trace.advance()) {
            long line = trace.line().number();
            if (line >= from) {
                Event event = trace.event();
                if (event.operation().equals(Operation.RESET.spelling)) {
                    setUp.clear();
                    owned.clear();
                    last.clear();
                }
                last.add(event);
            } else if (quick.read(trace.line(), trace.expectedNumber(), hugetlb)) {
                note(quick.call());
            } else {
                note(trace.event());
            }
        }
        List<Event> all = new ArrayList<>(setUp);
        all.addAll(owned.values());
        all.addAll(last);
        return all;
    }

    private void note(Call call) throws TextFormatException {
        if (call instanceof Call.Alloc alloc && alloc.result().kind() == Result.Kind.GIVEN) {
            own(alloc.result().value(), trace.unread(Operation.ALLOC.spelling));
            return;
        }
        trace.count();
        if (call instanceof Call.Free free) {
            disown(free.pfn());
        }
    }

    private void note(Event event) {
        Operation operation = Operation.named(event.operation());
        if (operation == null) {
            return;
        }
        switch (operation) {
            case RESET -> {
                setUp.clear();
                owned.clear();
                setUp.add(event);
            }
            case ZONES, NCPU, HOLES, RESERVE, BOOT, BOOTQ, SETUP, MINFREE, RATIO, WM, LMR -> setUp.add(event);
            case ALLOC -> {
                if (event.get("r") instanceof Long pfn) {
                    own(pfn, event);
                }
            }
            case FREE, FREECOLD, BUDDYFREE -> {
                if (event.get("pfn") instanceof Long pfn && !"BUG".equals(event.get("r"))) {
                    disown(pfn);
                }
            }
            default -> {
                // Whatever else a breach hangs on is found in a longer window.
            }
        }
    }

    private void own(long pfn, Event event) {
        disown(pfn);
        owned.put(event.position().line(), event);
        lines.put(pfn, event.position().line());
    }

    private void disown(long pfn) {
        Long line = lines.remove(pfn);
        if (line != null) {
            owned.remove(line);
        }
    }
}
