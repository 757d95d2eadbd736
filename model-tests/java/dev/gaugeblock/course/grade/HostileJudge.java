package dev.gaugeblock.course.grade;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What stands for the process of a question in tests: it does what no submission may. */
public final class HostileJudge {
    private HostileJudge() {}

    /** Does what the first word says; further words are what with. */
    public static void main(String[] words) throws IOException, InterruptedException {
        switch (words[0]) {
            case "loop" -> {
                while (words.length > 0) {
                    Thread.onSpinWait();
                }
            }
            case "exit" -> System.exit(0);
            case "forge" -> System.out.println("{\"secret\":\"guessed\",\"right\":1,\"of\":1,\"feedback\":[]}");
            case "fork" -> fork(words[1]);
            case "heap" -> fill(false);
            case "direct" -> fill(true);
            case "flood" -> flood();
            case "disk" -> disk();
            case "write" -> Files.writeString(Path.of(words[1]), "written");
            case "read" -> System.out.println(Files.readString(Path.of(words[1])));
            case "reads-all" -> readsAll(words[1]);
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    /** Starts what outlives it, and would write a file much later. */
    private static void fork(String file) throws IOException {
        for (int i = 0; i < 5; i++) {
            new ProcessBuilder("/bin/sh", "-c", "trap '' TERM HUP; sleep 2; echo late > " + file).start();
        }
    }

    private static void fill(boolean isDirect) {
        List<Object> kept = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            kept.add(isDirect ? ByteBuffer.allocateDirect(1 << 20) : new byte[1 << 20]);
        }
    }

    private static void flood() {
        byte[] much = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 200; i++) {
            System.out.write(much, 0, much.length);
        }
        System.out.flush();
    }

    private static void disk() throws IOException {
        Path file = Files.createTempFile("much", "");
        byte[] much = new byte[1 << 20];
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < 10_000; i++) {
                out.write(much);
            }
        }
    }

    /** Whether a file's text can be found anywhere below the folders that a thief would search. */
    private static void readsAll(String name) throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("/tmp"))) {
            all.filter(file -> file.toString().endsWith(name)).forEach(System.out::println);
        }
    }
}
