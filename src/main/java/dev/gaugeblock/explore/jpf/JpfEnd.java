package dev.gaugeblock.explore.jpf;

import dev.gaugeblock.explore.harness.condition.Facts;
import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.mm.Zone;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of an execution as Java PathFinder's output tells it: a 0 or 1 for each program that did not or did sleep, a
 * blank, and the outcome's line.
 */
final class JpfEnd implements Facts {
    private static final Pattern KSWAPD = Pattern.compile("kswapd(\\d?)-woken:\\d+");
    /** How what an outcome says of a zone begins. */
    private static final Pattern COUNTED = Pattern.compile("(\\S+) free (\\d+)");
    /** A list of a CPU, in an outcome. */
    private static final Pattern LIST = Pattern.compile(" (?:hot|cold)\\d+ \\[([^\\]]+)\\]");

    /** What reclaim has noted, in an outcome. */
    private static final Pattern PRIORITY = Pattern.compile(" (prev|temp)-priority (\\d+)");

    private static final String KILLED = "killed:";
    private static final String NULL = "NULL";

    private final LitmusTest test;
    private final String slept;
    private final String outcome;
    private final Map<String, String> values = new HashMap<>();
    private final Set<Integer> killed = new HashSet<>();
    /** Numbers of nodes. */
    private final Set<Integer> kswapdsAwake = new HashSet<>();

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is none of such a test
     */
    JpfEnd(LitmusTest test, String line) {
        int blank = line.indexOf(' ');
        this.test = test;
        this.slept = blank < 0 ? "" : line.substring(0, blank);
        this.outcome = line.substring(blank + 1);
        if (slept.length() != test.programs().size() || !slept.matches("[01]+") || !outcome.contains("| ")) {
            throw new IllegalArgumentException("this is no outcome of " + test.name() + ": " + line);
        }
        String before = outcome.substring(0, outcome.indexOf("| "));
        for (String word : before.isEmpty() ? new String[0] : before.split(" ")) {
            if (!read(word)) {
                throw new IllegalArgumentException(
                        "this is no outcome of " + test.name() + ": \"" + word + "\" in " + line);
            }
        }
    }

    /**
     * Reads "variable=frame", "variable=NULL", "kswapd-woken:order", of a node "kswapd1-woken:order", or
     * "killed:process". Whether it is one.
     */
    private boolean read(String word) {
        Matcher kswapd = KSWAPD.matcher(word);
        if (kswapd.matches()) {
            String node = Objects.requireNonNull(kswapd.group(1));
            return kswapdsAwake.add(node.isEmpty() ? 0 : Integer.parseInt(node));
        }
        if (word.matches(KILLED + "\\d{1,9}")) {
            return killed.add(Integer.parseInt(word.substring(KILLED.length())));
        }
        int equals = word.indexOf('=');
        String name = word.substring(0, Math.max(equals, 0));
        String value = word.substring(equals + 1);
        return test.variables().contains(name) && value.matches(NULL + "|\\d{1,9}") && values.put(name, value) == null;
    }

    /** The outcome in the form that all engines share. */
    String outcome() {
        return outcome;
    }

    @Override
    public int pfn(int variable) {
        String value = values.getOrDefault(test.variables().get(variable), NULL);
        return value.equals(NULL) ? -1 : Integer.parseInt(value);
    }

    @Override
    public boolean isKswapdAwake(int node) {
        return kswapdsAwake.contains(node);
    }

    @Override
    public boolean isKilled(int pid) {
        return killed.contains(pid);
    }

    @Override
    public boolean hasSlept(int program) {
        return slept.charAt(program) == '1';
    }

    /** Counts what the outcome's line lists. */
    @Override
    public int freeFrames(int zone, boolean onLists) {
        String part = part(zone);
        Matcher counted = COUNTED.matcher(part);
        int free = counted.lookingAt() ? Integer.parseInt(Objects.requireNonNull(counted.group(2))) : 0;
        Matcher list = LIST.matcher(part);
        while (onLists && list.find()) {
            free += Objects.requireNonNull(list.group(1)).split(" ").length;
        }
        return free;
    }

    /** The line has it where it is not as at boot. */
    @Override
    public int priority(int zone, boolean last) {
        Matcher told = PRIORITY.matcher(part(zone));
        while (told.find()) {
            if (last == Objects.requireNonNull(told.group(1)).equals("prev")) {
                return Integer.parseInt(Objects.requireNonNull(told.group(2)));
            }
        }
        return Zone.DEF_PRIORITY;
    }

    @Override
    public boolean isGivenUp(int zone) {
        return part(zone).endsWith(" given-up");
    }

    /** What the outcome's line says of a zone. */
    private String part(int zone) {
        String name = MachineSpec.zoneName(test.machine().layout, zone);
        for (String part : outcome.substring(outcome.indexOf("| ") + 2).split("; ")) {
            Matcher counted = COUNTED.matcher(part);
            if (counted.lookingAt() && name.equals(counted.group(1))) {
                return part;
            }
        }
        throw new IllegalStateException("the outcome \"" + outcome + "\" says nothing of the zone " + name);
    }
}
