package dev.gaugeblock.report.steps;

import dev.gaugeblock.explore.audit.Audit;
import dev.gaugeblock.explore.harness.program.AllocatorMaker;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.state.MemoryModel;
import dev.gaugeblock.explore.state.Schedule;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The command that shows a counterexample again, to be pasted into a shell.
 *
 * @param command up to the schedule
 */
public record Again(String command) {
    /** How the launcher was called. */
    private static final String CALLED = "gaugeblock.called";

    private static final String REPLAY = " --replay ";

    /** In the allocator as it is: a shipped test by its name, which is right in any folder; audited if this run is. */
    public static Again exploring(LitmusTest test) {
        String what = LitmusSuite.isShipped(test) ? test.name() : test.file();
        AllocatorMaker allocator = test.machine().allocator;
        boolean isAudited = Audit.sites() != null;
        StringBuilder options = new StringBuilder();
        if (allocator != null) {
            allocator.options().forEach(option -> options.append(' ').append(quoted(option)));
            options.append(isAudited ? "" : " --no-audit");
        } else {
            options.append(isAudited ? " --audit" : "");
        }
        return new Again(launcher() + " explore " + quoted(what) + options + switchedOff(test) + REPLAY);
    }

    /**
     * With a defect in the allocator.
     *
     * @param defect its id
     * @param folder where its patch lies; empty for a shipped one
     * @param test name of the litmus test
     */
    public static Again withDefect(String defect, String folder, String test) {
        String from = folder.isEmpty() ? "" : " --defects " + quoted(folder);
        return new Again(launcher() + " defects " + quoted(defect) + from + REPLAY + test + ":");
    }

    private static String switchedOff(LitmusTest test) {
        StringBuilder options = new StringBuilder();
        test.machine().without.forEach(id -> options.append(" --without ").append(id));
        return options.toString();
    }

    /** A command of this program, quoted where a shell wants that. */
    public static String words(List<String> words) {
        return launcher() + " " + words.stream().map(Again::quoted).collect(Collectors.joining(" "));
    }

    /** The whole command. */
    public String of(Schedule schedule) {
        return command + schedule;
    }

    /** The same on a machine with that memory. */
    public Again on(MemoryModel memory) {
        return memory == MemoryModel.SC ? this : new Again(ofAll() + " --memory " + memory + REPLAY);
    }

    /** The same, but that explores all schedules. */
    public String ofAll() {
        return command.substring(0, command.lastIndexOf(REPLAY));
    }

    /** As it was called: another allocator may be in a jar of its own. */
    private static String launcher() {
        String called = System.getProperty(CALLED);
        String jar = System.getProperty("java.class.path", "");
        if (called == null
                && System.getProperty("sun.java.command", "").startsWith(jar + " ")
                && jar.endsWith(".jar")) {
            return "java -jar " + quoted(jar);
        }
        return quoted(called == null ? "gaugeblock" : called);
    }

    /** As one word of a shell. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:,=@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
