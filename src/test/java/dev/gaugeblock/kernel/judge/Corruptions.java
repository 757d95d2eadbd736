package dev.gaugeblock.kernel.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plants one corruption at a time into a recording, at about 60 % of it: what a broken kernel would have printed. */
final class Corruptions {
    private static final Pattern EVENT =
            Pattern.compile("(.*: )(mm_page_\\w+): page=(\\w+) pfn=0x(\\p{XDigit}+) order=(\\d+)(.*)");
    private static final String TAIL = " migratetype=0 gfp_flags=GFP_KERNEL";

    /** An event with its place. */
    private record Told(int at, String kind, long pfn, int order, String line) {}

    private final List<String> lines;
    private final List<Told> events = new ArrayList<>();
    private final int start;
    /** Pages of order 0 that are live there, by the line of their allocation. */
    private final Map<Long, Told> live = new HashMap<>();
    /** Pages that a free was told of, and nothing since, there. */
    private final Set<Long> free = new HashSet<>();

    Corruptions(List<String> lines) {
        this.lines = lines;
        this.start = lines.size() * 6 / 10;
        for (int i = 0; i < lines.size(); i++) {
            Matcher form = EVENT.matcher(lines.get(i));
            if (form.matches()) {
                Told told = new Told(
                        i,
                        form.group(2),
                        Long.parseLong(form.group(4), 16),
                        Integer.parseInt(form.group(5)),
                        lines.get(i));
                events.add(told);
                if (i < start) {
                    note(told);
                }
            }
        }
    }

    private void note(Told told) {
        if (told.kind().equals("mm_page_alloc")) {
            free.remove(told.pfn());
            if (told.order() == 0 && told.pfn() != 0) {
                live.put(told.pfn(), told);
            }
        } else if (told.kind().equals("mm_page_free")) {
            live.remove(told.pfn());
            free.add(told.pfn());
        }
    }

    /** A page of order 0 that is live, and stays so for a while: that whose allocation is the latest. */
    private Told livePage() {
        return live.values().stream()
                .max((one, other) -> Integer.compare(one.at(), other.at()))
                .orElseThrow();
    }

    private Told next(String kind, int order) {
        return events.stream()
                .filter(told ->
                        told.at() > start && told.kind().equals(kind) && told.order() >= order && told.pfn() > 0)
                .findFirst()
                .orElseThrow();
    }

    private List<String> inserted(String line) {
        List<String> changed = new ArrayList<>(lines);
        changed.add(start, line);
        return changed;
    }

    private List<String> replaced(Told told, String line) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(told.at(), line);
        return changed;
    }

    private String event(String kind, long pfn, int order, String tail) {
        Matcher form = EVENT.matcher(events.get(events.size() / 2).line());
        if (!form.matches()) {
            throw new IllegalStateException("an event is none any more");
        }
        String before = form.group(1).replaceFirst("\\d+: $", stamp() + ": ");
        return before + kind + ": page=1 pfn=0x" + Long.toHexString(pfn) + " order=" + order + tail;
    }

    private String stamp() {
        return lines.get(start).replaceFirst(".*?\\] \\S+ +(\\d+): .*", "$1");
    }

    private String alloc(long pfn, int order) {
        return event("mm_page_alloc", pfn, order, TAIL);
    }

    /** The recording as it is. */
    List<String> lines() {
        return lines;
    }

    List<String> pageHandedOutAgain() {
        return inserted(alloc(livePage().pfn(), 0));
    }

    List<String> blockOverALivePage() {
        return inserted(alloc(livePage().pfn() & ~3L, 2));
    }

    /** An allocation that follows a free of its page comes before that. */
    List<String> allocationBeforeTheFree() {
        Told freed = freedAndComesAgain();
        Told again = comesAgain(freed);
        List<String> changed = new ArrayList<>(lines);
        changed.remove(again.at());
        changed.add(freed.at(), again.line().replaceFirst(" \\d+: ", " " + (stampOf(freed) - 1) + ": "));
        return changed;
    }

    private static long stampOf(Told told) {
        return Long.parseLong(told.line().replaceFirst(".*?\\] \\S+ +(\\d+): .*", "$1"));
    }

    List<String> freeLeftOut() {
        List<String> changed = new ArrayList<>(lines);
        changed.remove(freedAndComesAgain().at());
        return changed;
    }

    /** A page that is live, then freed without a second report, then handed out again. */
    private Told freedAndComesAgain() {
        return events.stream()
                .filter(told -> told.at() > start && told.kind().equals("mm_page_free") && told.order() == 0)
                .filter(told -> live.containsKey(told.pfn()))
                .filter(told -> {
                    List<Told> later = events.stream()
                            .filter(other -> other.at() > told.at() && other.pfn() == told.pfn())
                            .toList();
                    return !later.isEmpty()
                            && later.get(0).kind().equals("mm_page_alloc")
                            && later.get(0).order() == 0;
                })
                .findFirst()
                .orElseThrow();
    }

    private Told comesAgain(Told freed) {
        return events.stream()
                .filter(told -> told.at() > freed.at() && told.pfn() == freed.pfn())
                .findFirst()
                .orElseThrow();
    }

    List<String> misalignedFrame() {
        Told alloc = next("mm_page_alloc", 1);
        return replaced(
                alloc,
                alloc.line()
                        .replace(
                                "pfn=0x" + Long.toHexString(alloc.pfn()),
                                "pfn=0x" + Long.toHexString(alloc.pfn() + 1)));
    }

    List<String> orderEleven() {
        Told alloc = next("mm_page_alloc", 0);
        return replaced(alloc, alloc.line().replaceFirst(" order=\\d+", " order=11"));
    }

    List<String> freeLargerThanItsAllocation() {
        Told freed = events.stream()
                .filter(told -> told.at() > start && told.kind().equals("mm_page_free") && live.containsKey(told.pfn()))
                .findFirst()
                .orElseThrow();
        return replaced(freed, freed.line().replaceFirst(" order=0", " order=2"));
    }

    List<String> freeOverTwoAllocations() {
        long pfn = live.keySet().stream()
                .filter(each -> each % 2 == 0 && live.containsKey(each + 1))
                .sorted()
                .findFirst()
                .orElseThrow();
        return inserted(event("mm_page_free", pfn, 1, ""));
    }

    /** The zones Normal and HighMem of the recording of i386 meet at frame 0x12ffe. */
    List<String> blockOverTheEdgeOfZones() {
        return inserted(alloc(0x12ffc, 2));
    }

    List<String> kernelPageInHighMem() {
        Told alloc = events.stream()
                .filter(told -> told.at() > start && told.kind().equals("mm_page_alloc") && told.pfn() > 0x13000)
                .findFirst()
                .orElseThrow();
        return replaced(alloc, alloc.line().replaceFirst("gfp_flags=\\S+", "gfp_flags=GFP_KERNEL"));
    }

    List<String> pageOutsideAllMemory() {
        return inserted(alloc(0x40000, 0));
    }

    List<String> pageInTheHoleOfTheBios() {
        return inserted(alloc(0xa0, 0));
    }

    List<String> doubleFree() {
        Told freed = next("mm_page_free", 0);
        List<String> changed = new ArrayList<>(lines);
        changed.add(freed.at() + 1, freed.line());
        return changed;
    }

    List<String> drainOfALivePage() {
        return inserted(event("mm_page_pcpu_drain", livePage().pfn(), 0, " migratetype=0"));
    }

    List<String> zoneLockedOfALivePage() {
        return inserted(event("mm_page_alloc_zone_locked", livePage().pfn(), 0, " migratetype=0 percpu_refill=1"));
    }

    List<String> batchedFreeAlone() {
        return inserted(event("mm_page_free_batched", livePage().pfn(), 0, ""));
    }

    List<String> batchedFreeAloneOfAFreePage() {
        Map<Long, String> last = new TreeMap<>();
        events.stream().filter(told -> told.at() < start).forEach(told -> last.put(told.pfn(), told.kind()));
        long pfn = last.entrySet().stream()
                .filter(each -> each.getValue().equals("mm_page_free_batched") && free.contains(each.getKey()))
                .findFirst()
                .orElseThrow()
                .getKey();
        return inserted(event("mm_page_free_batched", pfn, 0, ""));
    }

    /** A tail of a block is freed alone, and the block as a whole later: then more comes back than is left. */
    List<String> tailFreedBeforeTheWhole() {
        Told block = blockWhoseFree(true);
        return inserted(event("mm_page_free", block.pfn() + 1, 0, ""));
    }

    /** A tail of a block is freed alone, and nothing more is heard of the block: as if it had been split. */
    List<String> loneTailFree() {
        Told block = blockWhoseFree(false);
        return inserted(event("mm_page_free", block.pfn() + 1, 0, ""));
    }

    /** The last block of some pages that is handed out before, with or without a free of all of it behind. */
    private Told blockWhoseFree(boolean follows) {
        Told found = null;
        for (Told told : events) {
            if (told.at() < start && told.kind().equals("mm_page_alloc") && told.order() > 0 && told.pfn() != 0) {
                List<Told> later = events.stream()
                        .filter(other -> other.at() > told.at() && other.pfn() < told.pfn() + (1L << told.order()))
                        .filter(other -> other.pfn() + (1L << other.order()) > told.pfn())
                        .toList();
                boolean isFreed = !later.isEmpty()
                        && later.get(0).at() > start
                        && later.get(0).kind().equals("mm_page_free")
                        && later.get(0).order() == told.order();
                found = (follows ? isFreed : later.isEmpty()) ? told : found;
            }
        }
        if (found == null) {
            throw new IllegalStateException("no such block");
        }
        return found;
    }

    List<String> allocationLeftOut() {
        List<String> changed = new ArrayList<>(lines);
        changed.remove(next("mm_page_alloc", 0).at());
        return changed;
    }

    List<String> needlessFailure() {
        return inserted(event("mm_page_alloc", 0, 0, TAIL).replace("page=1", "page=00000000"));
    }
}
