package dev.gaugeblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script in a project of its own, with stand-ins for mvn and java that write down how they were called.
 */
class LauncherTest {
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

    private static final String TOOLS = "cat cksum dirname find flock mkdir mv readlink rm sed sleep touch mvn java";

    @TempDir
    Path folder;

    private Path project;
    private Path calls;
    private Path elsewhere;

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

    @Test
    void shouldBuildOnceThenRunInTheCallersFolderWithItsArguments() throws Exception {
        for (int i = 0; i < 2; i++) {
            Ended ended = launch(Map.of(), "check", "a b", "*", "", "--x=\"y\"");
            assertEquals(4, ended.exitCode(), ended.toString());
            assertEquals(
                    i == 0
                            ? "gaugeblock: building (first use or sources changed); this takes a minute or two...\n"
                            : "",
                    ended.err());
            List<String> lines = ended.out().lines().toList();
            assertEquals(elsewhere.toString(), lines.get(0));
            assertEquals(
                    List.of(
                            "<-XX:+UseSerialGC>",
                            "<-Dgaugeblock.called=" + project.resolve("gaugeblock") + ">",
                            "<-jar>",
                            "<" + project + "/target/gaugeblock.jar>",
                            "<check>",
                            "<a b>",
                            "<*>",
                            "<>",
                            "<--x=\"y\">"),
                    lines.subList(1, lines.size()));
            assertEquals(List.of(project.toString()), Files.readAllLines(calls));
        }
    }

    @Test
    void shouldPassOnJvmOptions() throws Exception {
        Ended ended = launch(Map.of("GAUGEBLOCK_JAVA_OPTS", "-Xmx1g -Dx=*"));
        assertTrue(ended.out().contains("<-Xmx1g>\n<-Dx=*>\n<-jar>"), ended.out());
    }

    /** A JVM would open files of its own in place of streams that are closed. */
    @Test
    void shouldNotStartAJvmWithoutStandardStreams() throws Exception {
        Path noInput = folder.resolve("no-input");
        executable(noInput, "#!/bin/sh\nexec '" + project.resolve("gaugeblock") + "' <&-\n");
        Ended ended = run(noInput, Map.of());
        assertEquals(4, ended.exitCode(), ended.toString());
        assertFalse(ended.out().contains("no standard input"), ended.out());

        Path noOutput = folder.resolve("no-output");
        executable(noOutput, "#!/bin/sh\nexec '" + project.resolve("gaugeblock") + "' >&-\n");
        ended = run(noOutput, Map.of());
        assertEquals(70, ended.exitCode(), ended.toString());
        assertEquals("gaugeblock: standard output is closed\n", ended.err());
    }

    @Test
    void shouldFindItselfThroughLinks() throws Exception {
        Path links = Files.createDirectories(folder.resolve("links/deep"));
        Files.createSymbolicLink(links.resolve("one"), project.resolve("gaugeblock"));
        Files.createSymbolicLink(folder.resolve("links/two"), Path.of("deep/one"));
        Ended ended = run(folder.resolve("links/two"), Map.of());
        assertEquals(4, ended.exitCode(), ended.toString());
        assertTrue(ended.out().contains("<" + project + "/target/gaugeblock.jar>"), ended.out());
    }

    @Test
    void shouldRunTheJarBesideItWhereItIsInstalled() throws Exception {
        Path installed = folder.resolve("an installation");
        executable(installed.resolve("gaugeblock"), Files.readString(Path.of("gaugeblock")));
        Ended without = run(installed.resolve("gaugeblock"), Map.of());
        assertEquals(69, without.exitCode(), without.toString());
        assertTrue(without.err().contains("there is no " + installed + "/gaugeblock-all.jar"), without.err());
        Files.writeString(installed.resolve("gaugeblock-all.jar"), "a jar");
        Ended ended = run(installed.resolve("gaugeblock"), Map.of(), "check");
        assertEquals(4, ended.exitCode(), ended.toString());
        assertTrue(ended.out().contains("<-jar>\n<" + installed + "/gaugeblock-all.jar>\n<check>"), ended.out());
        assertFalse(Files.exists(calls), "it called Maven");
    }

    @Test
    void shouldBuildAgainWhenWhatTheJarIsMadeOfChanged() throws Exception {
        launch(Map.of());
        List<Change> changes = List.of(
                () -> write("pom.xml"),
                () -> write("src/main/java/A.java"),
                () -> write("src/main/java/new/C.java"),
                () -> write("model-tests/litmus/b.litmus"),
                () -> write("model-tests/defects/a.patch"),
                () -> write("spec/vectors/a.jsonl.gz"),
                () -> Files.delete(project.resolve("src/main/java/B.java")),
                () -> Files.delete(project.resolve("model-tests/litmus/a.litmus")),
                () -> Files.delete(project.resolve("target/gaugeblock.jar")),
                () -> Files.delete(project.resolve("target/lib")),
                () -> Files.writeString(project.resolve("target/gaugeblock.jar"), "half a"));
        int builds = 1;
        for (Change each : changes) {
            each.make();
            assertEquals(4, launch(Map.of()).exitCode());
            assertEquals(4, launch(Map.of()).exitCode());
            builds++;
            assertEquals(builds, Files.readAllLines(calls).size());
        }
        write("src/test/java/ATest.java");
        write("README.md");
        launch(Map.of());
        assertEquals(builds, Files.readAllLines(calls).size());
    }

    @Test
    void shouldNoticeAChangeDuringTheBuild() throws Exception {
        Process building = start(project.resolve("gaugeblock"), Map.of("MVN_SLEEPS", "2"));
        while (!Files.exists(calls)) {
            Thread.sleep(10);
        }
        Thread.sleep(100);
        Files.writeString(project.resolve("src/main/java/A.java"), "changed");
        end(building);
        launch(Map.of());
        assertEquals(2, Files.readAllLines(calls).size());
    }

    @Test
    void shouldShowMavensOutputWhenTheBuildFailsAndNotTakeItsJarForFresh() throws Exception {
        Ended failed = launch(Map.of("MVN_FAILS", "yes"));
        assertEquals(70, failed.exitCode());
        assertEquals("", failed.out());
        assertTrue(failed.err().contains("maven speaks"), failed.err());
        assertTrue(failed.err().contains("gaugeblock: the build failed"), failed.err());
        assertEquals(4, launch(Map.of()).exitCode());
        assertEquals(2, Files.readAllLines(calls).size());
    }

    @Test
    void shouldNotBuildTwiceAtOnce() throws Exception {
        List<Process> started = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            started.add(start(project.resolve("gaugeblock"), Map.of("MVN_SLEEPS", "1")));
        }
        for (Process each : started) {
            Ended ended = end(each);
            assertEquals(4, ended.exitCode(), ended.toString());
        }
        assertEquals(1, Files.readAllLines(calls).size());
    }

    @Test
    void shouldNotBuildTwiceAtOnceWithoutFlockEither() throws Exception {
        String path = pathWithout("flock");
        List<Process> started = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            started.add(start(project.resolve("gaugeblock"), Map.of("PATH", path, "MVN_SLEEPS", "1")));
        }
        for (Process each : started) {
            Ended ended = end(each);
            assertEquals(4, ended.exitCode(), ended.toString());
        }
        assertEquals(1, Files.readAllLines(calls).size());
        assertFalse(Files.exists(project.resolve("target/gaugeblock.lock")));
    }

    @Test
    void shouldSayWhatToDoAboutALockThatAKilledBuildLeft() throws Exception {
        Files.createDirectories(project.resolve("target/gaugeblock.lock"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(project.resolve("target/gaugeblock.lock/pid"), gone.pid() + "\n");
        Ended ended = launch(Map.of("PATH", pathWithout("flock")));
        assertEquals(70, ended.exitCode());
        assertTrue(ended.err().contains("remove the folder " + project + "/target/gaugeblock.lock"), ended.err());
    }

    @Test
    void shouldWantJava17() throws Exception {
        Ended ended = launch(Map.of("JAVA_IS", "11.0.2"));
        assertEquals(69, ended.exitCode());
        assertTrue(ended.err().contains("Java 17 or newer is needed"), ended.err());
        assertTrue(ended.err().contains("11.0.2"), ended.err());
        assertFalse(Files.exists(calls), "it built before it looked for Java");
        assertEquals(69, launch(Map.of("JAVA_IS", "1.8.0_292")).exitCode());
        assertEquals(4, launch(Map.of("JAVA_IS", "25")).exitCode());
        assertEquals(4, launch(Map.of("JAVA_IS", "25-ea")).exitCode());
    }

    @Test
    void shouldPreferJavaHome() throws Exception {
        Files.delete(folder.resolve("bin/java"));
        String home = folder.resolve("home").toString();
        assertEquals(4, launch(Map.of("JAVA_HOME", home)).exitCode());
        Files.writeString(folder.resolve("home/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"16.0.1\"\n");
        Ended old = launch(Map.of("JAVA_HOME", home));
        assertEquals(69, old.exitCode());
        assertTrue(old.err().contains("16.0.1"), old.err());
        Ended wrong = launch(Map.of("JAVA_HOME", elsewhere.toString()));
        assertEquals(69, wrong.exitCode());
        assertTrue(wrong.err().contains("JAVA_HOME"), wrong.err());
    }

    @Test
    void shouldSayThatJavaOrMavenIsMissing() throws Exception {
        Ended noMaven = launch(Map.of("PATH", pathWithout("mvn")));
        assertEquals(69, noMaven.exitCode());
        assertTrue(noMaven.err().contains("Maven is needed"), noMaven.err());
        Ended noJava = launch(Map.of("PATH", pathWithout("java")));
        assertEquals(69, noJava.exitCode());
        assertTrue(noJava.err().contains("no java on PATH"), noJava.err());
    }

    /** The JVM's own failure ends with 1, and 1 is "violated"; and what it does instead of running us ends with 0. */
    @Test
    void shouldNotTakeWhatTheOptionsOfTheJvmDoForAVerdict() throws Exception {
        for (int build = 0; build < 2; build++) {
            Ended refused = launch(Map.of("GAUGEBLOCK_JAVA_OPTS", "-XX:NoSuch"));
            assertEquals(69, refused.exitCode(), refused.toString());
            assertTrue(refused.err().contains("Unrecognized VM option"), refused.err());
            assertTrue(refused.err().contains("correct them, or unset them"), refused.err());
            Ended elsewhere = launch(Map.of("GAUGEBLOCK_JAVA_OPTS", "-Delsewhere"));
            assertEquals(69, elsewhere.exitCode(), elsewhere.toString());
            assertEquals(4, launch(Map.of()).exitCode());
        }
    }

    private interface Change {
        void make() throws IOException;
    }

    private void write(String file) throws IOException {
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

    private static void executable(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        assertTrue(file.toFile().setExecutable(true));
    }

    /** A PATH of one folder that holds the tools that the script needs, less one. */
    private String pathWithout(String left) throws IOException {
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

    private Ended launch(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return run(project.resolve("gaugeblock"), environment, arguments);
    }

    private Ended run(Path script, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return end(start(script, environment, arguments));
    }

    private Process start(Path script, Map<String, String> environment, String... arguments) throws IOException {
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

    private static Ended end(Process process) throws IOException, InterruptedException {
        // Both streams hold a few lines, so that reading one after the other cannot block.
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the launcher still runs");
        return new Ended(process.exitValue(), out, err);
    }
}
