package dev.gaugeblock.machines;

import dev.gaugeblock.machines.Step.Kind;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;

/** Sessions to try: their machines, and what is done to them, in proportions that leave no kind of step out. */
final class Sessions {
    private static final int LENGTH = 30;

    /** A kind of step, wherever it is possible. */
    private static final class OfKind implements Action.Independent<Session> {
        private final Kind kind;

        OfKind(Kind kind) {
            this.kind = kind;
        }

        @Override
        public boolean precondition(Session session) {
            return session.isPossible(kind);
        }

        @Override
        public Arbitrary<Transformer<Session>> transformer() {
            return steps(kind).map(step -> Transformer.mutate(step.toString(), session -> session.perform(step)));
        }
    }

    private Sessions() {}

    static Arbitrary<ActionChain<Session>> all() {
        return shapes().flatMap(Sessions::of);
    }

    private static ActionChainArbitrary<Session> of(Shape shape) {
        ActionChainArbitrary<Session> chain = ActionChain.startWith(() -> new Session(shape));
        for (Kind kind : Kind.values()) {
            chain = chain.withAction(weight(kind), new OfKind(kind));
        }
        return chain.withMaxTransformations(LENGTH);
    }

    private static int weight(Kind kind) {
        return switch (kind) {
            case ALLOC -> 12;
            case INTERRUPT_ALLOC, KMAP, LOCK_PAGE, TO_LRU, GET_BUFFER, READ_BUFFER, WRITE_BUFFER, COMPLETE, WORK -> 4;
            case WAIT_PAGE, KUNMAP, UNLOCK_PAGE -> 3;
            default -> 2;
        };
    }

    private static Arbitrary<Step> steps(Kind kind) {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 9999),
                        gfps(),
                        Arbitraries.frequencyOf(
                                Tuple.of(6, Arbitraries.integers().between(0, 2)),
                                Tuple.of(1, Arbitraries.integers().between(3, 5)),
                                Tuple.of(1, Arbitraries.integers().between(0, 11))),
                        Arbitraries.frequency(
                                Tuple.of(6, 0), Tuple.of(1, 1), Tuple.of(1, 4), Tuple.of(1, 8), Tuple.of(1, 5)))
                .as((cpu, pick, gfp, order, bits) -> new Step(kind, cpu, pick, gfp, order, bits));
    }

    /** Every gfp that a caller may use, and what callers use most. */
    private static Arbitrary<Integer> gfps() {
        return Arbitraries.oneOf(
                        Arbitraries.of(
                                0, 0x20, 0x1, 0x2, 0x22, 0xd0, 0xd2, 0xd2 | 0x8000, 0xd0 | 0x4000, 0x50, 0xd0 | 0x1000),
                        Arbitraries.integers().between(0, 0xffff))
                .map(gfp -> (gfp & 3) == 3 ? gfp & ~1 : gfp);
    }

    static Arbitrary<Shape> shapes() {
        Arbitrary<List<List<Integer>>> nodes = Arbitraries.of(
                List.of(List.of(0, 48, 0)),
                List.of(List.of(0, 64, 32)),
                List.of(List.of(16, 48, 48)),
                List.of(List.of(8, 40, 20)),
                List.of(List.of(13, 70, 35)),
                List.of(List.of(16, 32, 0), List.of(0, 24, 40)),
                List.of(List.of(0, 40, 0), List.of(0, 40, 0), List.of(0, 40, 16)));
        return Combinators.combine(
                        nodes,
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(0, 26),
                        Arbitraries.of("blocks", "blocksdesc", "pages"),
                        Arbitraries.of(0, 1, 2),
                        Arbitraries.of(false, true),
                        Arbitraries.of(false, true),
                        Arbitraries.of(2, 4))
                .as((memory, cpus, placing, boot, near, compound, debug, pkmap) -> {
                    int count = memory.size();
                    List<Integer> homes = java.util.stream.IntStream.range(0, cpus)
                            .map(cpu -> placing / (int) Math.pow(3, cpu) % count)
                            .boxed()
                            .toList();
                    List<List<Integer>> distances = near == 0 || count == 1
                            ? List.of()
                            : java.util.stream.IntStream.range(0, count)
                                    .mapToObj(from -> java.util.stream.IntStream.range(0, count)
                                            .map(to -> from == to ? 10 : near == 1 ? 20 : 20 + 5 * ((from + to) % 2))
                                            .boxed()
                                            .toList())
                                    .toList();
                    return new Shape(memory, homes, boot, distances, compound, debug, false, pkmap);
                });
    }
}
