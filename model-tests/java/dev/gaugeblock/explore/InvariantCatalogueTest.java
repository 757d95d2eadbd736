package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.gaugeblock.explore.harness.InvariantCatalogue;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.report.InvariantReport;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class InvariantCatalogueTest {
    @Test
    void shouldListEveryAnnotatedMethod() {
        JavaClasses all = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.gaugeblock");
        Set<String> annotated = new TreeSet<>();
        all.forEach(type -> type.getMethods().stream()
                .filter(method -> method.isAnnotatedWith(Invariant.class))
                .forEach(method -> annotated.add(
                        method.getAnnotationOfType(Invariant.class).id())));

        assertTrue(annotated.size() >= 10, annotated.toString());
        assertEquals(
                List.copyOf(annotated),
                InvariantCatalogue.entries().stream()
                        .map(InvariantCatalogue.Entry::id)
                        .toList());
    }

    @Test
    void shouldKnowEveryGuard() throws IllegalAccessException {
        Set<Object> guards = new HashSet<>();
        for (Field constant : Invariant.class.getDeclaredFields()) {
            guards.add(constant.get(null));
        }

        for (InvariantCatalogue.Entry entry : InvariantCatalogue.entries()) {
            assertTrue(guards.contains(entry.guardedBy()), entry.toString());
        }
    }

    @Test
    void shouldBeWrittenDownInTheSpecification() throws IOException {
        assertEquals(
                InvariantReport.catalogue(),
                Files.readString(Path.of("spec/invariants.md")),
                "run ./gaugeblock invariants > spec/invariants.md");
    }
}
