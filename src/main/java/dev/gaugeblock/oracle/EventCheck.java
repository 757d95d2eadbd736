package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.oracle.trace.TraceReader;
import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.TextFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Checks events one by one, as they are handed over, and ends with the first that is wrong. */
public final class EventCheck {
    private final FileCheck check;
    private final Handed handed = new Handed();
    private final FileCheck.@Nullable Course course;
    /** {@code null} while nothing is wrong. */
    private @Nullable FileVerdict verdict;

    private EventCheck(FileCheck check, String header) {
        this.check = check;
        handed.over(header);
        FileCheck.Course begun = null;
        try {
            begun = check.begin(TraceReader.of(LineReader.of(check.file, handed)));
        } catch (TextFormatException e) {
            verdict = check.unreadable(e);
        } catch (IOException e) {
            verdict = FileVerdict.unreadable(check.file, Reason.of(e));
        }
        this.course = begun;
    }

    /** Holds events against the contract. */
    public static EventCheck byContract(String name, String header, Contract.Failures failures) {
        return new EventCheck(new ContractCheck(name, failures, true), header);
    }

    /** Holds events against the reference's own answers. */
    public static EventCheck exactly(String name, String header) {
        return new EventCheck(new ExactCheck(name), header);
    }

    /**
     * Judges the next event, as far as that can be done before those that overlap it are known.
     *
     * @return whether nothing is wrong so far; behind what is wrong nothing is judged any more
     */
    public boolean next(String event) {
        FileCheck.Course begun = course;
        if (verdict == null && begun != null) {
            handed.over(event);
            try {
                verdict = begun.advance() ? begun.next() : begun.end();
            } catch (TextFormatException e) {
                verdict = check.unreadable(e);
            }
        }
        return verdict == null;
    }

    /** The verdict on all events. */
    public FileVerdict end() {
        FileVerdict known = verdict;
        FileCheck.Course begun = course;
        if (known == null && begun != null) {
            try {
                known = begun.end();
            } catch (TextFormatException e) {
                known = check.unreadable(e);
            }
            verdict = known;
        }
        if (known == null) {
            throw new IllegalStateException("the check has neither begun nor ended");
        }
        return known;
    }

    /** The lines that were handed over, and have not been read. */
    private static final class Handed extends InputStream {
        private ByteArrayInputStream line = new ByteArrayInputStream(new byte[0]);

        void over(String text) {
            if (text.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("an event is one line, this has several: " + text);
            }
            line = new ByteArrayInputStream((text + "\n").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int read() {
            return line.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return line.read(into, offset, length);
        }
    }
}
