package dev.gaugeblock.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is promised to others shows them nothing that is not, and is what the page says. */
class PromiseTest {
    private static final Set<String> SHOWN =
            Set.of("dev.gaugeblock.api", "dev.gaugeblock.junit", "dev.gaugeblock.machine");

    private static JavaClasses promised() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(SHOWN);
    }

    @Test
    void shouldShowNoInternalType() {
        JavaClasses promised = promised();
        assertTrue(promised.size() > 20, () -> "only " + promised.size() + " classes");
        Set<String> found = new TreeSet<>();
        promised.forEach(type -> found.addAll(internalTypesShownBy(type)));
        assertEquals(Set.of(), found);
    }

    @Test
    void shouldNoticeAnInternalTypeThatIsShown() {
        JavaClass wrong = new ClassFileImporter()
                .importPackages("dev.gaugeblock.fixtures.promise")
                .get("dev.gaugeblock.fixtures.promise.ShowsAFrame");
        assertEquals(
                Set.of("dev.gaugeblock.fixtures.promise.ShowsAFrame.frames(): dev.gaugeblock.mm.PageFrame"),
                internalTypesShownBy(wrong));
    }

    @Test
    void shouldNameEveryPublicClassOnThePage() throws IOException {
        String page = Files.readString(Path.of("docs", "api.md"));
        Set<String> missing = promised().stream()
                .filter(PromiseTest::isPublic)
                .map(JavaClass::getSimpleName)
                .filter(name -> !page.contains("`" + name + "`"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), missing);
        assertFalse(page.contains("`NoReclaim`"));
    }

    /** What is published as Javadoc, and what is compared with a release, is what the page promises of the machine. */
    @Test
    void shouldPublishAndCompareWhatThePagePromises() throws IOException {
        String row = Files.readString(Path.of("docs", "api.md"))
                .lines()
                .filter(line -> line.startsWith("| `dev.gaugeblock.machine` |"))
                .findFirst()
                .orElseThrow();
        Set<String> promised = names("`([A-Z]\\w+)`", row);
        assertTrue(promised.size() > 15, promised::toString);
        String pom = Files.readString(Path.of("pom.xml"));
        Set<String> published = names("<include>dev/gaugeblock/machine/([A-Z]\\w+)\\.java</include>", pom);
        assertTrue(published.size() > 15 && promised.containsAll(published), published::toString);
        assertEquals(promised, names("<include>dev\\.gaugeblock\\.machine\\.(\\w+)</include>", pom));
    }

    private static Set<String> names(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().isEmpty();
    }

    private static Set<String> internalTypesShownBy(JavaClass type) {
        if (!type.getModifiers().contains(JavaModifier.PUBLIC)) {
            return Set.of();
        }
        return type.getMembers().stream()
                .filter(PromiseTest::isShown)
                .flatMap(member -> typesOf(member)
                        .filter(each -> each.getPackageName().startsWith("dev.gaugeblock")
                                && !SHOWN.contains(each.getPackageName()))
                        .map(each -> member.getFullName() + ": " + each.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isShown(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> typesOf(JavaMember member) {
        if (member instanceof JavaCodeUnit called) {
            return Stream.of(
                            called.getReturnType().getAllInvolvedRawTypes().stream(),
                            called.getParameterTypes().stream().flatMap(each -> each.getAllInvolvedRawTypes().stream()),
                            called.getExceptionTypes().stream())
                    .flatMap(each -> each)
                    .map(JavaClass::getBaseComponentType);
        }
        return ((JavaField) member).getType().getAllInvolvedRawTypes().stream().map(JavaClass::getBaseComponentType);
    }
}
