package dev.gaugeblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.jpf.JpfSubset;
import dev.gaugeblock.explore.jpf.JpfSubset.Finding;
import dev.gaugeblock.explore.jpf.JpfSubset.Rule;
import dev.gaugeblock.fixtures.jpf.Clean;
import dev.gaugeblock.fixtures.jpf.Offenders;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The code that Java PathFinder explores keeps to what JPF executes faithfully: see {@link JpfSubset}. */
class JpfSubsetTest {
    private static final List<String> EXPLORED =
            List.of("machine", "mm", "highmem", "reclaim", "pagebuf", "explore/harness");

    @Test
    void shouldKeepExploredCodeInsideWhatJpfExecutes() throws IOException, URISyntaxException {
        List<Finding> findings = new ArrayList<>();
        for (Path classFile : exploredClassFiles()) {
            findings.addAll(JpfSubset.findings(Files.readAllBytes(classFile)));
        }
        assertTrue(findings.isEmpty(), () -> findings.stream()
                .map(Finding::toString)
                .collect(Collectors.joining("\n", findings.size() + " findings:\n", "\n")));
    }

    @Test
    void shouldInspectAtLeastTheMachine() throws IOException, URISyntaxException {
        Path machine = ArchitectureTest.mainClasses().resolve("dev/gaugeblock/machine");
        assertTrue(
                exploredClassFiles().stream().anyMatch(file -> file.startsWith(machine)),
                "no class file in " + machine);
    }

    @ParameterizedTest
    @MethodSource("offenders")
    void shouldFindEachOffence(Offenders.Offends offends, Class<?> offender) throws IOException {
        Set<Rule> broken = EnumSet.noneOf(Rule.class);
        JpfSubset.findings(bytes(offender)).forEach(finding -> broken.add(finding.rule()));
        assertEquals(Set.of(Rule.valueOf(offends.against())), broken, offender.getName());
    }

    static List<Object[]> offenders() throws ClassNotFoundException {
        List<Object[]> offenders = new ArrayList<>();
        for (Class<?> each : Offenders.class.getDeclaredClasses()) {
            Offenders.Offends offends = each.getAnnotation(Offenders.Offends.class);
            if (offends != null) {
                offenders.add(new Object[] {offends, each});
            }
        }
        return offenders;
    }

    @Test
    void shouldHaveAnOffenderForEveryRuleThatTheCompilerLetsUsBreak() throws ClassNotFoundException {
        Set<String> covered = new TreeSet<>();
        for (Object[] each : offenders()) {
            covered.add(((Offenders.Offends) each[0]).against());
        }
        Set<String> missing = new TreeSet<>();
        for (Rule each : Rule.values()) {
            if (!covered.contains(each.name())) {
                missing.add(each.name());
            }
        }
        // Java 17 compiles no pattern switch without preview features, and has no further use of invokedynamic; a
        // nameless class is nobody's declared class: the next test takes care of it.
        assertEquals(Set.of("PATTERN_SWITCH", "INVOKEDYNAMIC", "NAMELESS_CLASS"), missing);
    }

    @Test
    void shouldFindNamelessClasses() throws IOException, ClassNotFoundException {
        for (String name : List.of("NamelessClasses$1", "NamelessClasses$1Local", "EnumSwitch$1")) {
            Class<?> nameless = Class.forName("dev.gaugeblock.fixtures.jpf." + name);
            Set<Rule> broken = EnumSet.noneOf(Rule.class);
            JpfSubset.findings(bytes(nameless)).forEach(finding -> broken.add(finding.rule()));
            assertEquals(Set.of(Rule.NAMELESS_CLASS), broken, name);
        }
    }

    @Test
    void shouldNameClassMemberAndReason() throws IOException {
        String text = JpfSubset.findings(bytes(Offenders.Lambda.class)).toString();
        assertTrue(text.contains("Offenders$Lambda.task, line "), text);
        assertTrue(text.contains(": invokedynamic of java.lang.invoke.LambdaMetafactory"), text);
        assertTrue(text.contains(Rule.LAMBDA.name()), text);
    }

    @Test
    void shouldAcceptWhatJpfRuns() throws IOException {
        assertEquals(List.of(), JpfSubset.findings(bytes(Clean.class)));
        assertEquals(List.of(), JpfSubset.findings(bytes(Clean.Carrier.class)));
    }

    private static List<Path> exploredClassFiles() throws IOException, URISyntaxException {
        Path root = ArchitectureTest.mainClasses().resolve("dev/gaugeblock");
        List<Path> classFiles = new ArrayList<>();
        for (String each : EXPLORED) {
            Path folder = root.resolve(each);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(file -> file.toString().endsWith(".class")).forEach(classFiles::add);
                }
            }
        }
        assertFalse(classFiles.isEmpty(), "no class file to inspect under " + root);
        return classFiles;
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        String resource = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("no resource " + resource);
            }
            return in.readAllBytes();
        }
    }
}
