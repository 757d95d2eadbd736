package dev.gaugeblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.gaugeblock.api.Subject;
import dev.gaugeblock.cli.Start;
import dev.gaugeblock.defects.Probe;
import dev.gaugeblock.explore.harness.pathfinder.Pathfinder;
import dev.gaugeblock.explore.harness.program.AllocatorMaker;
import dev.gaugeblock.fixtures.reach.Reached;
import dev.gaugeblock.junit.GaugeblockEngine;
import dev.gaugeblock.machine.Invariant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/** Nothing of main is there that neither the commands, nor a test, nor Java PathFinder's main class can reach. */
class DeadCodeTest {
    /** Sources that are compiled in a profile only: a member that they name is in use. */
    private static final List<Path> IN_PROFILES =
            List.of(Path.of("model-tests/bench"), Path.of("model-tests/lincheck"), Path.of("model-tests/spin"));

    /** Classes with members that are called by a name in the sources, and where these stand. */
    private static final Map<String, Path> CALLED_BY_NAME = Map.of(
            "dev.gaugeblock.explore.audit.Hooks",
            Path.of("src/main/java/dev/gaugeblock/explore/audit/AuditedMethod.java"),
            "dev.gaugeblock.cli.Main",
            Path.of("src/main/java/dev/gaugeblock/cli/AuditRun.java"),
            "dev.gaugeblock.api.ExplorationCall",
            Path.of("src/main/java/dev/gaugeblock/api/ExplorationCall.java"));

    /** Whether the sources that call a class by name have the member's name between quotes. */
    private static boolean isCalledByName(JavaMember member) {
        Path caller = CALLED_BY_NAME.get(member.getOwner().getName());
        try {
            return caller != null && Files.readString(caller).contains('"' + member.getName() + '"');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path testClasses() throws URISyntaxException {
        return Path.of(DeadCodeTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    @Test
    void shouldHaveNoMemberThatNothingReaches() throws IOException, URISyntaxException {
        Path mainClasses = ArchitectureTest.mainClasses();
        JavaClasses main = ArchitectureTest.imported();
        JavaClasses all = new ClassFileImporter().importPaths(mainClasses, testClasses());
        Set<String> names = new TreeSet<>();
        main.forEach(each -> names.add(each.getName()));
        Reachability reached = Reachability.from(
                all, member -> !names.contains(member.getOwner().getName()) || isRoot(member));
        Set<String> dead = reached.unreachedOf(
                all.that(DescribedPredicate.describe("in main", each -> names.contains(each.getName()))));
        String inProfiles = sources(IN_PROFILES);
        dead.removeIf(name -> Pattern.compile("\\b" + simpleName(name) + "\\b")
                .matcher(inProfiles)
                .find());
        dead.removeIf(name -> name.endsWith(".package-info"));
        assertFalse(names.isEmpty());
        assertEquals(Set.of(), dead, () -> String.join("\n", dead));
    }

    private static boolean isMadeByName(JavaClass type) {
        return type.isAssignableTo(AllocatorMaker.class)
                || type.isAnnotatedWith(Command.class)
                || type.isAssignableTo(Probe.class)
                || type.isEquivalentTo(GaugeblockEngine.class);
    }

    /** Where others begin: the two main classes, what annotations have called, and probes, which are made by name. */
    private static boolean isRoot(JavaMember member) {
        String owner = member.getOwner().getName();
        boolean starts = owner.equals(Start.class.getName()) || owner.equals(Pathfinder.class.getName());
        return starts && member.getName().equals("main")
                || member.isAnnotatedWith(Invariant.class)
                || isCalledByName(member)
                || isPromised(member)
                || member.getName().equals("<init>") && isMadeByName(member.getOwner());
    }

    /** Somebody else's programs call these, and make their allocators. */
    private static boolean isPromised(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                && member.getOwner().getPackageName().equals(Subject.class.getPackageName());
    }

    /** "get" of "a.B.get(int)", "B" of "a.B". */
    private static String simpleName(String fullName) {
        String name = fullName.replaceFirst("\\(.*", "").replace(".<init>", "");
        return Pattern.quote(name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1));
    }

    private static String sources(List<Path> roots) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    text.append(Files.readString(file));
                }
            }
        }
        return text.toString();
    }

    /** Their readers have their values, so only the sources show whether there are readers. */
    @Test
    void shouldHaveNoConstantThatNothingNames() throws IOException {
        Map<String, Integer> timesNamed = new HashMap<>();
        Pattern.compile("\\w+")
                .matcher(sources(List.of(Path.of("src"), Path.of("model-tests"))))
                .results()
                .forEach(word -> timesNamed.merge(word.group(), 1, Integer::sum));
        Set<String> unnamed = new TreeSet<>();
        int constants = 0;
        for (var type : ArchitectureTest.imported()) {
            for (JavaMember member : type.getFields()) {
                if (Reachability.isCopiedConstant(member) && !member.getName().contains("$")) {
                    constants++;
                    if (timesNamed.getOrDefault(member.getName(), 0) < 2) {
                        unnamed.add(member.getFullName());
                    }
                }
            }
        }
        assertFalse(constants < 50, "only " + constants + " constants");
        unnamed.removeIf(name -> name.endsWith(".serialVersionUID"));
        assertEquals(Set.of(), unnamed);
    }

    @Test
    void shouldFindWhatNothingReaches() {
        JavaClasses fixture = new ClassFileImporter().importPackages("dev.gaugeblock.fixtures.reach");
        Reachability reached = Reachability.from(
                fixture,
                member -> member.getOwner().isEquivalentTo(Reached.class)
                        && member.getName().equals("main"));
        String name = Reached.class.getName();
        assertEquals(
                Set.of(
                        name + ".onlyWritten",
                        name + ".unreached()",
                        name + ".calledByUnreached()",
                        name + "$UnreachedClass"),
                reached.unreachedOf(fixture));
    }
}
