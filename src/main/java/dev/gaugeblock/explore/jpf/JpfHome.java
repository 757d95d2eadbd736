package dev.gaugeblock.explore.jpf;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Where Java PathFinder is installed, and the Java that runs it.
 *
 * @param jar its launcher, {@code build/RunJPF.jar}
 * @param java the {@code java} of a JDK 17; it runs on no other
 */
public record JpfHome(Path jar, Path java) {
    private static final String HOW_TO_GET_IT = "; docs/jpf.md tells how to get it";

    /** There is none, or it cannot be used; the message says what to do. */
    public static final class MissingException extends Exception {
        private static final long serialVersionUID = 1L;

        MissingException(String message) {
            super(message);
        }
    }

    /**
     * Looks where a user may have said: the property {@code jpf.home}, {@code JPF_HOME},
     * {@code ~/.jpf/site.properties}.
     */
    public static JpfHome find() throws MissingException {
        return find(System.getProperties(), System.getenv());
    }

    static JpfHome find(Properties properties, Map<String, String> environment) throws MissingException {
        Path jar = home(properties, environment).resolve("build").resolve("RunJPF.jar");
        if (!Files.isRegularFile(jar)) {
            throw new MissingException("Java PathFinder is not built: there is no " + jar + HOW_TO_GET_IT);
        }
        return new JpfHome(jar, java(properties, environment));
    }

    private static Path home(Properties properties, Map<String, String> environment) throws MissingException {
        String home = properties.getProperty("jpf.home", "");
        if (home.isBlank()) {
            home = environment.getOrDefault("JPF_HOME", "");
        }
        if (!home.isBlank()) {
            return Path.of(home);
        }
        Path user = Path.of(Objects.requireNonNull(properties.getProperty("user.home"), "user.home"));
        Path site = user.resolve(".jpf").resolve("site.properties");
        if (!Files.isRegularFile(site)) {
            throw new MissingException("Java PathFinder is not installed: neither -Djpf.home nor JPF_HOME is set, and "
                    + "there is no " + site + HOW_TO_GET_IT);
        }
        Properties named = new Properties();
        try (Reader reader = Files.newBufferedReader(site)) {
            named.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new MissingException("cannot read " + site + ": " + e.getMessage());
        }
        String core = named.getProperty("jpf-core");
        if (core == null || core.isBlank()) {
            throw new MissingException(site + " has no line that begins with \"jpf-core =\"" + HOW_TO_GET_IT);
        }
        return Path.of(core.replace("${user.home}", user.toString()).strip());
    }

    private static Path java(Properties properties, Map<String, String> environment) throws MissingException {
        String chosen = environment.get("JPF_JAVA_HOME");
        Path home = Path.of(
                chosen == null ? Objects.requireNonNull(properties.getProperty("java.home"), "java.home") : chosen);
        Path java = home.resolve("bin").resolve("java");
        if (!Files.isExecutable(java)) {
            throw new MissingException((chosen == null ? "this Java's home is " : "JPF_JAVA_HOME is ") + home
                    + ", which holds no bin/java: set " + (chosen == null ? "JPF_JAVA_HOME" : "it")
                    + " to the home of a JDK 17");
        }
        String version = version(home);
        if (!version.equals("17") && !version.startsWith("17.")) {
            throw new MissingException("Java PathFinder runs on a JDK 17 alone, and " + home + " is of version "
                    + (version.isEmpty() ? "unknown" : version) + ": set JPF_JAVA_HOME to the home of a JDK 17");
        }
        return java;
    }

    /** What the {@code release} file of a JDK says; empty if it says nothing. */
    private static String version(Path javaHome) throws MissingException {
        Path release = javaHome.resolve("release");
        if (!Files.isRegularFile(release)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(release)) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.substring("JAVA_VERSION=".length()).replace("\"", ""))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new MissingException("cannot read " + release + ": " + e.getMessage());
        }
    }
}
