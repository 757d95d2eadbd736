package dev.gaugeblock.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A folder of traces, most of them made of vectors: right, wrong, cut off, corrupt, no traces, and two traps. */
final class Traces {
    private static final Path VECTORS = Path.of("..", "spec", "vectors");
    private static final String HEADER =
            "{\"header\":1,\"scenario\":\"twice\",\"desc\":\"\",\"binary\":\"mine\",\"last_pkmap\":0,\"hugetlb\":false,"
                    + "\"debug_highmem\":false,\"pae_window\":false,\"source\":\"mine\",\"config\":{}}\n";

    private static final int BOMB = 125 << 20;

    /** The smallest vectors that the contract speaks of. */
    private static final int SMALLEST = 15;

    private final Path folder;
    private final List<Path> files = new ArrayList<>();

    private Traces(Path folder) {
        this.folder = folder;
    }

    /** Makes them, in folders of three days. */
    static List<Path> in(Path folder) throws IOException, InterruptedException {
        Traces traces = new Traces(folder);
        for (Path vector : smallest()) {
            traces.add(vector);
        }
        traces.plain("empty.jsonl", "");
        traces.plain("text.jsonl", "no trace\n");
        traces.plain("misnumbered.jsonl", "{\"header\":1}\n{\"i\":7}\n");
        traces.write("binary.jsonl.gz", new byte[] {0x1f, (byte) 0x8b, 1, 2, 3});
        traces.write("cut.jsonl.gz", Arrays.copyOf(Files.readAllBytes(smallest().get(0)), 200));
        for (int extra = 0; traces.files.size() < 68; extra++) {
            Files.copy(smallest().get(0), traces.place("again" + extra + ".jsonl.gz"));
        }
        traces.bomb();
        traces.pipe();
        return traces.files;
    }

    private static List<Path> smallest() throws IOException {
        try (Stream<Path> all = Files.list(VECTORS)) {
            return all.filter(file -> !file.toString().contains("xfs"))
                    .sorted(Comparator.<Path>comparingLong(file -> file.toFile().length()))
                    .limit(SMALLEST)
                    .toList();
        }
    }

    /** A vector; a part of it; a trace that breaks a rule; the vector with its bytes damaged. */
    private void add(Path vector) throws IOException {
        String name = vector.getFileName().toString().replace(".jsonl.gz", "");
        Files.copy(vector, place(name + ".jsonl.gz"));
        List<String> lines;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(vector))) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        plain(name + "-half.jsonl", String.join("\n", lines.subList(0, lines.size() / 2)) + "\n");
        plain(name + "-twice.jsonl", twice(files.size() % 16));
        byte[] damaged = Files.readAllBytes(vector);
        damaged[damaged.length / 2] ^= 0x55;
        write(name + "-damaged.jsonl.gz", damaged);
    }

    /** A trace in which a frame is handed out twice. */
    private static String twice(int frame) {
        String given = "\"op\":\"alloc\",\"cpu\":0,\"gfp\":208,\"order\":0,\"task\":0,\"r\":" + frame + "}\n";
        return HEADER + "{\"i\":0,\"op\":\"zones\",\"sizes\":[0,16,0],\"node_start\":0}\n"
                + "{\"i\":1,\"op\":\"bootq\",\"mode\":\"blocks\"}\n{\"i\":2," + given + "{\"i\":3," + given;
    }

    private Path place(String name) throws IOException {
        Path day = folder.resolve("date=2026-01-0" + (1 + files.size() % 3));
        Path file = Files.createDirectories(day).resolve(name);
        files.add(file);
        return file;
    }

    private void plain(String name, String text) throws IOException {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(place(name), bytes);
    }

    /** Little gzip, and one line of 125 MB. */
    private void bomb() throws IOException {
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(place("bomb.jsonl.gz")))) {
            byte[] blanks = new byte[1 << 20];
            Arrays.fill(blanks, (byte) ' ');
            for (int written = 0; written < BOMB; written += blanks.length) {
                packed.write(blanks);
            }
        }
    }

    /** Nobody writes into it: whoever opens it waits for ever. */
    private void pipe() throws IOException, InterruptedException {
        Process made = new ProcessBuilder("mkfifo", place("pipe.jsonl").toString())
                .inheritIO()
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("mkfifo");
        }
    }
}
