package dev.gaugeblock.kernel.log;

import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Finds the allocator's reports in a file of any text. */
public final class LogReader {
    /** After a line that may be of a report, so many more are looked at, as mail may have wrapped it. */
    private static final int AFTER = 4;

    /**
     * Some of these stand in each part of a report that wakes the reader, and hardly one in other lines; nor are their
     * sixth and seventh letters often side by side elsewhere, by which {@link AnchorScan} looks.
     */
    private static final List<String> ANCHORS = List.of(
            "e allocation",
            ", mode:",
            "d oom-kill",
            "p_mask=",
            "lowmem_reserve",
            "ctions[",
            "mory cgroup",
            "CONSTRAINT_",
            "Linux version",
            "kB min:",
            "*2048kB",
            "*4096kB");

    /** One of these stands in each line that a report which is under way may hold. */
    private static final List<String> PARTS = List.of(
            "kB",
            "[]",
            "*4",
            "reserve",
            "gfp_mask",
            "mode:0x",
            "oom-",
            "ainted",
            "empty",
            "mems_",
            "nodemask",
            "emory");

    /** Bytes of one line, put together from what quoted-printable broke up. */
    private static final int LONGEST_JOINED = 1 << 16;

    private final AnchorScan anchors = new AnchorScan(ANCHORS);
    private final AnchorScan parts = new AnchorScan(PARTS);
    private final ReportAssembler assembler;
    private byte[] before = new byte[0];
    private int beforeLength;
    private long beforeNumber;
    private byte[] joined = new byte[0];
    private long joinedNumber;
    private int awake;

    private LogReader(Consumer<KernelReport> reports, Consumer<Oddity> strays) {
        this.assembler = new ReportAssembler(reports, strays);
    }

    /**
     * Reads a file, plain or gzip, or standard input for {@code -}.
     *
     * @param reports gets each report, in the order of their beginnings
     * @param strays gets what looks like part of a report and belongs to none
     * @throws IOException if the file cannot be opened
     * @throws TextFormatException if its bytes cannot be read to the end; what came before was passed on
     */
    public static void read(Path file, Consumer<KernelReport> reports, Consumer<Oddity> strays)
            throws IOException, TextFormatException {
        LogReader reader = new LogReader(reports, strays);
        try (LineReader lines = LineReader.openAny(file)) {
            try {
                while (lines.advance()) {
                    reader.add(lines);
                }
            } finally {
                reader.end();
            }
        }
    }

    private void add(LineReader lines) {
        byte[] bytes = lines.bytes();
        int length = lines.length();
        if (length > 0 && bytes[length - 1] == '\r') {
            length--;
        }
        if (joined.length > 0 || length > 0 && bytes[length - 1] == '=') {
            join(bytes, length, lines.number());
            return;
        }
        take(bytes, length, lines.number());
    }

    /** Quoted-printable ends a line that goes on with {@code =}; so does a line that mail wrapped before a sum. */
    private void join(byte[] bytes, int length, long number) {
        boolean isWhole = SoftBreak.isEndOfLine(bytes, length);
        boolean goesOn = !isWhole && length > 0 && bytes[length - 1] == '=';
        byte[] more = Arrays.copyOf(bytes, isWhole ? length - SoftBreak.END_OF_LINE : goesOn ? length - 1 : length);
        if (joined.length == 0) {
            joinedNumber = number;
        } else if (SoftBreak.isSumOf(joined, more)) {
            more = SoftBreak.sum(more);
        }
        int old = joined.length;
        joined = Arrays.copyOf(joined, old + more.length);
        System.arraycopy(more, 0, joined, old, more.length);
        if (!goesOn || joined.length > LONGEST_JOINED) {
            byte[] whole = joined;
            joined = new byte[0];
            take(whole, whole.length, joinedNumber);
        }
    }

    private void take(byte[] bytes, int length, long number) {
        boolean found = anchors.isIn(bytes, length);
        if (found) {
            if (awake == 0 && !assembler.isBusy(number) && beforeNumber > 0) {
                give(before, beforeLength, beforeNumber);
            }
            awake = AFTER;
        }
        if (awake > 0 || assembler.isBusy(number) && parts.isIn(bytes, length)) {
            give(bytes, length, number);
            awake = Math.max(0, awake - 1);
            beforeNumber = 0;
        } else {
            if (before.length < length) {
                before = new byte[2 * length];
            }
            System.arraycopy(bytes, 0, before, 0, length);
            beforeLength = length;
            beforeNumber = number;
        }
    }

    private void give(byte[] bytes, int length, long number) {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        LineCleaner.clean(number, text).forEach(assembler::add);
    }

    private void end() {
        if (joined.length > 0) {
            take(joined, joined.length, joinedNumber);
        }
        assembler.end();
    }
}
