package dev.gaugeblock.course.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where a submission's process runs: with {@code unshare} in namespaces of its own, where it sees Java, this program,
 * the lab and the copy of the submission, can write to 64 MB of memory alone, has no network, and takes all that it has
 * started with it when it ends. Where that is not possible, there are only the limits.
 */
final class Sandbox {
    /** Binds what may be read into a new root, which then is all that there is; and lays all privileges down. */
    private static final String SCRIPT =
            """
            set -e
            root=$1; shift
            mount -t tmpfs -o size=64m,mode=755 tmpfs "$root"
            mkdir -p "$root/tmp" "$root/proc" "$root/dev" "$root/old"
            while [ "$1" != -- ]; do
                if [ -d "$1" ]; then mkdir -p "$root$1"; else mkdir -p "$(dirname "$root$1")"; : > "$root$1"; fi
                mount --bind "$1" "$root$1"
                mount -o remount,bind,ro "$root$1"
                shift
            done
            shift
            for device in null zero random urandom; do
                : > "$root/dev/$device"
                mount --bind "/dev/$device" "$root/dev/$device"
            done
            mount -t proc proc "$root/proc"
            cd "$root"
            pivot_root . old
            cd /tmp
            umount -l /old
            exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all -- "$@"
            """;

    /** Processor time in seconds, and the largest file in the shell's own unit, blocks of 512 bytes. */
    private static final String LIMITED =
            "limit=$1; shift; ulimit -S -t $limit; ulimit -H -t $((limit + 5)); ulimit -f 131072; exec \"$@\"";

    private static final int PATIENCE_SECONDS = 60;

    private final boolean isClosed;
    private final Path place;

    private Sandbox(boolean isClosed, Path place) {
        this.isClosed = isClosed;
        this.place = place;
    }

    /** A place for processes below an empty folder; tries whether it can be closed. */
    static Sandbox at(Path place) throws IOException {
        Sandbox closed = new Sandbox(true, place);
        return new Sandbox(closed.works(), place);
    }

    /** Whether what runs there can neither read nor write outside. */
    boolean isClosed() {
        return isClosed;
    }

    private boolean works() {
        try {
            Process tried = new ProcessBuilder(
                            command(List.of("/bin/sh", "-c", "test ! -e \"$0\"", place.toString()), 10, List.of()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!tried.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                tried.destroyForcibly();
                return false;
            }
            return tried.exitValue() == 0;
        } catch (IOException e) {
            return false; // There is no unshare.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * The command that runs another there.
     *
     * @param seconds of processor time that it may take
     * @param readable files and folders that it may read
     */
    List<String> command(List<String> words, int seconds, List<Path> readable) throws IOException {
        List<String> all = new ArrayList<>();
        if (isClosed) {
            Path root = Files.createDirectories(place.resolve("root"));
            all.addAll(List.of("unshare", "--user", "--map-root-user", "--mount", "--pid", "--net", "--ipc", "--fork"));
            all.addAll(List.of("--kill-child", "/bin/sh", "-c", SCRIPT, "sandbox", root.toString()));
            for (Path each : systemAnd(readable)) {
                all.add(each.toString());
            }
            all.add("--");
        }
        if (Files.isExecutable(Path.of("/bin/sh"))) {
            all.addAll(List.of("/bin/sh", "-c", LIMITED, "limited", Integer.toString(seconds)));
        }
        all.addAll(words);
        return all;
    }

    /** With what every program needs; parents before what lies in them. */
    private static Set<Path> systemAnd(List<Path> readable) throws IOException {
        Set<Path> all = new TreeSet<>();
        for (String each : List.of("/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/alternatives")) {
            all.add(Path.of(each));
        }
        try (Stream<Path> files = Files.list(Path.of("/etc"))) {
            files.filter(file -> file.toString().startsWith("/etc/java")).forEach(all::add);
        }
        for (Path each : readable) {
            all.add(each.toRealPath());
        }
        all.removeIf(each -> !Files.exists(each));
        Set<Path> needed = new TreeSet<>(all);
        needed.removeIf(each -> all.stream().anyMatch(other -> !other.equals(each) && each.startsWith(other)));
        return needed;
    }
}
