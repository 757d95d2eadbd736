package dev.gaugeblock.kernel.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells lines that look like part of a report, though nothing could be read of them. */
final class Lookalike {
    private static final Pattern AMOUNT = Pattern.compile("\\b(?:free|min|low|high|present|managed):\\d+kB");
    private static final Pattern BLOCKS = Pattern.compile("\\d\\*\\d+kB");
    private static final Pattern RESERVE =
            Pattern.compile("(?:\\w{3,}(?:\\[\\]?|\\])|(?:reserve|protection)s?):?(?:\\s+\\d+){2,}\\s*$");

    private static final Pattern REQUEST =
            Pattern.compile("\\bgfp_mask=\\s*0x[0-9a-fA-F]|\\border\\s*[:=]\\s*\\d+,\\s*mode:\\s*0x[0-9a-fA-F]");

    private Lookalike() {}

    /** What a line looks like, in words; empty if like no part of a report. */
    static String of(String text) {
        if (text.contains("kB")) {
            if (isAmounts(text)) {
                return "the amounts of a zone that cannot be told";
            }
            if (count(BLOCKS, text) > 1) {
                return "free blocks of a zone that cannot be told";
            }
        }
        if (RESERVE.matcher(text).find()) {
            return "reserves, in a form that cannot be read";
        }
        return text.contains("0x") && REQUEST.matcher(text).find() ? "a request, without what became of it" : "";
    }

    /** Whether a line looks like the amounts of a zone. */
    static boolean isAmounts(String text) {
        return count(AMOUNT, text) > 1;
    }

    private static int count(Pattern pattern, String text) {
        int count = 0;
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
