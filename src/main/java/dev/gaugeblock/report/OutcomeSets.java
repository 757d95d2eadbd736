package dev.gaugeblock.report;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.state.MemoryModel;
import dev.gaugeblock.report.form.Form;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Run;

/**
 * The outcomes of litmus tests as text, for whoever compares them with another engine's or another program's: a section
 * for each test, in the order of the tests; in it lines that begin with #, then the outcomes, sorted, one a line.
 * docs/exploration.md has the form.
 */
public final class OutcomeSets implements Form {
    private static final String NEWLINE = "\n";
    /** No outcome begins like this: whoever leaves out the lines with # still does not take a part for the whole. */
    private static final String INCOMPLETE = "INCOMPLETE ";

    private final StringBuilder sections = new StringBuilder();
    private final MemoryModel memory;

    /**
     * None yet.
     *
     * @param memory that the tests run on; sections name it where it is not {@link MemoryModel#SC}
     */
    public OutcomeSets(MemoryModel memory) {
        this.memory = memory;
    }

    /** The section of the next test. */
    public void add(Exploration exploration) {
        section(exploration, sections);
    }

    /** The sections of the tests so far; a run that is not finished says so first. */
    @Override
    public String text(Run run) {
        StringBuilder text = new StringBuilder();
        if (!run.isFinished()) {
            text.append(INCOMPLETE).append(run.unfinished()).append(NEWLINE);
        }
        for (Case each : run.cases()) {
            boolean isOfATest = each.data().containsKey("outcomes");
            if (!isOfATest && each.conclusion() != Conclusion.HOLDS) {
                text.append(INCOMPLETE).append(oneLine(each.reason())).append(NEWLINE);
            }
        }
        return text.append(sections).toString();
    }

    private void section(Exploration exploration, StringBuilder text) {
        int counted = exploration.outcomes().size();
        text.append("# litmus ").append(exploration.test().name()).append(NEWLINE);
        text.append("# text: ").append(exploration.test().file()).append(NEWLINE);
        if (memory != MemoryModel.SC) {
            text.append("# memory ").append(memory).append(NEWLINE);
        }
        text.append("# executions ").append(exploration.schedules()).append(NEWLINE);
        if (exploration.isExhausted()) {
            text.append("# outcomes ").append(counted).append(NEWLINE);
        } else {
            text.append("# outcomes: ")
                    .append(counted)
                    .append(" met, and there may be more")
                    .append(NEWLINE);
            text.append(INCOMPLETE).append(why(exploration)).append(NEWLINE);
        }
        exploration.outcomes().keySet().forEach(line -> text.append(line).append(NEWLINE));
    }

    private static String why(Exploration exploration) {
        String verdict = exploration.verdict().toString();
        String known =
                exploration.test().knownBad().map(id -> "known-bad " + id).orElse(verdict);
        String why = exploration.reason().isEmpty() ? known : verdict + " " + exploration.reason();
        return oneLine(why);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }
}
