package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.MemoryMap;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.Times;
import dev.gaugeblock.oracle.trace.TraceReader;
import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.TextFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The last events of a file up to one that is wrong, and what was owned before them, as the file tells it: read a
 * second time, for a picture. What is told is taken as it is, right or wrong.
 *
 * @param memory {@code null} if the file does not say what the machine is
 * @param isBooted whether what nobody owns was free at the beginning; else nobody knows
 * @param own frames that the allocator keeps for itself: first frame and how many
 * @param before the blocks that are owned when the first of the steps begins
 * @param steps in the order in which they take effect: what gives back at its call, what hands out at its return
 * @param wrong index of the step that is wrong; -1 if it is not among them
 */
public record LastEvents(
        @Nullable MemoryMap memory,
        boolean isBooted,
        List<MemoryMap.Range> own,
        List<Owned> before,
        List<Step> steps,
        int wrong) {
    /**
     * A block that the file says was handed out.
     *
     * @param first its first frame
     * @param frames how many it has, from 1
     * @param line of the event that handed it out
     * @param text that event, as JSON
     */
    public record Owned(long first, long frames, long line, String text) {
        /** The frame after its last. */
        public long end() {
            return first + frames;
        }

        Owned rest(long from, long to) {
            return new Owned(from, to - from, line, text);
        }
    }

    /**
     * An event, and what it does to who owns what.
     *
     * @param line of the file, from 1
     * @param event its number, from 0
     * @param operation its name
     * @param text all of it, as JSON
     * @param cpu -1 if it says none
     * @param times when it was called and returned; {@code null} if it does not say
     * @param first the first frame that it is about; -1 for none
     * @param frames how many they are
     * @param begins blocks that are owned from now on
     * @param ends blocks that are not any more
     */
    public record Step(
            long line,
            long event,
            String operation,
            String text,
            int cpu,
            @Nullable Times times,
            long first,
            long frames,
            List<Owned> begins,
            List<Owned> ends) {}

    /** So many lines are looked back from the wrong one. */
    public static final int MOST = 200;

    /** Lines behind it are only taken if they were called before it was judged, and no more of them. */
    private static final int MOST_BEHIND = 100;

    /** Those of a file that the verdict is about. */
    public static LastEvents of(Path file, ContractFinding found) throws IOException, TextFormatException {
        long line = found.line();
        return of(file, line, Math.max(line, Math.min(found.knownAt(), line + MOST_BEHIND)));
    }

    /** Those of a file up to a line. */
    public static LastEvents of(Path file, long line) throws IOException, TextFormatException {
        return of(file, line, line);
    }

    private static LastEvents of(Path file, long line, long end) throws IOException, TextFormatException {
        try (TraceReader trace = TraceReader.open(file)) {
            return of(trace, line, end);
        }
    }

    /**
     * Those of a file's lines.
     *
     * @param line number of the wrong one, from 1
     */
    public static LastEvents of(List<String> lines, long line) throws IOException, TextFormatException {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try (TraceReader trace = TraceReader.of(LineReader.of("the sequence", new ByteArrayInputStream(bytes)))) {
            return of(trace, line, Math.min(lines.size(), line + MOST_BEHIND));
        }
    }

    private static LastEvents of(TraceReader trace, long line, long end) throws TextFormatException {
        long from = line - MOST + 1;
        OwnedBlocks owned = new OwnedBlocks(trace.header());
        Setting setting = new Setting();
        List<Event> last = new ArrayList<>();
        for (Event event : TraceWindow.of(trace, from, end)) {
            if (owned.isInForm(event)) {
                setting.note(event);
            }
            if (event.position().line() < from) {
                owned.take(event);
            } else {
                last.add(event);
            }
        }
        List<Owned> before = owned.blocks();
        List<Step> steps = new ArrayList<>();
        int wrong = -1;
        for (Event event : owned.inOrder(last)) {
            wrong = event.position().line() == line ? steps.size() : wrong;
            steps.add(owned.take(event));
        }
        return new LastEvents(setting.memory(), setting.isBooted, setting.own, before, steps, wrong);
    }

    /** What events say of the machine. */
    private static final class Setting {
        private ContractSetup setup = new ContractSetup();
        private boolean isBooted;
        private List<MemoryMap.Range> own = new ArrayList<>();

        void note(Event event) {
            Operation operation = Operation.named(event.operation());
            if (operation == null) {
                return;
            }
            switch (operation) {
                case RESET -> {
                    setup = new ContractSetup();
                    isBooted = false;
                    own = new ArrayList<>();
                }
                case ZONES ->
                    setup.zones(
                            event.integers("sizes"),
                            event.integer("node_start"),
                            event.has("names") ? event.texts("names") : List.of());
                case RESERVE -> own.add(new MemoryMap.Range(event.integer("pfn"), event.integer("count")));
                case BOOT, BOOTQ -> {
                    isBooted = !JsonText.of(event.get("mode")).equals("\"none\"");
                    if (setup.isDescribed()) {
                        setup.own(event).forEach(range -> own.add(new MemoryMap.Range(range[0], range[1])));
                    }
                }
                default -> {
                    // It says nothing of what there is.
                }
            }
        }

        @Nullable
        MemoryMap memory() {
            return setup.isDescribed() ? setup.memory() : null;
        }
    }
}
