package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Result;
import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.oracle.trace.ContractForm;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.Script;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Puts an event into the words of the contract: the calls that it is made of, in order, none if the contract demands
 * nothing of it. The event is one that {@link ContractForm#problem} has found nothing wrong with.
 */
final class ContractCalls {
    private final boolean hugetlb;
    private final List<Call> calls = new ArrayList<>();

    private ContractCalls(boolean hugetlb) {
        this.hugetlb = hugetlb;
    }

    /** @param hugetlb whether the build has compound blocks */
    static List<Call> of(Operation operation, Event event, boolean hugetlb) {
        ContractCalls translation = new ContractCalls(hugetlb);
        translation.translate(operation, event);
        translation.addFreeCounts(event);
        return translation.calls;
    }

    private void translate(Operation operation, Event event) {
        if (ContractForm.isNoAnswer(event.get("r"))) {
            calls.add(new Call.Failed(Rule.valueOf(event.text("r")), event.operation()));
            return;
        }
        switch (operation) {
            case ALLOC -> calls.add(alloc(event));
            case RMQUEUE ->
                calls.add(new Call.Take(line(event), event.integer("zone"), event.integer("order"), result(event)));
            case FREE ->
                calls.add(new Call.Free(event.integer("cpu"), event.integer("pfn"), frames(event), reception(event)));
            case FREECOLD -> calls.add(new Call.Free(event.integer("cpu"), event.integer("pfn"), 1, reception(event)));
            case BUDDYFREE -> calls.add(new Call.Give(event.integer("pfn"), event.integer("order"), reception(event)));
            case GET -> {
                calls.add(new Call.Get(event.integer("pfn"), !hugetlb));
                if (event.has("count")) {
                    calls.add(new Call.References(event.integer("pfn"), event.number("count")));
                }
            }
            case DRAIN -> calls.add(new Call.Drain(event.integer("cpu")));
            case WM -> calls.add(new Call.SetMin(event.integer("zone"), event.integers("v")[0]));
            case LMR -> calls.add(new Call.SetReserve(event.integer("zone"), numbers(event.get("v"))));
            case BOOT, SETUP, MINFREE, RATIO, INFO, DUMP -> addParameters(event);
            case WMRAW -> calls.add(new Call.Disturb(Zone.DMA));
            case FREEPAGES -> calls.add(new Call.Disturb(event.integer("zone")));
            // The shrinkers are scripted: they change the counts, and free no frame.
            case DR, BP -> {
                for (int zone = 0; zone < Zone.COUNT; zone++) {
                    calls.add(new Call.Disturb(zone));
                }
            }
            case SETPAGE -> calls.add(new Call.Poke(event.integer("pfn")));
            case KMAP -> calls.add(new Call.Kmap(event.integer("pfn"), result(event), meanwhile(event)));
            case KUNMAP -> calls.add(new Call.Kunmap(event.integer("pfn"), event.flag("irq"), isRefused(event)));
            case KADDR -> calls.add(new Call.PageAddress(event.integer("pfn"), event.number("r")));
            case KATOMIC ->
                calls.add(new Call.AtomicMap(
                        event.integer("cpu"), event.integer("pfn"), event.number("type"), result(event)));
            case KUNATOMIC ->
                calls.add(new Call.AtomicUnmap(
                        event.integer("cpu"), event.number("vaddr"), event.number("type"), isRefused(event)));
            case KTOPAGE -> calls.add(new Call.FrameAt(event.number("vaddr"), event.number("r")));
            default -> {
                // The contract demands nothing of the others: they are counted as not judged.
            }
        }
    }

    private Call alloc(Event event) {
        int gfp = event.has("gfp") ? event.integer("gfp") : 0;
        long count = event.has("count") ? event.number("count") : 0;
        long order = count > 0 ? Long.SIZE - Long.numberOfLeadingZeros(count - 1) : event.number("order");
        int effective = hugetlb ? gfp : gfp & ~Gfp.COMP;
        int cpu = event.integer("cpu");
        boolean hasWishes = count > 0 || event.has("align") || event.has("below") || event.has("zones");
        return hasWishes
                ? new Call.Alloc(
                        line(event), cpu, effective, order, result(event), meanwhile(event), wishes(event, count))
                : new Call.Alloc(line(event), cpu, effective, order, result(event), meanwhile(event));
    }

    private static Call.Wishes wishes(Event event, long count) {
        List<Integer> zones = new ArrayList<>();
        if (event.has("zones")) {
            Arrays.stream(event.integers("zones")).forEach(zones::add);
        }
        return new Call.Wishes(
                zones,
                count,
                event.has("align") ? event.number("align") : 1,
                event.has("below") ? event.number("below") : Call.Wishes.ANYWHERE);
    }

    /** How many frames a free gives back, 0 if it does not say. */
    private static int frames(Event event) {
        return event.has("count") ? event.integer("count") : event.has("order") ? 1 << event.integer("order") : 0;
    }

    /** What the answers of an operation on the whole machine say about each zone. */
    private void addParameters(Event event) {
        if (!event.has("zones")) {
            return;
        }
        List<?> zones = (List<?>) Objects.requireNonNull(event.get("zones"));
        long[] free = new long[Zone.COUNT];
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            Map<?, ?> parameters = (Map<?, ?>) Objects.requireNonNull(zones.get(zone));
            free[zone] = (Long) Objects.requireNonNull(parameters.get("free_pages"));
            Object min = parameters.get("min");
            if (min != null) {
                calls.add(new Call.SetMin(zone, (Long) min));
                calls.add(new Call.SetReserve(zone, numbers(parameters.get("lowmem_reserve"))));
            }
        }
        calls.add(new Call.FreeCounts(free));
    }

    private void addFreeCounts(Event event) {
        if (event.has("fp")) {
            calls.add(new Call.FreeCounts(
                    numbers(event.get("fp")).stream().mapToLong(Long::longValue).toArray()));
        }
    }

    private static long line(Event event) {
        return event.position().line();
    }

    private static Result result(Event event) {
        Object result = event.get("r");
        if (result instanceof Long number) {
            return Result.given(number);
        }
        boolean waits = "STUCK".equals(result) || "BLOCKED".equals(result);
        return result == null ? Result.NOTHING : waits ? Result.WAITING : Result.REFUSED;
    }

    private static boolean isRefused(Event event) {
        return "BUG".equals(event.get("r"));
    }

    private static Call.Reception reception(Event event) {
        if (isRefused(event)) {
            return Call.Reception.REFUSED;
        }
        boolean reported = event.has("tr") && event.texts("tr").stream().anyMatch(call -> call.startsWith("bad_page:"));
        return reported ? Call.Reception.REPORTED : Call.Reception.ACCEPTED;
    }

    private static List<Long> numbers(@Nullable Object list) {
        List<Long> numbers = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(list)) {
            numbers.add((Long) Objects.requireNonNull(each));
        }
        return numbers;
    }

    // Scripts

    /**
     * What the event's script let happen. The trace tells how much of the script was used: what is beyond is not done.
     */
    private static List<Call> meanwhile(Event event) {
        if (!event.has("script")) {
            return List.of();
        }
        Script script = Script.of(event);
        List<Call> done = new ArrayList<>();
        List<String> trace = event.has("tr") ? event.texts("tr") : List.of();
        for (int i = 0; i < trace.size(); i++) {
            String call = trace.get(i).split(":", 2)[0];
            switch (call) {
                case "ttfp" -> add(script.reclaimOrNothing(), trace, i, done);
                case "oom" -> add(script.nextOomKill(), trace, i, done);
                case "congestion_wait" -> add(script.nextCongestionWait(), trace, i, done);
                case "schedule" -> add(script.sleepOrNothing(), trace, i, done);
                default -> {
                    // No part of the script stands for it.
                }
            }
        }
        return done;
    }

    private static void add(List<Script.Action> actions, List<String> trace, int at, List<Call> done) {
        int next = at;
        for (Script.Action action : actions) {
            switch (action.kind()) {
                case FREE ->
                    done.add(new Call.Free(action.cpu(), action.pfn(), 1 << action.order(), Call.Reception.ACCEPTED));
                case FREE_COLD -> done.add(new Call.Free(action.cpu(), action.pfn(), 1, Call.Reception.ACCEPTED));
                case KUNMAP -> done.add(new Call.Kunmap(action.pfn(), false, false));
                case KMAP -> {
                    next = indexOfOtherKmap(trace, next + 1, action.pfn());
                    long address = Long.parseLong(trace.get(next).split(":")[2], 16);
                    done.add(new Call.Kmap(action.pfn(), Result.given(address), List.of()));
                }
            }
        }
    }

    private static int indexOfOtherKmap(List<String> trace, int from, int pfn) {
        for (int i = from; i < trace.size(); i++) {
            if (trace.get(i).matches("other_kmap:" + pfn + ":[0-9a-f]{1,15}")) {
                return i;
            }
        }
        throw new IllegalArgumentException("tr: the script maps frame " + pfn + ", but no other_kmap says where");
    }
}
