package dev.gaugeblock.oracle.drive;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The processes of a program: itself and what it starts. Where {@code setsid} is on the path they have a session of
 * their own, by which all of them are found; elsewhere it is the descendants that were seen while it ran. None outlives
 * this process, unless that is killed outright.
 */
final class ProgramSession {
    /** How the standard error of a program begins that could not be started. */
    static final String NOT_STARTED = "setsid: ";

    private static final String SETSID = "setsid";
    private static final Path PROCESSES = Path.of("/proc");

    /** Which field of {@code /proc/PID/stat} is the session, counted from 0 behind the name in parentheses. */
    private static final int SESSION = 3;

    /** The state of a process, the first of these fields, that only waits for its parent to hear of its end. */
    private static final String ENDED = "Z";

    /** So often it is looked for further processes: one that is ended may just have started another. */
    private static final int ROUNDS = 5;

    /** To look is to read all of {@code /proc}: not more often than that. */
    private static final long BETWEEN_LOOKS = Duration.ofMillis(100).toNanos();

    private static final Duration TO_BE_GONE = Duration.ofSeconds(1);

    /** Guards itself and {@link #isOver}. */
    private static final Set<ProgramSession> RUNNING = new LinkedHashSet<>();

    private static boolean isOver;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ProgramSession::endAll, "end of the driven programs"));
    }

    private final Process process;
    private final boolean hasSession;
    // Guarded by the object's lock.
    private final Set<ProcessHandle> seen = new LinkedHashSet<>();
    private long lookedAt = System.nanoTime();

    private ProgramSession(Process process, boolean hasSession) {
        this.process = process;
        this.hasSession = hasSession;
    }

    /** Starts a program. {@link IOException} if there is none of that name. */
    static ProgramSession start(List<String> command) throws IOException {
        // Without the program it would be setsid that fails, in words of its own.
        boolean hasSession = isOnPath(SETSID) && isOnPath(command.get(0)) && Files.isDirectory(PROCESSES);
        List<String> started = new ArrayList<>(hasSession ? List.of(SETSID) : List.of());
        started.addAll(command);
        synchronized (RUNNING) {
            if (isOver) {
                throw new IOException("it was to be started when gaugeblock was told to end");
            }
            ProgramSession session = new ProgramSession(new ProcessBuilder(started).start(), hasSession);
            RUNNING.add(session);
            return session;
        }
    }

    /** A Ctrl-C at the terminal does not reach another session. */
    private static void endAll() {
        synchronized (RUNNING) {
            isOver = true;
            RUNNING.forEach(ProgramSession::endProcesses);
        }
    }

    private static boolean isOnPath(String name) {
        if (name.contains("/")) {
            return isProgram(Path.of(name));
        }
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator, -1)) {
            if (isProgram(Path.of(folder, name))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    Process process() {
        return process;
    }

    /** Takes note of what it has started by now, if it could not be found later. */
    synchronized void look() {
        long now = System.nanoTime();
        if (!hasSession && now - lookedAt > BETWEEN_LOOKS) {
            process.descendants().forEach(seen::add);
            lookedAt = now;
        }
    }

    /** Whether it ended by itself within a time. */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends it, and what it started. */
    void end() {
        endProcesses();
        synchronized (RUNNING) {
            RUNNING.remove(this);
        }
    }

    /** Itself first, or else it might go on and start more. */
    private synchronized void endProcesses() {
        process.descendants().forEach(seen::add);
        process.toHandle().destroyForcibly(); // not the process: that would close what it wrote before it is read
        try {
            awaitEnd(TO_BE_GONE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<ProcessHandle> left = left();
        for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            left.forEach(ProcessHandle::destroyForcibly);
            seen.addAll(left);
            left = left();
        }
    }

    private List<ProcessHandle> left() {
        return ProcessHandle.allProcesses()
                .filter(hasSession ? this::isOfSession : this::isOfSeen)
                .toList();
    }

    /** Whether it is in the session, or was seen to leave it, and lives. */
    private boolean isOfSession(ProcessHandle other) {
        try {
            String stat = Files.readString(PROCESSES.resolve(other.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", SESSION + 2);
            boolean isOurs = fields[SESSION].equals(Long.toString(process.pid())) || seen.contains(other);
            return isOurs && !fields[0].equals(ENDED);
        } catch (IOException gone) {
            return false; // it ended meanwhile
        }
    }

    private boolean isOfSeen(ProcessHandle other) {
        return seen.contains(other) || other.parent().filter(seen::contains).isPresent();
    }
}
