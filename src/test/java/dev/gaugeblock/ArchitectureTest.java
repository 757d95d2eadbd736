package dev.gaugeblock;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.gaugeblock.cli.Main;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Dependencies point one way: {@code cli -> defects -> report -> oracle, explore, kernel -> contract -> pagebuf,
 * reclaim -> highmem -> mm -> machine}, and {@code text} below all readers. A package may be missing, but no class may
 * lie outside of these packages, or no rule would cover it.
 */
class ArchitectureTest {
    private static final String[] KERNEL = {"machine", "mm", "highmem", "reclaim", "pagebuf"};

    /** The root of a package tree, among its wings. */
    private static final String ROOT = "";

    /** The wings of the explorer, the lowest first. */
    private static final String[] EXPLORER = {
        "harness", "litmus", "state", "execution", "search", "story", ROOT, "stress", "jpf"
    };

    private static final String[] JUDGE = {"trace", "replay", ROOT, "drive"};

    /** The compiled main classes, and not the tests. */
    static Path mainClasses() throws URISyntaxException {
        return Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static JavaClasses imported() throws URISyntaxException {
        JavaClasses imported = new ClassFileImporter().importPath(mainClasses());
        assertFalse(imported.isEmpty(), "no class was found under " + mainClasses());
        return imported;
    }

    @Test
    void shouldPointDependenciesOneWay() throws URISyntaxException {
        oneWay("dev.gaugeblock").check(imported());
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() throws URISyntaxException {
        noCycles("dev.gaugeblock").check(imported());
    }

    @Test
    void shouldHaveEveryClassInAPackageThatTheRulesCover() throws URISyntaxException {
        classes()
                .should()
                .resideInAnyPackage(
                        "dev.gaugeblock.machine..",
                        "dev.gaugeblock.mm..",
                        "dev.gaugeblock.highmem..",
                        "dev.gaugeblock.reclaim..",
                        "dev.gaugeblock.pagebuf..",
                        "dev.gaugeblock.contract..",
                        "dev.gaugeblock.text..",
                        "dev.gaugeblock.explore..",
                        "dev.gaugeblock.oracle..",
                        "dev.gaugeblock.kernel..",
                        "dev.gaugeblock.report..",
                        "dev.gaugeblock.defects..",
                        "dev.gaugeblock.cli..")
                .check(imported());
    }

    @Test
    void shouldKeepFilesAndLibrariesOutOfTheKernel() throws URISyntaxException {
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
    void shouldHaveNoDependencyUpInsideTheExplorer() throws URISyntaxException {
        floors("dev.gaugeblock.explore", EXPLORER).check(imported());
    }

    @Test
    void shouldHaveNoDependencyUpInsideTheJudge() throws URISyntaxException {
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
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
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

    private static ArchRule oneWay(String root) {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("machine")
                .definedBy(root + ".machine..")
                .layer("mm")
                .definedBy(root + ".mm..")
                .layer("highmem")
                .definedBy(root + ".highmem..")
                .layer("reclaim")
                .definedBy(root + ".reclaim..")
                .layer("pagebuf")
                .definedBy(root + ".pagebuf..")
                .layer("contract")
                .definedBy(root + ".contract..")
                .layer("text")
                .definedBy(root + ".text..")
                .layer("explore")
                .definedBy(root + ".explore..")
                .layer("oracle")
                .definedBy(root + ".oracle..")
                .layer("kernel")
                .definedBy(root + ".kernel..")
                .layer("report")
                .definedBy(root + ".report..")
                .layer("defects")
                .definedBy(root + ".defects..")
                .layer("cli")
                .definedBy(root + ".cli..")
                .whereLayer("machine")
                .mayNotAccessAnyLayer()
                .whereLayer("mm")
                .mayOnlyAccessLayers("machine")
                .whereLayer("highmem")
                .mayOnlyAccessLayers("mm", "machine")
                .whereLayer("reclaim")
                .mayOnlyAccessLayers("highmem", "mm", "machine")
                .whereLayer("pagebuf")
                .mayOnlyAccessLayers("highmem", "mm", "machine")
                .whereLayer("contract")
                .mayOnlyAccessLayers(KERNEL)
                .whereLayer("text")
                .mayNotAccessAnyLayer()
                .whereLayer("explore")
                .mayOnlyAccessLayers("text", "contract", "pagebuf", "reclaim", "highmem", "mm", "machine")
                .whereLayer("oracle")
                .mayOnlyAccessLayers("text", "contract", "pagebuf", "reclaim", "highmem", "mm", "machine")
                .whereLayer("kernel")
                .mayOnlyAccessLayers("text", "contract", "pagebuf", "reclaim", "highmem", "mm", "machine")
                .whereLayer("report")
                .mayOnlyAccessLayers(
                        "kernel",
                        "oracle",
                        "explore",
                        "text",
                        "contract",
                        "pagebuf",
                        "reclaim",
                        "highmem",
                        "mm",
                        "machine")
                .whereLayer("defects")
                .mayOnlyAccessLayers(
                        "report",
                        "kernel",
                        "oracle",
                        "explore",
                        "text",
                        "contract",
                        "pagebuf",
                        "reclaim",
                        "highmem",
                        "mm",
                        "machine")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer();
    }
}
