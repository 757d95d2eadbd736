package dev.gaugeblock.oracle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happens around an allocation while it waits: the answers that reclaim, the OOM killer and a congestion wait
 * give it, each kind from a queue of its own, and what other CPUs do meanwhile.
 */
final class Script {
    /** Frees a block on some CPU; {@code cold} for a single frame that goes to the cold list. */
    record Action(boolean cold, int pfn, int order, int cpu) {}

    /** One answer of {@code try_to_free_pages}, given after the actions. */
    record Reclaim(int progress, List<Action> actions) {}

    private static final Pattern RECLAIM = Pattern.compile("R:(\\d{1,9})(?::(.*))?");
    private static final Pattern OTHER = Pattern.compile("([OC]):(.*)");
    private static final Pattern FREE = Pattern.compile("([fc])(\\d{1,9})\\.(\\d{1,2})@(\\d{1,4})");
    private static final Pattern KMAP = Pattern.compile("[uk]\\d+");

    private final Queue<Reclaim> reclaims = new ArrayDeque<>();
    private final Queue<List<Action>> oomKills = new ArrayDeque<>();
    private final Queue<List<Action>> congestionWaits = new ArrayDeque<>();
    private final List<Action> all = new ArrayList<>();

    /**
     * Reads the items of a script.
     *
     * @throws IllegalArgumentException for an item that is none
     * @throws BeyondReferenceException for an item about highmem mappings
     */
    static Script parse(List<String> items) {
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
            List<Action> actions = reclaim.group(2) == null ? List.of() : actions(reclaim.group(2), item);
            reclaims.add(new Reclaim(Integer.parseInt(reclaim.group(1)), actions));
        } else if (other.matches()) {
            (other.group(1).equals("O") ? oomKills : congestionWaits).add(actions(other.group(2), item));
        } else if (item.startsWith("K:")) {
            throw new BeyondReferenceException(
                    "script item " + JsonText.of(item) + " is about kmap, which is not replayed");
        } else {
            throw new IllegalArgumentException("script item " + JsonText.of(item)
                    + " is none of R:<progress>[:<actions>], O:<actions>, C:<actions>");
        }
    }

    private List<Action> actions(String text, String item) {
        List<Action> actions = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            Matcher free = FREE.matcher(each);
            if (free.matches()) {
                actions.add(new Action(
                        free.group(1).equals("c"),
                        Integer.parseInt(free.group(2)),
                        Integer.parseInt(free.group(3)),
                        Integer.parseInt(free.group(4))));
            } else if (KMAP.matcher(each).matches()) {
                throw new BeyondReferenceException(
                        "script action " + JsonText.of(each) + " is about kmap, which is not replayed");
            } else if (!each.equals("n")) {
                throw new IllegalArgumentException("script item " + JsonText.of(item) + ": action " + JsonText.of(each)
                        + " is none of f<pfn>.<order>@<cpu>, c<pfn>.0@<cpu>, n");
            }
        }
        all.addAll(actions);
        return List.copyOf(actions);
    }

    /** Every action, whether it will come to it or not: so that all of them can be checked beforehand. */
    List<Action> actions() {
        return all;
    }

    /**
     * The next answer of {@code try_to_free_pages}.
     *
     * @throws StuckException if there is none
     */
    Reclaim nextReclaim() {
        Reclaim next = reclaims.poll();
        if (next == null) {
            throw new StuckException();
        }
        return next;
    }

    /** What happens during the next {@code out_of_memory}; nothing if the script says nothing. */
    List<Action> nextOomKill() {
        List<Action> next = oomKills.poll();
        return next == null ? List.of() : next;
    }

    /** What happens during the next {@code blk_congestion_wait}; nothing if the script says nothing. */
    List<Action> nextCongestionWait() {
        List<Action> next = congestionWaits.poll();
        return next == null ? List.of() : next;
    }
}
