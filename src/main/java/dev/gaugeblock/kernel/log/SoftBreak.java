package dev.gaugeblock.kernel.log;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines that end with {@code =}. In quoted-printable they go on in the next line, unless the line feed itself is spelt
 * out before ({@code =0A=}); in plain text, mail may have wrapped a list of free blocks before its sum.
 */
final class SoftBreak {
    /** The length of {@code =0A=}. */
    static final int END_OF_LINE = 4;

    private static final Pattern SUM = Pattern.compile("[>|\\s]*(\\d{1,15}kB.*)");

    private SoftBreak() {}

    /** Whether the line ends with a line feed that is spelt out, and goes on in no other. */
    static boolean isEndOfLine(byte[] bytes, int length) {
        return length >= END_OF_LINE
                && bytes[length - 4] == '='
                && bytes[length - 3] == '0'
                && bytes[length - 2] == 'A'
                && bytes[length - 1] == '=';
    }

    /** Whether a line that lost its {@code =} ended with free blocks, and the next one begins with their sum. */
    static boolean isSumOf(byte[] before, byte[] next) {
        int length = before.length;
        return length > 2
                && before[length - 3] == 'k'
                && before[length - 2] == 'B'
                && before[length - 1] == ' '
                && matcher(next).matches();
    }

    /** The sum, with the {@code =} that stood before it. */
    static byte[] sum(byte[] next) {
        Matcher matcher = matcher(next);
        String text = matcher.matches() ? "= " + matcher.group(1) : "";
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Matcher matcher(byte[] bytes) {
        return SUM.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    }
}
