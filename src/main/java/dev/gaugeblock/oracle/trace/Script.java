package dev.gaugeblock.oracle.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happens around an allocation or a kmap while it waits: the answers that reclaim, the OOM killer, a congestion
 * wait and a sleep give it, each kind from a queue of its own, and what other tasks do meanwhile.
 */
public final class Script {
    /** What an action does to its frame. */
    public enum Kind {
        FREE,
        /** Frees a single frame to the cold list. */
        FREE_COLD,
        KMAP,
        KUNMAP
    }

    /** What another task does meanwhile, on some CPU; maps and unmaps a single frame, on CPU 0. */
    public record Action(Kind kind, int pfn, int order, int cpu) {}

    /** One answer of {@code try_to_free_pages}, given after the actions. */
    public record Reclaim(int progress, List<Action> actions) {}

    private static final Pattern RECLAIM = Pattern.compile("R:(\\d{1,9})(?::(.*))?");
    private static final Pattern OTHER = Pattern.compile("([OCK]):(.*)");
    private static final Pattern FREE = Pattern.compile("([fc])(\\d{1,9})\\.(\\d{1,2})@(\\d{1,4})");
    private static final Pattern KMAP = Pattern.compile("([uk])(\\d{1,9})");

    private final Queue<Reclaim> reclaims = new ArrayDeque<>();
    private final Queue<List<Action>> oomKills = new ArrayDeque<>();
    private final Queue<List<Action>> congestionWaits = new ArrayDeque<>();
    private final Queue<List<Action>> sleeps = new ArrayDeque<>();
    private final List<Action> all = new ArrayList<>();

    /** The script of an event, if it has one; as {@link #parse}. */
    public static Script of(Event event) {
        return event.has("script") ? parse(event.texts("script")) : parse(List.of());
    }

    /**
     * Reads the items of a script.
     *
     * @throws IllegalArgumentException for an item that is none
     */
    public static Script parse(List<String> items) {
        Script script = new Script();
        for (String item : items) {
            script.add(item);
        }
        return script;
    }

    private void add(String item) {
        Matcher reclaim = RECLAIM.matcher(item);
        Matcher other = OTHER.matcher(item);
        if (reclaim.matches()) {
            String text = reclaim.group(2);
            List<Action> actions = text == null ? List.of() : actions(text, item);
            reclaims.add(new Reclaim(Integer.parseInt(group(reclaim, 1)), actions));
        } else if (other.matches()) {
            queue(group(other, 1)).add(actions(group(other, 2), item));
        } else {
            throw new IllegalArgumentException("script item " + JsonText.shown(item)
                    + " is none of R:<progress>[:<actions>], O:<actions>, C:<actions>, K:<actions>");
        }
    }

    private Queue<List<Action>> queue(String letter) {
        return switch (letter) {
            case "O" -> oomKills;
            case "C" -> congestionWaits;
            default -> sleeps;
        };
    }

    /** A group that takes part in every match. */
    private static String group(Matcher matched, int number) {
        return Objects.requireNonNull(matched.group(number));
    }

    private List<Action> actions(String text, String item) {
        List<Action> actions = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            Matcher free = FREE.matcher(each);
            Matcher kmap = KMAP.matcher(each);
            if (free.matches()) {
                actions.add(new Action(
                        group(free, 1).equals("c") ? Kind.FREE_COLD : Kind.FREE,
                        Integer.parseInt(group(free, 2)),
                        Integer.parseInt(group(free, 3)),
                        Integer.parseInt(group(free, 4))));
            } else if (kmap.matches()) {
                Kind kind = group(kmap, 1).equals("k") ? Kind.KMAP : Kind.KUNMAP;
                actions.add(new Action(kind, Integer.parseInt(group(kmap, 2)), 0, 0));
            } else if (!each.equals("n")) {
                throw new IllegalArgumentException("script item " + JsonText.shown(item) + ": action "
                        + JsonText.shown(each) + " is none of f<pfn>.<order>@<cpu>, c<pfn>.0@<cpu>, k<pfn>, u<pfn>, n");
            }
        }
        all.addAll(actions);
        return List.copyOf(actions);
    }

    /** Every action, whether it will come to it or not: so that all of them can be checked beforehand. */
    public List<Action> actions() {
        return all;
    }

    /**
     * The next answer of {@code try_to_free_pages}.
     *
     * @throws StuckException if there is none
     */
    public Reclaim nextReclaim() {
        Reclaim next = reclaims.poll();
        if (next == null) {
            throw new StuckException();
        }
        return next;
    }

    /** What happens during the next {@code try_to_free_pages}; nothing if the script says nothing. */
    public List<Action> reclaimOrNothing() {
        Reclaim next = reclaims.poll();
        return next == null ? List.of() : next.actions();
    }

    /** What happens during the next {@code out_of_memory}; nothing if the script says nothing. */
    public List<Action> nextOomKill() {
        List<Action> next = oomKills.poll();
        return next == null ? List.of() : next;
    }

    /** What happens during the next {@code blk_congestion_wait}; nothing if the script says nothing. */
    public List<Action> nextCongestionWait() {
        List<Action> next = congestionWaits.poll();
        return next == null ? List.of() : next;
    }

    /** What happens during the next {@code schedule} of a kmap; nothing if the script says nothing. */
    public List<Action> sleepOrNothing() {
        List<Action> next = sleeps.poll();
        return next == null ? List.of() : next;
    }

    /**
     * What happens during the next {@code schedule} of a kmap.
     *
     * @throws BlockedException if the script says nothing more
     */
    public List<Action> nextSleep() {
        List<Action> next = sleeps.poll();
        if (next == null) {
            throw new BlockedException();
        }
        return next;
    }
}
