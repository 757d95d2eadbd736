package dev.gaugeblock.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Breach;
import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.contract.State;
import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.contract.frames.Owner;
import dev.gaugeblock.oracle.trace.Build;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Header;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.TraceReader;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Thousands of single wrong answers, put into what the original answered. Each must be rejected by a rule that fits, at
 * once or when its consequence shows; those that are not are counted, and each must be one of the kinds that are legal.
 */
class ContractMutationTest {
    private static final List<String> VECTORS = List.of("s03", "s04", "s08", "s11", "s20", "s21", "s22", "s23");
    private static final int TRIES = Boolean.getBoolean("gaugeblock.deep") ? 5000 : 250;
    /** How many events a mutant is given to show. */
    private static final int HORIZON = 1500;

    private enum Kind {
        OFF_BY_ONE(Set.of(
                Rule.ALLOC_DISJOINT,
                Rule.ALLOC_ALIGNED,
                Rule.ALLOC_INSIDE,
                Rule.ALLOC_ZONE,
                Rule.ALLOC_RESERVED,
                Rule.FREE_LIVE,
                Rule.REFUSED,
                Rule.FRAMES_CONSERVED)),
        FRAME_IN_USE(Set.of(Rule.ALLOC_DISJOINT, Rule.ALLOC_ALIGNED, Rule.ALLOC_INSIDE, Rule.ALLOC_ZONE)),
        NULL_TO_FRAME_IN_USE(Set.of(Rule.ALLOC_DISJOINT, Rule.ALLOC_ALIGNED, Rule.ALLOC_INSIDE, Rule.ALLOC_ZONE)),
        FRAME_TO_NULL(Set.of(Rule.ALLOC_FAILURE, Rule.FREE_LIVE, Rule.FRAMES_CONSERVED)),
        FREE_DROPPED(Set.of(Rule.ALLOC_DISJOINT, Rule.FRAMES_CONSERVED)),
        FREE_TWICE(Set.of(Rule.FREE_LIVE)),
        FREE_REFUSED(Set.of(Rule.REFUSED));

        final Set<Rule> fitting;

        Kind(Set<Rule> fitting) {
            this.fitting = fitting;
        }
    }

    private record Counts(int rejected, int legal) {}

    private final Map<Kind, Counts> counts = new EnumMap<>(Kind.class);
    private final Map<String, Integer> why = new TreeMap<>();

    @Test
    void shouldRejectWrongAnswers() throws IOException, TextFormatException {
        for (String vector : VECTORS) {
            mutate(vector);
        }
        int all = counts.values().stream()
                .mapToInt(each -> each.rejected + each.legal)
                .sum();
        int rejected = counts.values().stream().mapToInt(Counts::rejected).sum();
        System.out.println("Wrong answers rejected by the contract: " + rejected + " of " + all);
        counts.forEach((kind, each) ->
                System.out.println("  " + kind + ": " + each.rejected + " rejected, " + each.legal + " not"));
        why.forEach((reason, times) -> System.out.println("  not rejected: " + times + " " + reason));
        assertTrue(all >= 3000, counts.toString());
        assertTrue(rejected > 0.95 * all, counts.toString());
        assertTrue(counts.keySet().containsAll(Set.of(Kind.values())), counts.toString());
        for (Kind always : List.of(Kind.FRAME_IN_USE, Kind.NULL_TO_FRAME_IN_USE, Kind.FREE_TWICE, Kind.FREE_REFUSED)) {
            assertEquals(0, counts.get(always).legal, always + ": " + counts);
        }
    }

    /** Goes through a vector with the contract, and tries mutants of some events on the states on the way. */
    private void mutate(String vector) throws IOException, TextFormatException {
        List<Event> events = new ArrayList<>();
        Header header;
        try (TraceReader reader = TraceReader.open(Vectors.file(vector))) {
            header = reader.header();
            for (Event event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        }
        Random random = new Random(vector.hashCode());
        Map<Integer, Integer> chosen = new TreeMap<>();
        for (int i = 0; i < TRIES; i++) {
            chosen.merge(random.nextInt(events.size()), 1, Integer::sum);
        }
        ContractJudge judge = new ContractJudge(header.build(), Contract.Failures.RESOURCE_AWARE, Declarations.NONE);
        for (int i = 0; i < events.size(); i++) {
            if (chosen.containsKey(i) && judge.state() != null) {
                for (int tries = 0; tries < chosen.get(i); tries++) {
                    tryMutants(judge.state(), events, i, header.build(), random);
                }
            }
            assertEquals(null, judge.judge(operation(events.get(i)), events.get(i)));
        }
    }

    private static Operation operation(Event event) {
        return Operation.named(event.operation());
    }

    private void tryMutants(State state, List<Event> events, int at, Build build, Random random)
            throws TextFormatException {
        Event event = events.get(at);
        Map<Kind, List<Event>> mutants = new EnumMap<>(Kind.class);
        boolean alloc = event.operation().equals("alloc") && !(event.get("r") instanceof String);
        if (alloc && event.get("r") instanceof Long pfn) {
            mutants.put(Kind.OFF_BY_ONE, List.of(with(event, "r", pfn + (random.nextBoolean() ? 1 : -1))));
            mutants.put(Kind.FRAME_TO_NULL, List.of(with(event, "r", null)));
            addInUse(Kind.FRAME_IN_USE, state, event, random, mutants);
        } else if (alloc) {
            addInUse(Kind.NULL_TO_FRAME_IN_USE, state, event, random, mutants);
        }
        boolean frees = event.operation().startsWith("free") && !event.has("r");
        if (frees && isLastReference(state, event)) {
            mutants.put(Kind.FREE_DROPPED, List.of());
            mutants.put(Kind.FREE_TWICE, List.of(event, event));
            mutants.put(Kind.FREE_REFUSED, List.of(with(event, "r", "BUG")));
        }
        for (Map.Entry<Kind, List<Event>> mutant : mutants.entrySet()) {
            judgeMutant(mutant.getKey(), mutant.getValue(), state, events, at, build);
        }
    }

    private static boolean isLastReference(State state, Event event) {
        Block block = state.block(event.number("pfn"));
        return block != null && block.references() == 1;
    }

    private static void addInUse(Kind kind, State state, Event event, Random random, Map<Kind, List<Event>> mutants) {
        List<Block> live = state.blocks();
        if (!live.isEmpty()) {
            Block block = live.get(random.nextInt(live.size()));
            long pfn = block.pfn() + random.nextInt(block.frames());
            mutants.put(kind, List.of(with(event, "r", pfn)));
        }
    }

    private static Event with(Event event, String field, Object value) {
        Map<String, Object> fields = new LinkedHashMap<>(event.fields());
        fields.put(field, value);
        return new Event(event.position(), event.number(), event.operation(), fields);
    }

    private void judgeMutant(Kind kind, List<Event> mutant, State state, List<Event> events, int at, Build build)
            throws TextFormatException {
        Breach breach = null;
        List<Event> rest = new ArrayList<>(mutant);
        rest.addAll(events.subList(at + 1, Math.min(events.size(), at + 1 + HORIZON)));
        boolean wasFree = kind == Kind.OFF_BY_ONE && state.owner(mutant.get(0).number("r")) == Owner.FREE;
        State.Mark mark = state.mark();
        ContractJudge judge = ContractJudge.on(state, build, Contract.Failures.RESOURCE_AWARE);
        for (Event event : rest) {
            if (event.operation().equals("reset")) {
                break;
            }
            Rejection rejection = judge.judge(operation(event), event);
            if (rejection != null) {
                breach = rejection.breach();
                break;
            }
        }
        Counts before = counts.getOrDefault(kind, new Counts(0, 0));
        if (breach == null) {
            counts.put(kind, new Counts(before.rejected, before.legal + 1));
            why.merge(kind + ": " + whyLegal(kind, mutant, wasFree, state, events.get(at)), 1, Integer::sum);
        } else {
            assertTrue(
                    kind.fitting.contains(breach.rule()),
                    () -> kind + " of " + events.get(at).fields());
            counts.put(kind, new Counts(before.rejected + 1, before.legal));
        }
        state.rollBack(mark);
    }

    /** Why a mutant that was not rejected is legal, as far as the events show; fails if no reason is known. */
    private static String whyLegal(Kind kind, List<Event> mutant, boolean wasFree, State after, Event event) {
        return switch (kind) {
            case OFF_BY_ONE -> {
                assertTrue(wasFree);
                yield "another free frame, and the true one was not used again in this while";
            }
            case FRAME_TO_NULL -> {
                assertEquals(null, after.block(event.number("r")));
                yield "the request might have failed, and the block was not freed in this while";
            }
            case FREE_DROPPED -> {
                assertTrue(after.block(event.number("pfn")) != null);
                yield "its frames were not handed out again in this while, and may be held back";
            }
            default ->
                throw new AssertionError(kind + " was not rejected: " + mutant + " instead of " + event.fields());
        };
    }
}
