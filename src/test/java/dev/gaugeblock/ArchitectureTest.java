package dev.gaugeblock;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.gaugeblock.cli.Main;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Dependencies point one way: {@code cli -> course -> defects -> report -> oracle, explore, kernel -> contract ->
 * pagebuf, reclaim -> highmem -> mm -> machine}, and {@code text} below all readers. A package may be missing, but no
 * class may lie outside of these packages, or no rule would cover it.
 */
class ArchitectureTest {
    private static final String[] KERNEL = {"machine", "mm", "highmem", "reclaim", "pagebuf"};

    /** The root of a package tree, among its wings. */
    private static final String ROOT = "";

    /** The wings of the explorer, the lowest first. */
    private static final String[] EXPLORER = {
        "harness", "litmus", "state", "execution", "search", "story", ROOT, "subject", "stress", "jpf"
    };

    /**
     * What somebody's allocator implements, and is told: the lower half of the API, beside the machine. The upper half
     * is what somebody's program calls, and knows everything below the commands.
     */
    private static final Set<String> IMPLEMENTED =
            Set.of("Subject", "FreeLists", "MachineDescription", "ZoneDescription", "Window");

    private static final String[] JUDGE = {"trace", "replay", ROOT, "drive"};

    /** The compiled main classes, and not the tests. */
    static Path mainClasses() throws URISyntaxException {
        return Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Read once for all rules. */
    private static final class Imported {
        private static final JavaClasses MAIN = read();

        private static JavaClasses read() {
            try {
                return new ClassFileImporter().importPath(mainClasses());
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The main classes, as the rules of this and other tests see them. */
    static JavaClasses imported() {
        assertFalse(Imported.MAIN.isEmpty(), "no class was found");
        return Imported.MAIN;
    }

    @Test
    void shouldPointDependenciesOneWay() {
        oneWay("dev.gaugeblock").check(imported());
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        noCycles("dev.gaugeblock").check(imported());
    }

    @Test
    void shouldHaveEveryClassInAPackageThatTheRulesCover() {
        classes()
                .should()
                .resideInAnyPackage(
                        "dev.gaugeblock.machine..",
                        "dev.gaugeblock.mm..",
                        "dev.gaugeblock.highmem..",
                        "dev.gaugeblock.reclaim..",
                        "dev.gaugeblock.pagebuf..",
                        "dev.gaugeblock.contract..",
                        "dev.gaugeblock.api..",
                        "dev.gaugeblock.junit..",
                        "dev.gaugeblock.text..",
                        "dev.gaugeblock.explore..",
                        "dev.gaugeblock.oracle..",
                        "dev.gaugeblock.kernel..",
                        "dev.gaugeblock.report..",
                        "dev.gaugeblock.defects..",
                        "dev.gaugeblock.course..",
                        "dev.gaugeblock.cli..")
                .check(imported());
    }

    @Test
    void shouldKeepFilesAndLibrariesOutOfTheKernel() {
        String[] kernel = new String[KERNEL.length];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = "dev.gaugeblock." + KERNEL[i] + "..";
        }
        noClasses()
                .that()
                .resideInAnyPackage(kernel)
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("dev.gaugeblock..", "java.lang..", "java.util..", "org.checkerframework..")
                .check(imported());
    }

    @Test
    void shouldHaveNoDependencyUpInsideTheExplorer() {
        floors("dev.gaugeblock.explore", EXPLORER).check(imported());
    }

    @Test
    void shouldHaveNoDependencyUpInsideTheJudge() {
        floors("dev.gaugeblock.oracle", JUDGE).check(imported());
    }

    @Test
    void shouldFindADependencyUpInsideAWing() {
        JavaClasses wrong = new ClassFileImporter().importPackages("dev.gaugeblock.fixtures.layers");
        String explorer = floors("dev.gaugeblock.fixtures.layers.explore", EXPLORER)
                .evaluate(wrong)
                .getFailureReport()
                .toString();
        assertTrue(explorer.contains("KnowsAnExecution"), explorer);
        String judge = floors("dev.gaugeblock.fixtures.layers.oracle", JUDGE)
                .evaluate(wrong)
                .getFailureReport()
                .toString();
        assertTrue(judge.contains("KnowsADriver"), judge);
    }

    @Test
    void shouldFindADependencyThatPointsUp() {
        JavaClasses wrong = new ClassFileImporter().importPackages("dev.gaugeblock.fixtures.layers");
        String report = oneWay("dev.gaugeblock.fixtures.layers")
                .evaluate(wrong)
                .getFailureReport()
                .toString();
        assertTrue(report.contains("machine.ReadsFrames"), report);
        assertFalse(report.contains("explore.ReadsFramesToo"), report);
    }

    @Test
    void shouldFindACycle() {
        JavaClasses wrong = new ClassFileImporter().importPackages("dev.gaugeblock.fixtures.layers");
        assertTrue(noCycles("dev.gaugeblock.fixtures.layers").evaluate(wrong).hasViolation());
    }

    private static ArchRule noCycles(String root) {
        return slices().assignedFrom(new Packages(root)).should().beFreeOfCycles();
    }

    /** Each package is a slice; the API is two. */
    private record Packages(String root) implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            if (!name.startsWith(root + ".")) {
                return SliceIdentifier.ignore();
            }
            return isImplemented(type) ? SliceIdentifier.of(name, "implemented") : SliceIdentifier.of(name);
        }

        @Override
        public String getDescription() {
            return "the packages of " + root;
        }
    }

    /** Whether a class, or the one that it lies in, is of the lower half of the API. */
    private static boolean isImplemented(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        String name = element.getName().replaceFirst("\\$.*", "");
        return element.getPackageName().endsWith(".api")
                && IMPLEMENTED.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** Each wing may look at those below it alone. */
    private static ArchRule floors(String root, String... wings) {
        LayeredArchitecture rule =
                layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        for (String wing : wings) {
            rule = rule.layer("floor " + wing).definedBy(wing.equals(ROOT) ? root : root + "." + wing + "..");
        }
        for (int i = 0; i < wings.length; i++) {
            String[] below = new String[i];
            for (int j = 0; j < i; j++) {
                below[j] = "floor " + wings[j];
            }
            String floor = "floor " + wings[i];
            rule = i == 0
                    ? rule.whereLayer(floor).mayNotAccessAnyLayer()
                    : rule.whereLayer(floor).mayOnlyAccessLayers(below);
        }
        return rule;
    }

    /** Each layer, and the layers that it may look at; nobody may look at {@code cli} and {@code junit}. */
    private static Map<String, List<String>> mayAccess() {
        Map<String, List<String>> layers = new LinkedHashMap<>();
        layers.put("machine", List.of());
        layers.put("mm", List.of("machine"));
        layers.put("highmem", List.of("mm", "machine"));
        layers.put("reclaim", List.of("highmem", "mm", "machine"));
        layers.put("pagebuf", List.of("highmem", "mm", "machine"));
        layers.put("contract", List.of(KERNEL));
        layers.put("text", List.of());
        List<String> readers = List.of("text", "contract", "pagebuf", "reclaim", "highmem", "mm", "machine");
        layers.put("implemented", List.of("machine"));
        layers.put("explore", and(readers, "implemented"));
        layers.put("oracle", readers);
        layers.put("kernel", readers);
        List<String> belowReport = and(readers, "kernel", "oracle", "explore");
        layers.put("report", belowReport);
        layers.put("api", and(belowReport, "report", "defects", "implemented"));
        layers.put("junit", and(belowReport, "report", "implemented", "api"));
        layers.put("defects", and(belowReport, "report"));
        layers.put("course", and(belowReport, "report", "defects", "implemented"));
        layers.put("cli", and(belowReport, "report", "defects", "course"));
        return layers;
    }

    private static DescribedPredicate<JavaClass> inLayer(String root, String layer) {
        return DescribedPredicate.describe(layer, type -> {
            boolean isImplemented = isImplemented(type);
            String in = root + "." + (layer.equals("implemented") ? "api" : layer);
            boolean isIn =
                    type.getPackageName().equals(in) || type.getPackageName().startsWith(in + ".");
            return isIn && isImplemented == layer.equals("implemented");
        });
    }

    private static List<String> and(List<String> layers, String... more) {
        return Stream.concat(layers.stream(), Stream.of(more)).toList();
    }

    private static ArchRule oneWay(String root) {
        LayeredArchitecture rule =
                layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        for (String layer : mayAccess().keySet()) {
            rule = rule.layer(layer).definedBy(inLayer(root, layer));
        }
        for (Map.Entry<String, List<String>> layer : mayAccess().entrySet()) {
            var where = rule.whereLayer(layer.getKey());
            rule = layer.getValue().isEmpty()
                    ? where.mayNotAccessAnyLayer()
                    : where.mayOnlyAccessLayers(layer.getValue().toArray(new String[0]));
        }
        return rule.whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("junit")
                .mayNotBeAccessedByAnyLayer();
    }
}
