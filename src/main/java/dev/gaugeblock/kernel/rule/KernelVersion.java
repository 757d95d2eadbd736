package dev.gaugeblock.kernel.rule;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Version of a kernel, by its first three numbers. A release candidate counts as what it is a candidate for.
 *
 * @param text as it was written
 */
public record KernelVersion(int major, int minor, int patch, String text) implements Comparable<KernelVersion> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})(?:\\.(\\d{1,3}))?(?![\\d.]{4}).*");

    /** Reads a version such as {@code 2.6.31-14-generic} or {@code 6.7.0-rc2}; {@code null} for what is none. */
    public static @Nullable KernelVersion parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return null;
        }
        String patch = form.group(3);
        return new KernelVersion(number(form.group(1)), number(form.group(2)), patch == null ? 0 : number(patch), text);
    }

    /** A version that is known to be one. */
    static KernelVersion of(String text) {
        KernelVersion version = parse(text);
        if (version == null) {
            throw new IllegalArgumentException("\"" + text + "\" is no version of a kernel, such as 2.6.32 or 6.1");
        }
        return version;
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    @Override
    public int compareTo(KernelVersion other) {
        int byMajor = Integer.compare(major, other.major);
        int byMinor = byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
        return byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
    }

    /** Whether it is the version that is named, or a later one. */
    public boolean isFrom(String first) {
        return compareTo(of(first)) >= 0;
    }

    /** Whether it is later than the version that is named. */
    public boolean isAfter(String other) {
        return compareTo(of(other)) > 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
