package dev.gaugeblock.cli;

import dev.gaugeblock.text.FreshFile;
import java.io.IOException;
import java.nio.file.Path;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command puts the events that it found something in. */
final class OutOptions {
    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "where the events go that show what is wrong; a file must not be there yet (default: a fresh"
                    + " name)")
    private @Nullable Path out;

    @Option(names = "--force", description = "the file of --out may be there; it is removed before the work")
    private boolean force;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** Whether the user names a file. */
    boolean isNamed() {
        return out != null;
    }

    /**
     * The file, before the work.
     *
     * @param unless what to call it if the user does not; a number is added where that is taken
     * @throws ParameterException if the user's cannot be had
     */
    FreshFile begin(Path unless) {
        Path named = out;
        if (named == null && force) {
            throw new ParameterException(spec.commandLine(), "--force is about the file of --out, and there is none.");
        }
        try {
            return named == null ? FreshFile.unnamed(unless) : FreshFile.named(named, force);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
