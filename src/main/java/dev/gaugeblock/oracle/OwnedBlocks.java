package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.contract.Result;
import dev.gaugeblock.oracle.trace.ContractForm;
import dev.gaugeblock.oracle.trace.DeclarationForm;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Header;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Who owns what, as events say: also where two are said to own the same. */
final class OwnedBlocks {
    private final boolean hugetlb;
    private Declarations declares;
    private final List<LastEvents.Owned> blocks = new ArrayList<>();
    /** References beyond the first, by block. */
    private final Map<LastEvents.Owned, Integer> references = new HashMap<>();

    OwnedBlocks(Header header) {
        this.hugetlb = header.build().hugetlb();
        this.declares = header.declares();
    }

    List<LastEvents.Owned> blocks() {
        return List.copyOf(blocks);
    }

    /**
     * Events in the order in which they take effect. A free that overlaps the allocation of its own block comes behind
     * that.
     */
    List<Event> inOrder(List<Event> events) {
        List<Event> ordered = new ArrayList<>();
        List<Event> lasting = new ArrayList<>();
        for (Event event : events) {
            if (Times.of(event) == null) {
                ordered.addAll(sorted(lasting));
                lasting.clear();
                ordered.add(event);
            } else {
                lasting.add(event);
            }
        }
        ordered.addAll(sorted(lasting));
        return ordered;
    }

    private List<Event> sorted(List<Event> lasting) {
        List<Event> sorted = new ArrayList<>(lasting);
        sorted.sort(Comparator.comparingLong(this::effect));
        for (int i = 0; i < sorted.size(); i++) {
            Call back = call(sorted.get(i));
            long called = effect(sorted.get(i));
            for (int j = i + 1; j < sorted.size() && back != null && Exchange.givesBack(back); j++) {
                Times times = Times.of(sorted.get(j));
                Call given = call(sorted.get(j));
                Times free = Times.of(sorted.get(i));
                boolean overlaps = times != null && free != null && times.call() <= free.end() && times.end() >= called;
                if (overlaps && given != null && Exchange.handsOut(given, back) && !isOwned(sorted, i, back)) {
                    sorted.add(i, sorted.remove(j));
                    break;
                }
            }
        }
        return sorted;
    }

    /** Whether the block that a call gives back is owned when the event of an index comes. */
    private boolean isOwned(List<Event> sorted, int index, Call back) {
        int owners = 0;
        for (LastEvents.Owned block : blocks) {
            owners += back instanceof Call.Free free && block.first() == free.pfn() ? 1 : 0;
        }
        for (Event event : sorted.subList(0, index)) {
            Call call = call(event);
            if (call != null && Exchange.handsOut(call, back)) {
                owners++;
            } else if (call instanceof Call.Free free && back instanceof Call.Free mine && free.pfn() == mine.pfn()) {
                owners--;
            }
        }
        return owners > 0;
    }

    private long effect(Event event) {
        Times times = Times.of(event);
        Call call = call(event);
        if (times == null) {
            return 0;
        }
        return call != null && Exchange.givesBack(call) ? times.call() : times.end();
    }

    /** Whether an event has the fields that its operation wants, of the right types. */
    boolean isInForm(Event event) {
        Operation operation = Operation.named(event.operation());
        return operation != null && ContractForm.of(operation).problem(event.fields(), declares) == null;
    }

    /** What an event says first in the words of the contract; {@code null} if that says nothing of it. */
    private @Nullable Call call(Event event) {
        Operation operation = Operation.named(event.operation());
        if (operation == null || !isInForm(event)) {
            return null;
        }
        List<Call> calls = ContractCalls.of(operation, event, hugetlb);
        return calls.isEmpty() ? null : calls.get(0);
    }

    /** Takes the next event in. */
    LastEvents.Step take(Event event) {
        if (event.operation().equals(Operation.RESET.spelling)) {
            blocks.clear();
            references.clear();
            if (event.has(DeclarationForm.KEY)) {
                declares = DeclarationForm.of(event.get(DeclarationForm.KEY));
            }
        }
        List<LastEvents.Owned> begins = new ArrayList<>();
        List<LastEvents.Owned> ends = new ArrayList<>();
        Call call = call(event);
        long first = -1;
        long frames = 0;
        if (call instanceof Call.Alloc alloc && alloc.result().kind() == Result.Kind.GIVEN) {
            first = alloc.result().value();
            frames = alloc.frames();
        } else if (call instanceof Call.Take take && take.result().kind() == Result.Kind.GIVEN) {
            first = take.result().value();
            frames = 1L << take.order();
        } else if (call instanceof Call.Free free) {
            first = free.pfn();
            frames = released(first, free.frames(), free.reception() == Call.Reception.REFUSED, begins, ends);
        } else if (call instanceof Call.Give give) {
            first = give.pfn();
            frames = released(first, 1 << give.order(), give.reception() == Call.Reception.REFUSED, begins, ends);
        } else if (call instanceof Call.Get get) {
            first = get.pfn();
            frames = 1;
            blocks.stream()
                    .filter(each -> each.first() <= get.pfn() && get.pfn() < each.end())
                    .findFirst()
                    .ifPresent(each -> references.merge(each, 1, Integer::sum));
        }
        if (first >= 0 && (call instanceof Call.Alloc || call instanceof Call.Take)) {
            begins.add(new LastEvents.Owned(first, frames, event.position().line(), JsonText.of(event.fields())));
        }
        if (!ends.isEmpty()) {
            blocks.removeAll(ends);
        }
        blocks.addAll(begins);
        return new LastEvents.Step(
                event.position().line(),
                event.number(),
                event.operation(),
                JsonText.of(event.fields()),
                event.get("cpu") instanceof Long cpu ? cpu.intValue() : -1,
                Times.of(event),
                first,
                frames,
                begins,
                ends);
    }

    /** Gives frames back; how many they are. What is left of a block that only a part comes back of begins anew. */
    private long released(
            long first, long said, boolean isRefused, List<LastEvents.Owned> begins, List<LastEvents.Owned> ends) {
        LastEvents.Owned whole = null;
        for (LastEvents.Owned block : blocks) {
            if (block.first() == first && (said == 0 || block.frames() == said)) {
                whole = block;
            }
        }
        long frames = whole != null ? whole.frames() : Math.max(1, said);
        if (isRefused) {
            return frames;
        }
        if (whole != null) {
            int more = references.getOrDefault(whole, 0);
            if (more == 0) {
                ends.add(whole);
            } else {
                references.put(whole, more - 1);
            }
            return frames;
        }
        for (LastEvents.Owned block : blocks) {
            if (block.first() < first + frames && first < block.end()) {
                ends.add(block);
                if (block.first() < first) {
                    begins.add(block.rest(block.first(), first));
                }
                if (first + frames < block.end()) {
                    begins.add(block.rest(first + frames, block.end()));
                }
            }
        }
        return frames;
    }
}
