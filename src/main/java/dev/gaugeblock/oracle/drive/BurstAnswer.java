package dev.gaugeblock.oracle.drive;

import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.oracle.trace.ContractForm;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.Problem;
import dev.gaugeblock.oracle.trace.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a program answers to a burst: the events of its threads, those of each thread in order, and a line that counts
 * them.
 */
final class BurstAnswer {
    /** The field of the last line. */
    private static final String END = "events";

    private final List<BurstThread> threads = new ArrayList<>();
    private final List<Map<String, @Nullable Object>> events = new ArrayList<>();
    private final Declarations declares;
    private final long notBefore;

    /** @param notBefore when the last burst before it on the same machine had its last call */
    BurstAnswer(Move.Burst burst, Declarations declares, long notBefore) {
        this.declares = declares;
        this.notBefore = notBefore;
        for (int thread = 0; thread < burst.threads(); thread++) {
            threads.add(new BurstThread(thread, burst.seed(), burst.operations(), declares));
        }
    }

    /** Takes in a line; returns whether it is the last one. */
    boolean add(String line, Map<String, @Nullable Object> answer) throws ProgramFault {
        if (answer.containsKey(END)) {
            requireAll(line, answer);
            return true;
        }
        if (!(answer.get("cpu") instanceof Long cpu) || cpu < 0 || cpu >= threads.size()) {
            throw garbage(line, "cpu: expected the number of a thread, 0.." + (threads.size() - 1));
        }
        BurstThread thread = threads.get(cpu.intValue());
        Map<String, @Nullable Object> expected = thread.next();
        if (expected == null) {
            throw garbage(line, "thread " + cpu + " has asked all that the burst is");
        }
        for (Map.Entry<String, @Nullable Object> field : expected.entrySet()) {
            if (!Objects.equals(field.getValue(), answer.get(field.getKey()))) {
                throw garbage(
                        line,
                        field.getKey() + ": the generator of spec/events.md makes thread " + cpu + " ask "
                                + JsonText.of(expected));
            }
        }
        events.add(event(line, expected, answer));
        if ("alloc".equals(expected.get("op")) && answer.get("r") instanceof Long pfn) {
            thread.granted(pfn);
        }
        return false;
    }

    private Map<String, @Nullable Object> event(
            String line, Map<String, @Nullable Object> expected, Map<String, @Nullable Object> answer)
            throws ProgramFault {
        Map<String, @Nullable Object> event = new LinkedHashMap<>(expected);
        event.putAll(answer);
        String name = String.valueOf(expected.get("op"));
        ContractForm form = ContractForm.of(Objects.requireNonNull(Operation.named(name)));
        Problem problem = form.problem(event, declares);
        if (problem != null || ContractForm.isNoAnswer(answer.get("r"))) {
            throw garbage(line, problem == null ? "r: a word that stands for no answer" : problem.text());
        }
        if (!(answer.get(Times.CALL) instanceof Long call) || !(answer.get("t1") instanceof Long end)) {
            throw garbage(line, "t0 and t1, the times of the call and of the return, are missing");
        }
        if (end < call || call < notBefore) {
            throw garbage(
                    line,
                    end < call
                            ? "t1: it returns at " + end + ", before its call at " + call
                            : "t0: it is called at " + call + ", before something in an earlier burst, at "
                                    + notBefore);
        }
        return event;
    }

    private void requireAll(String line, Map<String, @Nullable Object> end) throws ProgramFault {
        if (!Objects.equals(end.get(END), (long) events.size()) || end.size() != 2) {
            throw garbage(line, "expected \"" + END + "\":" + events.size() + ", as many as came, and nothing else");
        }
        for (int thread = 0; thread < threads.size(); thread++) {
            Map<String, @Nullable Object> more = threads.get(thread).next();
            if (more != null) {
                throw garbage(line, "thread " + thread + " has not asked all: next is " + JsonText.of(more));
            }
        }
    }

    private static ProgramFault garbage(String line, String problem) {
        return new ProgramFault(ProgramFault.Kind.GARBAGE, "in a burst, " + JsonText.shown(line) + ": " + problem);
    }

    /** The events in the order of their calls. */
    List<Map<String, @Nullable Object>> inOrder() {
        events.sort(Comparator.comparingLong(event -> (Long) Objects.requireNonNull(event.get(Times.CALL))));
        return events;
    }
}
