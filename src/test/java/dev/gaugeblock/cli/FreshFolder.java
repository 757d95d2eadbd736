package dev.gaugeblock.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs commands with a shell from a folder that is like a fresh copy of the project: what commands read is there, and
 * {@code ./gaugeblock}, and nothing that another command has left.
 */
final class FreshFolder implements ConsolePage.CommandShell {
    private static final List<String> READ = List.of("model-tests", "spec", "src");

    private final Path folder;

    FreshFolder(Path folder) throws IOException {
        this.folder = folder;
        for (String each : READ) {
            Files.createSymbolicLink(folder.resolve(each), Path.of(each).toAbsolutePath());
        }
        copy(Path.of("docs/examples"), folder.resolve("docs/examples"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path program = Files.writeString(
                folder.resolve("gaugeblock"),
                "#!/bin/sh\nexec '" + java + "' -XX:+UseSerialGC -cp '" + System.getProperty("java.class.path") + "' "
                        + Main.class.getName() + " \"$@\"\n");
        if (!program.toFile().setExecutable(true)) {
            throw new IOException(program + " cannot be made executable");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path copied = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(copied);
                } else {
                    Files.copy(each, copied);
                }
            }
        }
    }

    @Override
    public Ran run(String command) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Ran(output.lines().toList(), process.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command, e);
        }
    }

    @Override
    public void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
