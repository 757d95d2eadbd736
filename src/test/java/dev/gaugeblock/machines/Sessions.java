package dev.gaugeblock.machines;

import dev.gaugeblock.machines.SessionStep.Kind;
import java.util.ArrayList;
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
    private static final class OfKind implements Action.Independent<SystemSession> {
        private final Kind kind;

        OfKind(Kind kind) {
            this.kind = kind;
        }

        @Override
        public boolean precondition(SystemSession session) {
            return session.isPossible(kind);
        }

        @Override
        public Arbitrary<Transformer<SystemSession>> transformer() {
            return steps(kind).map(step -> Transformer.mutate(step.toString(), session -> session.perform(step)));
        }
    }

    private Sessions() {}

    static Arbitrary<ActionChain<SystemSession>> all() {
        return shapes().flatMap(Sessions::of);
    }

    private static ActionChainArbitrary<SystemSession> of(SystemShape shape) {
        ActionChainArbitrary<SystemSession> chain = ActionChain.startWith(() -> new SystemSession(shape));
        for (Kind kind : Kind.values()) {
            chain = chain.withAction(weight(kind, shape.focus()), new OfKind(kind));
        }
        return chain.withMaxTransformations(LENGTH);
    }

    /** What a session is about comes more often. */
    private static int weight(Kind kind, SystemShape.Focus focus) {
        boolean needsMemory = kind == Kind.ALLOC || kind == Kind.EXHAUST;
        boolean inFocus = focusOf(kind) == focus || needsMemory && focus == SystemShape.Focus.RECLAIM;
        return weight(kind) * (inFocus ? 3 : 1);
    }

    private static SystemShape.Focus focusOf(Kind kind) {
        return switch (kind) {
            case ALLOC, INTERRUPT_ALLOC, EXHAUST, FREE, FREE_COLD, GET, DRAIN, SETTING, FLAGS ->
                SystemShape.Focus.MEMORY;
            case TO_LRU -> SystemShape.Focus.RECLAIM;
            case KMAP, KUNMAP, LOCK_PAGE, UNLOCK_PAGE, WAIT_PAGE, WRITEBACK -> SystemShape.Focus.MAPPINGS;
            case ATOMIC_MAP, ATOMIC_UNMAP, INTERRUPT_MAP -> SystemShape.Focus.WINDOWS;
            default -> SystemShape.Focus.BUFFERS;
        };
    }

    private static int weight(Kind kind) {
        return switch (kind) {
            case UNLOCK_PAGE, ATOMIC_UNMAP, DEVICE -> 48;
            case WRITE_BUFFER, MARK_BUFFER -> 36;
            case ALLOC -> 30;
            case HOLD_BUFFER, RELEASE_BUFFER -> 28;
            case TO_LRU -> 22;
            case KUNMAP, PIN_BUFFER -> 24;
            case FREE_COLD -> 18;
            case KMAP -> 20;
            case GET_BUFFER -> 14;
            case LOCK_PAGE -> 13;
            case READ_BUFFER -> 10;
            case FREE, WAIT_PAGE, WRITEBACK, INTERRUPT_MAP, GET -> 9;
            case ATOMIC_MAP -> 12;
            case INTERRUPT_ALLOC, FLAGS -> 8;
            case SETTING, DAEMON, DISK, EXHAUST -> 9;
            case DRAIN -> 7;
        };
    }

    private static Arbitrary<SessionStep> steps(Kind kind) {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 9999),
                        gfps(),
                        Arbitraries.frequencyOf(
                                Tuple.of(4, Arbitraries.just(0)),
                                Tuple.of(5, Arbitraries.integers().between(0, 2)),
                                Tuple.of(2, Arbitraries.integers().between(3, 5)),
                                Tuple.of(1, Arbitraries.integers().between(0, 11))),
                        Arbitraries.frequency(
                                Tuple.of(6, 0), Tuple.of(1, 1), Tuple.of(1, 4), Tuple.of(1, 8), Tuple.of(1, 5)))
                .as((cpu, pick, gfp, order, bits) -> new SessionStep(kind, cpu, pick, gfp, order, bits));
    }

    /** Every gfp that a caller may use, and what callers use most. */
    private static Arbitrary<Integer> gfps() {
        return Arbitraries.oneOf(
                        Arbitraries.of(
                                0, 0x20, 0x1, 0x2, 0x22, 0xd0, 0xd2, 0xd2 | 0x8000, 0xd0 | 0x4000, 0x50, 0xd0 | 0x1000),
                        Arbitraries.integers().between(0, 0xffff))
                .map(gfp -> (gfp & 3) == 3 ? gfp & ~1 : gfp);
    }

    /**
     * By node the frames of its zones: what fills up soon, what has blocks across a zone's edge, what has a largest
     * block.
     */
    private static Arbitrary<List<List<Integer>>> memories() {
        return Arbitraries.frequency(
                Tuple.of(4, List.of(List.of(0, 48, 0))),
                Tuple.of(6, List.of(List.of(0, 40, 24))),
                Tuple.of(4, List.of(List.of(16, 32, 32))),
                Tuple.of(6, List.of(List.of(7, 33, 1))),
                Tuple.of(3, List.of(List.of(13, 40, 35))),
                Tuple.of(4, List.of(List.of(16, 32, 0), List.of(0, 24, 20))),
                Tuple.of(4, List.of(List.of(0, 20, 0), List.of(0, 20, 0), List.of(0, 20, 16))),
                Tuple.of(
                        4,
                        List.of(
                                List.of(0, 12, 0),
                                List.of(0, 12, 0),
                                List.of(0, 12, 8),
                                List.of(0, 12, 0),
                                List.of(0, 12, 0))),
                Tuple.of(10, List.of(List.of(0, 110, 40))),
                Tuple.of(1, List.of(List.of(0, 2056, 0))));
    }

    /** From each node to each, or nothing: then the kernel is not built for nodes that lie apart. */
    private static List<List<Integer>> distances(int nodes, List<Integer> steps) {
        if (nodes == 1 || steps.get(0) == 0) {
            return List.of();
        }
        List<List<Integer>> rows = new ArrayList<>();
        for (int from = 0; from < nodes; from++) {
            List<Integer> row = new ArrayList<>();
            for (int to = 0; to < nodes; to++) {
                row.add(from == to ? 10 : 20 + 10 * (steps.get(Math.min(from, to) * 5 + Math.max(from, to)) / 2));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Bytes of the file system's blocks, whether unused pages stay, and buffers. */
    private record Disk(int blockSize, boolean keepsPages, List<Integer> buffers) {}

    private static Arbitrary<Disk> disks() {
        return Combinators.combine(
                        Arbitraries.of(4096, 4096, 512, 1024),
                        Arbitraries.of(true, false),
                        Arbitraries.integers()
                                .between(0, SessionBuffers.PLACES.length - 1)
                                .list()
                                .ofMinSize(2)
                                .ofMaxSize(3))
                .as(Disk::new);
    }

    private static boolean needsHigh(SystemShape.Focus focus) {
        return focus == SystemShape.Focus.MAPPINGS || focus == SystemShape.Focus.WINDOWS;
    }

    /** Mappings are about high frames. */
    private static List<List<Integer>> withHigh(List<List<Integer>> memory) {
        boolean hasHigh = memory.stream().anyMatch(sizes -> sizes.get(2) > 4);
        return hasHigh ? memory : List.of(List.of(0, 40, 24));
    }

    /** Frames that reclaim may take, of those in use at the start. */
    private static int inUse(List<List<Integer>> memory, int eighths, SystemShape.Focus focus) {
        int normal = memory.stream().mapToInt(sizes -> sizes.get(1)).sum();
        return normal == 110
                ? 20 * eighths
                : focus == SystemShape.Focus.RECLAIM ? Math.min(normal, 110) * eighths / 8 : 0;
    }

    static Arbitrary<SystemShape> shapes() {
        return Combinators.combine(
                        memories(),
                        Arbitraries.integers().between(0, 4).list().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.of("blocks", "blocks", "blocksdesc", "pages"),
                        Arbitraries.integers().between(0, 3).list().ofSize(25),
                        Arbitraries.integers().between(0, 11),
                        Arbitraries.integers().between(0, 5),
                        disks(),
                        Arbitraries.of(SystemShape.Focus.class))
                .as((anyMemory, homes, boot, steps, switches, size, disk, focus) -> {
                    List<List<Integer>> memory = needsHigh(focus) ? withHigh(anyMemory) : anyMemory;
                    return new SystemShape(
                            memory,
                            homes.stream().map(home -> home % memory.size()).toList(),
                            boot,
                            distances(memory.size(), steps),
                            switches % 2 == 0,
                            switches / 2 % 2 == 0,
                            switches % 3 > 0,
                            size < 2 ? 1 : size < 5 ? 2 : 4,
                            inUse(memory, size, focus),
                            disk.blockSize(),
                            disk.keepsPages(),
                            disk.buffers(),
                            focus);
                });
    }
}
