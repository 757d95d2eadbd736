package dev.gaugeblock.report.form;

import dev.gaugeblock.report.result.Run;

/** How a file of results is put: JUnit XML, SARIF, sets of outcomes. */
public interface Form {
    /** The whole text of a report of a run that is this far. */
    String text(Run run);
}
