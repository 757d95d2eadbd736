package dev.gaugeblock.artefacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCoverageTest {
    private static final String REPORT =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">
            <report name="gaugeblock"><package name="dev/gaugeblock/mm">
            <class name="dev/gaugeblock/mm/Node" sourcefilename="Node.java">
            <method name="zonelist" desc="()V" line="7"><counter type="LINE" missed="2" covered="5"/></method>
            <method name="lambda$all$0" desc="()V" line="9"><counter type="LINE" missed="1" covered="0"/></method>
            <counter type="LINE" missed="3" covered="5"/></class>
            <class name="dev/gaugeblock/mm/Node$Inner" sourcefilename="Node.java">
            <method name="&lt;init&gt;" desc="()V" line="8"><counter type="LINE" missed="1" covered="0"/></method></class>
            <counter type="LINE" missed="4" covered="196"/><counter type="BRANCH" missed="9" covered="91"/></package>
            </report>
            """;

    private static final String PAGE =
            """
            # Lines

            | method | lines | why |
            | --- | --- | --- |
            | `mm/Node`, `zonelist` and `all` | 3 | no parser lets it through |
            | `mm/Node`, the constructor | 1 | only where something is broken |
            """;

    @Test
    void shouldHoldThePageAgainstTheReport(@TempDir Path folder) throws Exception {
        CheckCoverage coverage = CheckCoverage.of(Files.writeString(folder.resolve("jacoco.xml"), REPORT));

        assertEquals(Map.of("mm/Node zonelist", 2, "mm/Node all", 1, "mm/Node <init>", 1), coverage.missed);
        assertEquals(List.of("mm BRANCH: 91 of 100 reached, less than 92 %"), coverage.findings(PAGE));
        assertEquals(
                List.of(
                        "[mm/Node zonelist, mm/Node all]: no test reaches 3 lines, the page says 2",
                        "mm BRANCH: 91 of 100 reached, less than 92 %"),
                coverage.findings(PAGE.replace("| 3 |", "| 2 |")));
        assertTrue(coverage.findings("").contains("mm/Node all: no test reaches 1 lines, and the page has no row"));
    }

    @Test
    void shouldAskForTheReasonOfALineThatIsNew(@TempDir Path folder) throws Exception {
        CheckCoverage coverage = CheckCoverage.of(Files.writeString(folder.resolve("jacoco.xml"), REPORT));
        String written = coverage.written(PAGE.replace(" and `all`", ""));

        assertTrue(written.contains("| `mm/Node`, `zonelist` | 2 | no parser lets it through |"), written);
        assertTrue(written.contains("| `mm/Node`, `all` | 1 | WHY? |"), written);
        assertTrue(coverage.findings(written).contains("[mm/Node all]: the page gives no reason"));
    }
}
