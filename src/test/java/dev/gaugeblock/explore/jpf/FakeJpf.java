package dev.gaugeblock.explore.jpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An installation of Java PathFinder that is none: a shell script in the place of Java answers for it. */
public final class FakeJpf {
    private static final Duration AMPLE = Duration.ofMinutes(5);

    /** What the script knows of its run: which it is, and where a narrated one has to leave its report. */
    private static final String HEAD =
            """
            #!/bin/sh
            run=search
            for argument; do
              case "$argument" in
                "spinlock B") run=deadlock ;;
                unguarded) run=unguarded ;;
                narrated) run=narrated ;;
                +report.xml.file=*) report="${argument#*=}.xml" ;;
              esac
            done
            """;

    private final Path folder;

    /** In a folder of its own. What each kind of run does is still to be said; one that is not says nothing. */
    public FakeJpf(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("build"));
        Files.createFile(folder.resolve("build/RunJPF.jar"));
        Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.15\"\n");
        Files.writeString(
                folder.resolve("jdk/bin/java"),
                HEAD + "cd '" + folder + "' && [ ! -f $run.sh ] || exec /bin/sh ./$run.sh \"$report\"\n");
        if (!folder.resolve("jdk/bin/java").toFile().setExecutable(true)) {
            throw new IOException("cannot make " + folder + "/jdk/bin/java executable");
        }
    }

    /** The canaries are found. */
    public FakeJpf findingCanaries() throws IOException {
        return answering("deadlock", Console.deadlock()).answering("unguarded", Console.unguarded());
    }

    /**
     * Makes a kind of run print something.
     *
     * @param run "deadlock" or "unguarded" for the canaries, "search" for tests, "narrated" for the second run of a
     *     violation
     */
    public FakeJpf answering(String run, Console console) throws IOException {
        Files.write(folder.resolve(run + ".txt"), console.lines());
        return doing(run, "cat " + run + ".txt");
    }

    /** Makes a kind of run do something; {@code $1} is where the report goes, the working folder is the fake's own. */
    public FakeJpf doing(String run, String... script) throws IOException {
        Files.write(folder.resolve(run + ".sh"), List.of(script));
        return this;
    }

    /** Where it is installed. */
    public JpfHome home() {
        return new JpfHome(folder.resolve("build/RunJPF.jar"), folder.resolve("jdk/bin/java"));
    }

    JpfEngine engine() {
        return engine(AMPLE);
    }

    JpfEngine engine(Duration limit) {
        return new JpfEngine(home(), "classes", limit, true);
    }

    /** The content of a file that a script wrote. */
    String wrote(String file) throws IOException {
        return Files.readString(folder.resolve(file)).strip();
    }
}
