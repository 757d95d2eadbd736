package dev.gaugeblock.explore.jpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JpfHomeTest {
    private static final String HOW_TO_GET_IT = "; docs/jpf.md tells how to get it";

    @TempDir
    private Path folder;

    private final Properties properties = new Properties();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void runOnA17() throws IOException {
        properties.setProperty("user.home", folder.toString());
        properties.setProperty("java.home", jdk("running", "17.0.15").toString());
    }

    @Test
    void shouldPreferThePropertyToTheEnvironmentAndThatToTheFile() throws Exception {
        site("jpf-core = " + build("named") + "\n");
        assertEquals(jar("named"), find().jar());

        environment.put("JPF_HOME", build("environment").toString());
        assertEquals(jar("environment"), find().jar());

        properties.setProperty("jpf.home", build("property").toString());
        assertEquals(jar("property"), find().jar());
    }

    @Test
    void shouldTakeAnEmptyHomeForNone() throws Exception {
        site("jpf-core = " + build("named") + "\n");
        environment.put("JPF_HOME", "");
        properties.setProperty("jpf.home", " ");

        assertEquals(jar("named"), find().jar());
    }

    @Test
    void shouldReadTheFileAsJpfDoes() throws Exception {
        build("jpf-core");
        site("# where things are\njpf-core = ${user.home}/jpf-core \nextensions=${jpf-core}\n");

        assertEquals(jar("jpf-core"), find().jar());
    }

    @Test
    void shouldSayThatItIsNotInstalled() {
        assertMissing("Java PathFinder is not installed: neither -Djpf.home nor JPF_HOME is set, and there is no "
                + folder.resolve(".jpf/site.properties") + HOW_TO_GET_IT);
    }

    @Test
    void shouldSayThatTheFileDoesNotNameIt() throws IOException {
        site("jpf-symbc = /opt/symbc\n");

        assertMissing(folder.resolve(".jpf/site.properties") + " has no line that begins with \"jpf-core =\""
                + HOW_TO_GET_IT);
    }

    @Test
    void shouldSayThatTheFileNamesNothing() throws IOException {
        site("jpf-core =\n");

        assertMissing(folder.resolve(".jpf/site.properties") + " has no line that begins with \"jpf-core =\""
                + HOW_TO_GET_IT);
    }

    @Test
    void shouldSayThatTheFileCannotBeRead() throws IOException {
        site("jpf-core = \\uXYZW\n");

        assertMissing("cannot read " + folder.resolve(".jpf/site.properties") + ": Malformed \\uxxxx encoding.");
    }

    @Test
    void shouldSayThatItIsNotBuilt() {
        properties.setProperty("jpf.home", folder.toString());
        assertMissing(
                "Java PathFinder is not built: there is no " + folder.resolve("build/RunJPF.jar") + HOW_TO_GET_IT);

        properties.remove("jpf.home");
        environment.put("JPF_HOME", folder.toString());
        assertMissing(
                "Java PathFinder is not built: there is no " + folder.resolve("build/RunJPF.jar") + HOW_TO_GET_IT);
    }

    @Test
    void shouldRunItOnTheRunningJavaOrTheOneThatIsNamed() throws Exception {
        properties.setProperty("jpf.home", build("jpf").toString());
        assertEquals(folder.resolve("running/bin/java"), find().java());

        properties.setProperty("java.home", jdk("running", "25.0.1").toString());
        environment.put("JPF_JAVA_HOME", jdk("named", "17").toString());
        assertEquals(folder.resolve("named/bin/java"), find().java());
    }

    @Test
    void shouldRefuseARunningJavaThatIsNo17() throws IOException {
        properties.setProperty("jpf.home", build("jpf").toString());
        properties.setProperty("java.home", jdk("running", "25.0.1").toString());

        assertMissing("Java PathFinder runs on a JDK 17 alone, and " + folder.resolve("running")
                + " is of version 25.0.1: set JPF_JAVA_HOME to the home of a JDK 17");
    }

    @Test
    void shouldRefuseANamedJavaThatIsNo17() throws IOException {
        properties.setProperty("jpf.home", build("jpf").toString());

        for (String version : new String[] {"11.0.2", "1.8.0_400", "170.0.1", "21"}) {
            environment.put("JPF_JAVA_HOME", jdk("named", version).toString());
            assertMissing("Java PathFinder runs on a JDK 17 alone, and " + folder.resolve("named") + " is of version "
                    + version + ": set JPF_JAVA_HOME to the home of a JDK 17");
        }
    }

    @Test
    void shouldRefuseAJavaThatDoesNotTellItsVersion() throws IOException {
        properties.setProperty("jpf.home", build("jpf").toString());
        Files.delete(folder.resolve("running/release"));

        assertMissing("Java PathFinder runs on a JDK 17 alone, and " + folder.resolve("running")
                + " is of version unknown: set JPF_JAVA_HOME to the home of a JDK 17");
    }

    @Test
    void shouldRefuseAJavaHomeWithoutJava() throws IOException {
        properties.setProperty("jpf.home", build("jpf").toString());
        environment.put("JPF_JAVA_HOME", folder.resolve("nothing").toString());

        assertMissing("JPF_JAVA_HOME is " + folder.resolve("nothing")
                + ", which holds no bin/java: set it to the home of a JDK 17");
    }

    @Test
    void shouldNotBlameAVariableThatIsNotSet() throws IOException {
        properties.setProperty("jpf.home", build("jpf").toString());
        Files.delete(folder.resolve("running/bin/java"));

        assertMissing("this Java's home is " + folder.resolve("running")
                + ", which holds no bin/java: set JPF_JAVA_HOME to the home of a JDK 17");
    }

    private JpfHome find() throws JpfHome.MissingException {
        return JpfHome.find(properties, environment);
    }

    private void assertMissing(String message) {
        assertEquals(
                message,
                assertThrows(JpfHome.MissingException.class, this::find).getMessage());
    }

    private void site(String text) throws IOException {
        Files.createDirectories(folder.resolve(".jpf"));
        Files.writeString(folder.resolve(".jpf/site.properties"), text);
    }

    private Path build(String name) throws IOException {
        Files.createDirectories(folder.resolve(name).resolve("build"));
        Files.createFile(jar(name));
        return folder.resolve(name);
    }

    private Path jar(String name) {
        return folder.resolve(name).resolve("build/RunJPF.jar");
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("bin/java"), "");
        home.resolve("bin/java").toFile().setExecutable(true);
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        return home;
    }
}
