package dev.gaugeblock.kernel.log;

import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** Finds the allocator's reports in a file of any text. */
public final class LogReader {
    /** After a line that may be of a report, so many more are looked at, as mail may have wrapped it. */
    private static final int AFTER = 4;

    /** Likewise, so many before it. */
    private static final int BEFORE = 3;

    /** Bytes of one line, put together from what quoted-printable broke up. */
    private static final int LONGEST_JOINED = 1 << 16;

    private final AnchorScan anchors = new AnchorScan();
    private final ReportAssembler assembler;
    /** The last lines that were not looked at, in turn; {@code beforeLines} have been since the last that was. */
    private final byte[][] before = new byte[BEFORE][0];

    private final int[] beforeLength = new int[BEFORE];
    private final long[] beforeNumber = new long[BEFORE];
    private int beforeLines;
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
        try (LineReader lines = LineReader.open(file)) {
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

    /** Quoted-printable ends a line that goes on with {@code =}. */
    private void join(byte[] bytes, int length, long number) {
        boolean goesOn = length > 0 && bytes[length - 1] == '=';
        int old = joined.length;
        int more = goesOn ? length - 1 : length;
        if (old == 0) {
            joinedNumber = number;
        }
        joined = Arrays.copyOf(joined, old + more);
        System.arraycopy(bytes, 0, joined, old, more);
        if (!goesOn || joined.length > LONGEST_JOINED) {
            byte[] whole = joined;
            joined = new byte[0];
            take(whole, whole.length, joinedNumber);
        }
    }

    private void take(byte[] bytes, int length, long number) {
        boolean found = anchors.isIn(bytes, length);
        if (found) {
            for (int i = Math.min(BEFORE, beforeLines); i > 0; i--) {
                int at = (beforeLines - i) % BEFORE;
                give(before[at], beforeLength[at], beforeNumber[at]);
            }
            awake = AFTER;
        }
        if (awake > 0 || assembler.isBusy()) {
            give(bytes, length, number);
            awake = Math.max(0, awake - 1);
            beforeLines = 0;
        } else {
            keep(bytes, length, number);
        }
    }

    private void keep(byte[] bytes, int length, long number) {
        int at = beforeLines % BEFORE;
        if (before[at].length < length) {
            before[at] = new byte[2 * length];
        }
        System.arraycopy(bytes, 0, before[at], 0, length);
        beforeLength[at] = length;
        beforeNumber[at] = number;
        beforeLines = beforeLines == 2 * BEFORE ? BEFORE + 1 : beforeLines + 1;
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
