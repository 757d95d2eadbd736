package dev.gaugeblock.artefacts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A folder in which somebody uses what the build has made, and a local repository there that it is installed in. */
final class Workplace {
    /** Where {@link #mavenTest} puts the dependencies of a project. */
    static final String TREE = "target/tree.txt";

    private static final String DEPENDENCIES = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:tree";
    private static final List<String> CLASSIFIERS = List.of("", "-all", "-sources", "-javadoc");
    private static final Path BUILT = Path.of("target");

    private final Path folder;
    private final Path maven;
    private final Path known;
    private final Path repository;

    /**
     * A folder, empty but for what other projects have left in its repository.
     *
     * @param maven where Maven is
     * @param known a local repository that has all that Maven needs, save for our own artefacts
     */
    Workplace(Path folder, Path maven, Path known) throws IOException {
        this.folder = folder.toAbsolutePath();
        this.maven = maven;
        this.known = known;
        this.repository = this.folder.resolve("repository");
        Files.createDirectories(repository);
    }

    /**
     * What a process has done.
     *
     * @param output of both streams
     */
    record Ended(int exitCode, String output) {
        @Override
        public String toString() {
            return "exit code " + exitCode + ", and it says:\n" + output;
        }
    }

    /** Puts the artefacts where {@code mvn install} would. Returns the jar. */
    Path install(String version) throws IOException {
        Path home = Files.createDirectories(repository.resolve("dev/gaugeblock/gaugeblock/" + version));
        String name = "gaugeblock-" + version;
        copyFile(Path.of("pom.xml"), home.resolve(name + ".pom"));
        for (String classifier : CLASSIFIERS) {
            copyFile(BUILT.resolve("gaugeblock" + classifier + ".jar"), home.resolve(name + classifier + ".jar"));
        }
        return home.resolve(name + ".jar");
    }

    private static void copyFile(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    Ended java(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Runs the launcher from a folder that has it and {@code gaugeblock-all.jar}, and nothing else. */
    Ended installedLauncher(String... arguments) throws IOException, InterruptedException {
        Path home = Files.createDirectories(folder.resolve("installed"));
        copyFile(Path.of("gaugeblock"), home.resolve("gaugeblock"));
        copyFile(BUILT.resolve("gaugeblock-all.jar"), home.resolve("gaugeblock-all.jar"));
        List<String> command =
                new ArrayList<>(List.of(home.resolve("gaugeblock").toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Copies the sources of a project. */
    Path copy(Path project, String name) throws IOException {
        Path copy = folder.resolve(name);
        List<Path> files;
        try (Stream<Path> found = Files.walk(project)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target = copy.resolve(project.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.writeString(target, Files.readString(file));
        }
        return copy;
    }

    /** Compiles and tests some projects of this folder, and notes their dependencies. Red tests are no failure. */
    Ended mavenTest(List<String> projects) throws IOException, InterruptedException {
        StringBuilder modules = new StringBuilder();
        projects.forEach(project -> modules.append("<module>").append(project).append("</module>"));
        Files.writeString(
                folder.resolve("pom.xml"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId><artifactId>both</artifactId>"
                        + "<version>1</version><packaging>pom</packaging><modules>" + modules + "</modules></project>");
        Files.writeString(
                folder.resolve("settings.xml"),
                "<settings><mirrors><mirror><id>known</id><mirrorOf>*</mirrorOf><url>" + known.toUri()
                        + "</url></mirror></mirrors></settings>");
        return run(List.of(
                maven.resolve("bin/mvn").toString(),
                "-B",
                "-ntp",
                "--offline",
                "-Daether.offline.protocols=file", // The repository of the build may be read.
                "-U", // What was missing the last time may be there now.
                "-s",
                "settings.xml",
                "-Dmaven.repo.local=" + repository,
                "-Dmaven.test.failure.ignore=true",
                "-DoutputFile=" + TREE,
                "test",
                DEPENDENCIES));
    }

    private Ended run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeAll(List.of("MAVEN_ARGS", "MAVEN_OPTS", "GAUGEBLOCK_JAVA_OPTS"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
