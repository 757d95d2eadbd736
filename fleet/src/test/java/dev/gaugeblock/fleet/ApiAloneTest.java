package dev.gaugeblock.fleet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.gaugeblock.text.LineReader;
import org.junit.jupiter.api.Test;

/** Of Gaugeblock this uses what is promised to everybody, and nothing else. */
class ApiAloneTest {
    private static final ArchRule RULE = noClasses()
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are of Gaugeblock, and not of its API",
                    type -> type.getPackageName().startsWith("dev.gaugeblock.")
                            && !type.getPackageName().equals("dev.gaugeblock.api")
                            && !type.getPackageName().equals("dev.gaugeblock.fleet")));

    @Test
    void shouldUseTheApiAlone() {
        JavaClasses main = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.gaugeblock.fleet");
        assertTrue(main.contain(Judge.class) && main.contain(Sweep.class));
        RULE.check(main);
    }

    /** Does what the rule forbids. */
    static final class ReadsLines {
        JavaClass unused;
        LineReader lines;
    }

    @Test
    void shouldNoticeWhatIsNotOfTheApi() {
        JavaClasses wrong = new ClassFileImporter().importClasses(ReadsLines.class);
        assertTrue(RULE.evaluate(wrong).hasViolation());
        assertFalse(RULE.evaluate(new ClassFileImporter().importClasses(Slices.class))
                .hasViolation());
    }
}
