package dev.gaugeblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LauncherTest extends LauncherFixture {
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
                            "<-XX:Tier4InvocationThreshold=50000>",
                            "<-XX:Tier4MinInvocationThreshold=6000>",
                            "<-XX:Tier4CompileThreshold=150000>",
                            "<-XX:Tier4BackEdgeThreshold=400000>",
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

    @Test
    void shouldTryDefectsWithoutTheOptimisingCompiler() throws Exception {
        Ended ended = launch(Map.of(), "defects", "x");
        assertTrue(
                ended.out().contains("<-XX:+UseSerialGC>\n<-XX:TieredStopAtLevel=1>\n<-Dgaugeblock.called="),
                ended.out());
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
}
