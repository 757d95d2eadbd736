package dev.gaugeblock.api;

import com.fasterxml.jackson.core.JsonFactory;
import dev.gaugeblock.explore.litmus.Shipped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Judges one trace in a JVM of its own, which gets the trace on its standard input: what fills its heap, never ends or
 * crashes takes nobody else with it.
 */
final class TraceChild {
    private static final int CHUNK = 1 << 16;

    private final TraceCall call;
    private final String heap;
    /** Why the trace could not be read to its end. */
    private volatile @Nullable IOException unread;

    TraceChild(TraceCall call, String heap) {
        this.call = call;
        this.heap = heap;
    }

    /** In the JVM of its own: takes the call and the name, judges standard input, and prints the verdict. */
    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        TraceCall call = (TraceCall) value(arguments[0]);
        TraceVerdict verdict = call.judge((String) value(arguments[1]), () -> System.in);
        System.out.write(encoded(verdict));
        System.out.flush();
    }

    /** Judges a trace; whatever goes wrong is in the verdict. */
    TraceVerdict judge(String name, Callable<InputStream> opener) {
        try {
            Path folder = Files.createTempDirectory("gaugeblock-trace");
            try {
                return judge(
                        name,
                        opener,
                        folder.resolve("verdict").toFile(),
                        folder.resolve("errors").toFile());
            } finally {
                Files.deleteIfExists(folder.resolve("verdict"));
                Files.deleteIfExists(folder.resolve("errors"));
                Files.delete(folder);
            }
        } catch (IOException | ClassNotFoundException e) {
            return TraceCall.broken(name, "a JVM of its own cannot judge it: " + e);
        }
    }

    private TraceVerdict judge(String name, Callable<InputStream> opener, File verdict, File errors)
            throws IOException, ClassNotFoundException {
        // The limit is kept here: a JVM without memory may not keep its own.
        TraceCall unlimited = new TraceCall(call.against(), call.failures(), call.longestLine(), Duration.ZERO);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        TraceChild.class.getName(),
                        argument(unlimited),
                        argument(name))
                .redirectOutput(verdict)
                .redirectError(errors)
                .start();
        try {
            Thread feeder = new Thread(() -> feed(process, opener), "trace " + name);
            feeder.setDaemon(true); // It may wait for ever for what it reads.
            feeder.start();
            if (call.limit().isZero()) {
                process.waitFor();
            } else if (!process.waitFor(call.limit().toMillis(), TimeUnit.MILLISECONDS)) {
                return TraceCall.broken(name, TraceCall.late(call.limit()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while judging " + name, e);
        } finally {
            process.destroyForcibly();
        }
        IOException why = unread;
        if (why != null) {
            return TraceCall.unreadable(name, why);
        }
        if (process.exitValue() != 0) {
            List<String> said = Files.readAllLines(errors.toPath());
            return TraceCall.broken(
                    name,
                    "the JVM of its own ended with " + process.exitValue()
                            + (said.isEmpty() ? "" : ": " + said.get(0)));
        }
        return (TraceVerdict) decoded(Files.readAllBytes(verdict.toPath()));
    }

    /** Gives the trace to the JVM of its own. What cannot be read ends that JVM: it would take the rest for all. */
    private void feed(Process process, Callable<InputStream> opener) {
        try (InputStream in = opener.call()) {
            copy(in, process.getOutputStream());
        } catch (IOException e) {
            unread = e;
            process.destroyForcibly();
        } catch (Throwable e) {
            // Throwable, not Exception: otherwise it would be waited for for ever.
            unread = new IOException(e.toString(), e);
            process.destroyForcibly();
        }
    }

    /** Copies as long as somebody reads. */
    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK];
        int read = in.read(chunk);
        while (read >= 0) {
            try {
                out.write(chunk, 0, read);
            } catch (IOException readsNoFurther) {
                return; // The JVM of its own tells by its verdict, or by what it ends with.
            }
            read = in.read(chunk);
        }
        try {
            out.close();
        } catch (IOException readsNoFurther) {
            return; // Likewise.
        }
    }

    /** What a JVM needs that judges traces: the jar of this program, and that of what reads JSON. */
    private static String classPath() throws IOException {
        try {
            CodeSource json = Objects.requireNonNull(
                    JsonFactory.class.getProtectionDomain().getCodeSource(), "of a jar or a folder");
            return Shipped.home()
                    + File.pathSeparator
                    + Path.of(json.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the location of a library is no path: " + e.getMessage(), e);
        }
    }

    private static byte[] encoded(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static Object decoded(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }

    private static String argument(Object value) throws IOException {
        return Base64.getEncoder().encodeToString(encoded(value));
    }

    private static Object value(String argument) throws IOException, ClassNotFoundException {
        return decoded(Base64.getDecoder().decode(argument));
    }
}
