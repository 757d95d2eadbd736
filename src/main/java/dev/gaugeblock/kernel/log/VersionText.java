package dev.gaugeblock.kernel.log;

import dev.gaugeblock.kernel.rule.KernelVersion;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Finds the version of the kernel in the lines that print it. */
final class VersionText {
    private static final Pattern BOOTING = Pattern.compile("\\bLinux version (\\d\\S*)");
    private static final String NUMBER = "(\\d{1,2}\\.\\d{1,3}(?:[.-][^\\s)]*)?)";
    private static final Pattern RUNNING = Pattern.compile("[Tt]ainted\\b.{0,60}?[\\s(]" + NUMBER);

    /** The end of a line that mail wrapped before the version. */
    private static final Pattern ENDS_OPEN = Pattern.compile("[Tt]ainted(?:: [A-Z ]{1,40})?$");

    private static final Pattern STARTS = Pattern.compile("^" + NUMBER + "(?:\\s|$)");

    private VersionText() {}

    /** The version in the first line of a kernel's log. */
    static @Nullable KernelVersion booting(String text) {
        return text.contains("Linux version") ? parsed(BOOTING.matcher(text)) : null;
    }

    /** The version in the line about the task, behind {@code Not tainted} or {@code Tainted: FLAGS}. */
    static @Nullable KernelVersion running(@Nullable LogLine before, String text) {
        if (before != null && ENDS_OPEN.matcher(before.text()).find()) {
            KernelVersion wrapped = parsed(STARTS.matcher(text));
            if (wrapped != null) {
                return wrapped;
            }
        }
        return text.contains("ainted") ? parsed(RUNNING.matcher(text)) : null;
    }

    private static @Nullable KernelVersion parsed(Matcher matcher) {
        return matcher.find() ? KernelVersion.parse(String.valueOf(matcher.group(1))) : null;
    }
}
