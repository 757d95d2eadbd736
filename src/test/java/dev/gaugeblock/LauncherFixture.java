package dev.gaugeblock;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script in a project of its own, with stand-ins for mvn and java that write down how they were called.
 */
abstract class LauncherFixture {
    private static final String FAKE_MVN =
            """
            #!/bin/sh
            pwd >>"$CALLS"
            echo "maven speaks"
            sleep "${MVN_SLEEPS:-0}"
            [ -z "${MVN_FAILS:-}" ] || { echo broken >target/gaugeblock.jar; exit 1; }
            mkdir -p target/lib
            echo "a jar" >target/gaugeblock.jar
            """;

    private static final String FAKE_JAVA =
            """
            #!/bin/sh
            if [ "$1" = -version ]; then
                echo "openjdk version \\"${JAVA_IS:-17.0.1}\\" 2021-10-19" >&2
                exit 0
            fi
            for last; do :; done
            for each; do
                case $each in
                    -XX:ArchiveClassesAtExit=*)
                        echo "$each" >>"$CALLS.archives"
                        [ -n "${ARCHIVES:-}" ] || exit 1
                        echo "$ARCHIVES" >"${each#*=}"
                        exit 0 ;;
                    -XX:SharedArchiveFile=*) grep -q good "${each#*=}" || exit 134 ;;
                esac
            done
            case "$*" in
                *-XX:NoSuch*) echo "Unrecognized VM option 'NoSuch'" >&2; exit 1 ;;
                *-Delsewhere*) echo "did something else"; exit 0 ;;
            esac
            if [ "$last" = -version ]; then exit 0; fi
            if [ "$last" = --version ]; then echo "gaugeblock 1"; exit 0; fi
            pwd
            for each; do echo "<$each>"; done
            { true 3<&0; } 2>/dev/null || echo "no standard input"
            exit 4
            """;

    private static final String TOOLS =
            "cat cksum dirname find flock grep mkdir mv readlink rm sed sleep touch mvn java";

    @TempDir
    Path folder;

    Path project;
    Path calls;
    Path elsewhere;

    record Ended(int exitCode, String out, String err) {}

    @BeforeEach
    void makeAProject() throws IOException {
        folder = folder.toRealPath();
        project = Files.createDirectories(folder.resolve("a project"));
        calls = folder.resolve("calls");
        elsewhere = Files.createDirectories(folder.resolve("else where"));
        executable(project.resolve("gaugeblock"), Files.readString(Path.of("gaugeblock")));
        executable(folder.resolve("bin/mvn"), FAKE_MVN);
        executable(folder.resolve("bin/java"), FAKE_JAVA);
        executable(folder.resolve("home/bin/java"), FAKE_JAVA);
        write("pom.xml");
        write("src/main/java/A.java");
        write("src/main/java/B.java");
        write("model-tests/litmus/a.litmus");
        write("model-tests/defects/a.patch");
        write("spec/vectors/a.jsonl.gz");
    }

    void write(String file) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        boolean existed = Files.exists(path);
        Files.writeString(path, "content");
        if (!existed) {
            return;
        }
        // The same content again: only the time tells.
        Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
    }

    static void executable(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        assertTrue(file.toFile().setExecutable(true));
    }

    /** A PATH of one folder that holds the tools that the script needs, less one. */
    String pathWithout(String left) throws IOException {
        Path tools = Files.createDirectories(folder.resolve("without-" + left));
        String path = folder.resolve("bin") + ":" + System.getenv("PATH");
        for (String tool : TOOLS.split(" ")) {
            for (String each : path.split(":")) {
                Path found = Path.of(each, tool);
                if (!tool.equals(left) && Files.isExecutable(found)) {
                    // A script and not a link: JUnit warns about links when it empties the folder.
                    executable(tools.resolve(tool), "#!/bin/sh\nexec \"" + found + "\" \"$@\"\n");
                    break;
                }
            }
        }
        return tools.toString();
    }

    Ended launch(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        return run(project.resolve("gaugeblock"), environment, arguments);
    }

    Ended run(Path script, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return end(start(script, environment, arguments));
    }

    Process start(Path script, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(elsewhere.toFile());
        Map<String, String> all = builder.environment();
        all.remove("JAVA_HOME");
        all.keySet().removeAll(List.of("GAUGEBLOCK_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        all.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        all.put("CALLS", calls.toString());
        all.putAll(environment);
        return builder.start();
    }

    static Ended end(Process process) throws IOException, InterruptedException {
        // Both streams hold a few lines, so that reading one after the other cannot block.
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the launcher still runs");
        return new Ended(process.exitValue(), out, err);
    }
}
