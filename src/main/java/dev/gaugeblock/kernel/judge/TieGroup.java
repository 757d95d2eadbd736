package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.kernel.trace.KmemEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Events of one stamp. Those of one CPU are in order; those of different CPUs are not, so that they are taken in an
 * order in which as few as can be are wrong, the order of the file where nothing speaks against it.
 */
final class TieGroup {
    private final KmemJudge judge;
    private final Consumer<KmemEvent> judged;
    private final List<KmemEvent> events = new ArrayList<>();
    private boolean isMixed;

    /** Events as they have been judged go to {@code judged}, too. */
    TieGroup(KmemJudge judge, Consumer<KmemEvent> judged) {
        this.judge = judge;
        this.judged = judged;
    }

    /** Takes in an event, after judging those of another stamp. */
    void add(KmemEvent event) {
        if (!events.isEmpty() && events.get(0).stamp() != event.stamp()) {
            judge();
        }
        KmemEvent kept = event.copy();
        isMixed |= !events.isEmpty() && events.get(0).cpu() != kept.cpu();
        events.add(kept);
    }

    /** The call chain of the last event of a CPU; {@code false} if that is not here any more. */
    boolean stack(int cpu, int stack) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i).cpu() == cpu) {
                events.get(i).withStack(stack);
                return true;
            }
        }
        return false;
    }

    /** Judges what is there. */
    void judge() {
        if (isMixed) {
            judgeMixed();
        } else {
            events.forEach(this::step);
        }
        events.clear();
        isMixed = false;
    }

    private void step(KmemEvent event) {
        judge.step(event);
        judged.accept(event);
    }

    private void judgeMixed() {
        FrameMerge merge = new FrameMerge(events, judge);
        Map<Integer, List<KmemEvent>> queues = new TreeMap<>();
        events.forEach(event ->
                queues.computeIfAbsent(event.cpu(), cpu -> new ArrayList<>()).add(event));
        Map<Integer, Integer> next = new TreeMap<>();
        queues.keySet().forEach(cpu -> next.put(cpu, 0));
        KmemEvent delayed = null;
        for (int left = events.size(); left > 0; left--) {
            List<KmemEvent> heads = new ArrayList<>();
            queues.forEach((cpu, queue) -> {
                int at = next.getOrDefault(cpu, 0);
                if (at < queue.size()) {
                    heads.add(queue.get(at));
                }
            });
            heads.sort(Comparator.comparingLong(KmemEvent::line));
            KmemEvent first = heads.get(0);
            KmemEvent chosen = chosen(heads);
            next.merge(chosen.cpu(), 1, Integer::sum);
            if (chosen != first && first != delayed && judge.outlook(first) == KmemJudge.Outlook.HARD) {
                judge.count(SoftKind.TIED);
                delayed = first;
            }
            if (judge.outlook(chosen) == KmemJudge.Outlook.HARD && merge.mayBeRight(chosen)) {
                judge.count(SoftKind.TIED);
                judge.forgive(chosen);
                judged.accept(chosen);
            } else {
                step(chosen);
            }
        }
    }

    private KmemEvent chosen(List<KmemEvent> heads) {
        KmemEvent best = heads.get(0);
        KmemJudge.Outlook outlook = judge.outlook(best);
        for (int i = 1; i < heads.size() && outlook != KmemJudge.Outlook.CLEAN; i++) {
            KmemJudge.Outlook other = judge.outlook(heads.get(i));
            if (other.compareTo(outlook) < 0) {
                best = heads.get(i);
                outlook = other;
            }
        }
        return best;
    }
}
