package dev.gaugeblock.cli;

import dev.gaugeblock.kernel.rule.KernelVersion;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The value of {@code --kernel-version}. */
final class KernelVersions {
    private KernelVersions() {}

    /** The version that is named; {@code null} for none. {@link ParameterException} for what is no version. */
    static @Nullable KernelVersion named(@Nullable String text, CommandSpec spec) {
        KernelVersion version = text == null ? null : KernelVersion.parse(text);
        if (text != null && version == null) {
            throw new ParameterException(
                    spec.commandLine(), "--kernel-version is a version such as 2.6.32 or 6.1, not \"" + text + "\"");
        }
        return version;
    }
}
