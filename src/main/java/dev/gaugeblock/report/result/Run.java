package dev.gaugeblock.report.result;

import java.util.List;
import java.util.Map;

/**
 * How far a command came: what its reports tell.
 *
 * @param command its name
 * @param settings what its results depend on, beside the inputs: engine, reduction, seed, and so on
 * @param cases what was judged so far, in the order of the run
 * @param done how many of the things to be judged are
 * @param total how many there are; -1 while the inputs are not read
 * @param isFinished whether nothing is still to come
 * @param notes what else is to be known, each with its place
 */
public record Run(
        String command,
        Map<String, String> settings,
        List<Case> cases,
        int done,
        int total,
        boolean isFinished,
        List<Note> notes) {

    /** A remark about a place. */
    public record Note(Place place, String text) {}

    /** What stands in a report of a run that came no further. */
    public String unfinished() {
        return "run not finished, " + done + " of " + (total < 0 ? "unknown" : Integer.toString(total)) + " tests";
    }

    /** What came of all together. */
    public Conclusion conclusion() {
        return isFinished
                ? Conclusion.worst(cases.stream().map(Case::conclusion).toList())
                : Conclusion.INCONCLUSIVE;
    }

    /** How many cases came out so. */
    public int count(Conclusion conclusion) {
        return (int)
                cases.stream().filter(each -> each.conclusion() == conclusion).count();
    }
}
