package dev.gaugeblock.kernel.trace;

import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the events of a kernel's page allocator from text, item after item, in memory for one line. Losses, markers and
 * stacks come as items of their own; what looks like an event and is not understood is counted, and is a loss.
 */
public final class KmemReader implements Closeable {
    /** What {@link #next} found. */
    public enum Item {
        /** See {@link #event}. */
        EVENT,
        /** A text that somebody wrote into the trace; see {@link #marker}. */
        MARKER,
        /** Events were lost here, or a line is not understood; see {@link #lost}. */
        LOSS,
        /** The call chain of the last event of a CPU; see {@link #event}'s CPU and {@link #stack}. */
        STACK,
        /** From here on the events of one more CPU are there. */
        BUFFER_STARTED,
        END
    }

    private static final int MOST_TASKS = 1 << 20;
    private static final int MOST_STACKS = 1 << 16;
    private static final int LARGEST_PAGEBLOCK = 10;

    private final LineReader lines;
    private final KmemLine line = new KmemLine();
    private final KmemFields fields = new KmemFields();
    private final KmemEvent event = new KmemEvent();
    private final ByteWords tasks = new ByteWords(MOST_TASKS);
    private final ByteWords stacks = new ByteWords(MOST_STACKS);
    private final ByteWords names = new ByteWords(1 << 10);
    private @Nullable KmemKind[] kinds = new @Nullable KmemKind[0];
    private final LineCounts counts = new LineCounts();
    private final Stamps stamps = new Stamps();
    private final TraceShape shape = new TraceShape();

    private boolean isRead;
    private boolean isAfterEvent;
    private String marker = "";
    private long lost;
    private int stack = KmemEvent.NONE;
    private int stackCpu = KmemEvent.NONE;
    private byte[] chain = new byte[1 << 12];
    private int chainLength;

    private KmemReader(LineReader lines) {
        this.lines = lines;
    }

    /** Opens a file, plain or gzip; {@code -} for standard input. */
    public static KmemReader open(Path file) throws IOException, TextFormatException {
        return new KmemReader(LineReader.open(file));
    }

    /** Reads from lines that are open already. */
    public static KmemReader of(LineReader lines) {
        return new KmemReader(lines);
    }

    /** Goes to the next item. */
    public Item next() throws TextFormatException {
        while (isRead || lines.advance()) {
            isRead = false;
            Item item = item(lines.bytes(), length());
            if (item != null) {
                isAfterEvent = item == Item.EVENT;
                return item;
            }
        }
        return Item.END;
    }

    private int length() {
        int length = lines.length();
        return length > 0 && lines.bytes()[length - 1] == '\r' ? length - 1 : length;
    }

    private @Nullable Item item(byte[] bytes, int length) throws TextFormatException {
        if (length == 0) {
            isAfterEvent = false;
            return null;
        }
        if (bytes[0] == '#') {
            return header();
        }
        if (!line.read(bytes, length)) {
            return noEvent();
        }
        if (line.isNameLike("mm_page")) {
            return kmem();
        }
        if (line.isNamed("tracing_mark_write") || line.isNamed("print")) {
            String body = line.body();
            marker = body.startsWith("tracing_mark_write: ") ? body.substring(20) : body;
            return Item.MARKER;
        }
        if (line.isNameLike("<stack") || line.isNamed("kernel_stack")) {
            stackCpu = line.cpu;
            return chain();
        }
        if (line.isNameLike("PERF_RECORD_LOST")) {
            return loss(lines.text());
        }
        counts.addOther();
        return null;
    }

    private Item kmem() throws TextFormatException {
        KmemKind kind = kind();
        event.line = lines.number();
        if (kind == null) {
            return notUnderstood("it is no event that this version knows");
        }
        event.kind = kind;
        String problem = fields.read(line, event);
        if (problem != null) {
            return notUnderstood(problem);
        }
        event.cpu = line.cpu;
        event.stamp = line.stamp;
        event.isInterrupt = line.isInterrupt;
        event.task =
                line.taskTo > line.taskFrom ? tasks.number(line.bytes, line.taskFrom, line.taskTo) : KmemEvent.NONE;
        event.at(line.bytes, line.length, line.cpuFrom);
        shape.note(line, event, this::position);
        if (event.pageblockOrder > LARGEST_PAGEBLOCK) {
            throw position()
                    .error("pageblock_order=" + event.pageblockOrder
                            + ": the pages of this machine are larger than 4 KiB (64 KiB where it is 13), of which the"
                            + " profile says nothing; record on a kernel with pages of 4 KiB");
        }
        if (event.stamp != KmemEvent.NONE) {
            stamps.note(event.cpu, event.stamp, position());
        }
        counts.add(kind);
        return Item.EVENT;
    }

    private @Nullable KmemKind kind() {
        int name = names.number(line.bytes, line.nameFrom, line.nameTo);
        if (name >= kinds.length) {
            int from = kinds.length;
            kinds = Arrays.copyOf(kinds, name + 1);
            for (int i = from; i < kinds.length; i++) {
                kinds[i] = KmemKind.named(names.text(i));
            }
        }
        return kinds[name];
    }

    private Item notUnderstood(String why) throws TextFormatException {
        counts.addOddity(lines.number(), new String(line.bytes, 0, line.length, StandardCharsets.UTF_8), why);
        lost = 1;
        return Item.LOSS;
    }

    private @Nullable Item header() throws TextFormatException {
        String text = lines.text();
        if (text.contains("buffer started")) {
            return Item.BUFFER_STARTED;
        }
        shape.header(text);
        return null;
    }

    private @Nullable Item noEvent() throws TextFormatException {
        boolean isLoss = line.startsWith(0, "CPU:") || line.startsWith(0, "CPU ");
        String text = isLoss || counts.all() == 0 || line.bytes[0] == '{' ? textOf() : "";
        if (isLoss && (text.contains("LOST") || text.contains("DROPPED"))) {
            return loss(text);
        }
        if (isAfterEvent && isFrame()) {
            stackCpu = event.cpu;
            isRead = true;
            return chain();
        }
        String foreign = text.isEmpty() ? null : ForeignText.named(text);
        if (foreign != null) {
            throw position().error(foreign);
        }
        shape.header(text);
        if (isEventLike()) {
            return notUnderstood("it has not the form of an event");
        }
        counts.addUnread();
        return null;
    }

    /** The line, whatever its bytes: a binary file is to be named, and not refused for a byte. */
    private String textOf() {
        return new String(lines.bytes(), 0, lines.length(), StandardCharsets.ISO_8859_1);
    }

    private boolean isEventLike() {
        for (int at = 0; at < line.length; at++) {
            if (line.bytes[at] == 'm' && (line.startsWith(at, "mm_page_") || line.startsWith(at, "mm_pagevec_"))) {
                return true;
            }
        }
        return false;
    }

    private Item loss(String text) {
        String digits =
                text.replaceFirst("^CPU[: ]\\d+", "").replaceAll("\\D+", " ").strip();
        String first = digits.isEmpty() ? "1" : digits.split(" ")[0];
        lost = first.length() > 18 ? 1 : Long.parseLong(first);
        return Item.LOSS;
    }

    // Call chains

    /** Whether the line is one of a call chain of perf: an address, then a name. */
    private boolean isFrame() {
        int at = 0;
        while (at < line.length && (line.bytes[at] == ' ' || line.bytes[at] == '\t')) {
            at++;
        }
        int from = at;
        while (at < line.length && Character.digit(line.bytes[at], 16) >= 0) {
            at++;
        }
        return from > 0 && at - from >= 6 && at < line.length && line.bytes[at] == ' ';
    }

    private boolean isArrow() {
        int at = 0;
        while (at < line.length && line.bytes[at] == ' ') {
            at++;
        }
        return line.startsWith(at, "=>");
    }

    private Item chain() throws TextFormatException {
        chainLength = 0;
        while (isRead || lines.advance()) {
            isRead = false;
            line.bytes = lines.bytes();
            line.length = length();
            if (!isArrow() && !isFrame()) {
                isRead = true;
                break;
            }
            append();
        }
        stack = stacks.number(chain, 0, chainLength);
        return Item.STACK;
    }

    private void append() {
        int from = 0;
        while (from < line.length && (line.bytes[from] == ' ' || line.bytes[from] == '\t')) {
            from++;
        }
        int size = line.length - from;
        if (chainLength + size + 1 > chain.length) {
            chain = Arrays.copyOf(chain, 2 * (chain.length + size));
        }
        System.arraycopy(line.bytes, from, chain, chainLength, size);
        chainLength += size;
        chain[chainLength++] = '\n';
    }

    // What was found

    /** The event, until the next item is asked for; see {@link KmemEvent#copy}. */
    public KmemEvent event() {
        return event;
    }

    /** The marker's text. */
    public String marker() {
        return marker;
    }

    /** How many events were lost; 1 where nobody counted them. */
    public long lost() {
        return lost;
    }

    /** Number of the call chain in {@link #stacks}. */
    public int stack() {
        return stack;
    }

    /** The CPU whose last event the call chain is of. */
    public int stackCpu() {
        return stackCpu;
    }

    /** The tasks, as {@code TASK-PID}. */
    public ByteWords tasks() {
        return tasks;
    }

    /** The call chains, a line for each call. */
    public ByteWords stacks() {
        return stacks;
    }

    public LineCounts counts() {
        return counts;
    }

    /** What the form of the lines tells. */
    public TraceShape shape() {
        return shape;
    }

    /** How many lines stand out of the order of their stamps. */
    public long outOfPlace() {
        return stamps.outOfPlace();
    }

    /** The first of those, from 1. */
    public long firstOutOfPlace() {
        return stamps.firstOutOfPlace();
    }

    /** The line that was read last. */
    public Position position() {
        return lines.position();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
