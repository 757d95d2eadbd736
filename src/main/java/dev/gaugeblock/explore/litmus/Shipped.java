package dev.gaugeblock.explore.litmus;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the program brings along: folders beside its classes, in its jar or in the build folder. To be closed after use.
 */
public final class Shipped implements AutoCloseable {
    private final @Nullable FileSystem jarOrNull;
    private final Path root;

    private Shipped(@Nullable FileSystem jarOrNull, Path root) {
        this.jarOrNull = jarOrNull;
        this.root = root;
    }

    /** Opens the jar or the build folder that this class was loaded from. */
    public static Shipped open() throws IOException {
        Path home = home();
        if (Files.isDirectory(home)) {
            return new Shipped(null, home);
        }
        FileSystem jar = FileSystems.newFileSystem(home);
        return new Shipped(jar, jar.getPath("/"));
    }

    /** The jar or the build folder that this class was loaded from. */
    public static Path home() throws IOException {
        try {
            return Path.of(
                    Objects.requireNonNull(Shipped.class.getProtectionDomain().getCodeSource(), "of a jar or a folder")
                            .getLocation()
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the program's own location is no path: " + e.getMessage(), e);
        }
    }

    /** A folder by its name, "litmus" for example; of no use after {@link #close}. */
    public Path folder(String name) {
        return root.resolve(name);
    }

    @Override
    public void close() throws IOException {
        if (jarOrNull != null) {
            jarOrNull.close();
        }
    }
}
