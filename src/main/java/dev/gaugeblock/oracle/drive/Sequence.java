package dev.gaugeblock.oracle.drive;

import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.oracle.trace.ContractForm;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.Problem;
import dev.gaugeblock.oracle.trace.TraceReader;
import dev.gaugeblock.text.TextFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What is asked of a program from one reset to the next.
 *
 * @param setUp requests that describe and boot the machine, without numbers; the first is {@code reset}
 * @param moves what follows
 */
record Sequence(List<Map<String, @Nullable Object>> setUp, List<Move> moves) {
    /** A sequence on a machine of 2 CPUs. */
    static Sequence on(DrivenMachine shape, List<Move> moves) {
        return new Sequence(shape.setUp(2), moves);
    }

    /** A request without its number: the operation, then names and values of its arguments. */
    static Map<String, @Nullable Object> request(String operation, @Nullable Object... arguments) {
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("op", operation);
        for (int i = 0; i < arguments.length; i += 2) {
            request.put((String) Objects.requireNonNull(arguments[i]), arguments[i + 1]);
        }
        return request;
    }

    /** A request for a block. */
    static Map<String, @Nullable Object> alloc(long cpu, long gfp, long order) {
        return request("alloc", "cpu", cpu, "gfp", gfp, "order", order, "task", 0L);
    }

    /** A request for a block, with all that it says. */
    static Map<String, @Nullable Object> alloc(Move.Alloc asked) {
        Map<String, @Nullable Object> request = alloc(asked.cpu(), asked.gfp(), asked.order());
        Call.Wishes wishes = asked.wishes();
        if (asked.saysFrames()) {
            request.remove("order");
            request.put("count", wishes.frames());
        }
        if (wishes.align() > 1) {
            request.put("align", wishes.align());
        }
        if (wishes.below() < Call.Wishes.ANYWHERE) {
            request.put("below", wishes.below());
        }
        return request;
    }

    /** A request to free a block, in the form that the program declares. */
    static Map<String, @Nullable Object> free(long cpu, long pfn, long order, Declarations declares) {
        return declares.orderInFree()
                ? request("free", "cpu", cpu, "pfn", pfn, "order", order)
                : request("free", "cpu", cpu, "pfn", pfn);
    }

    Sequence with(List<Move> otherMoves) {
        return new Sequence(setUp, otherMoves);
    }

    /**
     * The sequence that a file of events is a record of. A frame that the file frees, takes or maps stands for the
     * block of the request that was answered with it, as long as the file may do that with it; else for itself.
     */
    static Sequence of(TraceReader trace) throws TextFormatException {
        List<Map<String, @Nullable Object>> setUp = new ArrayList<>();
        List<Move> moves = new ArrayList<>();
        Map<Long, Integer> blocks = new HashMap<>();
        Holding holding = new Holding();
        for (Event event = trace.next(); event != null; event = trace.next()) {
            Operation operation = Operation.named(event.operation());
            if (operation == null) {
                throw event.position()
                        .error("operation " + JsonText.shown(event.operation()) + " is none that drive asks for");
            }
            Problem problem = ContractForm.of(operation)
                    .problem(event.fields(), trace.header().declares());
            if (problem != null) {
                throw problem.error(event.position(), trace.line().text(), event.operation());
            }
            if (operation == Operation.RESET && !(setUp.isEmpty() && moves.isEmpty())) {
                throw event.position().error("reset: a sequence has one machine");
            }
            switch (operation) {
                case RESET, ZONES, NCPU, HOLES, RESERVE, BOOT, BOOTQ -> setUp.add(questions(operation, event));
                default -> moves.add(move(operation, event, moves, blocks, holding));
            }
        }
        if (setUp.isEmpty() || !"reset".equals(setUp.get(0).get("op"))) {
            setUp.add(0, request("reset"));
        }
        return new Sequence(setUp, moves);
    }

    private static Map<String, @Nullable Object> questions(Operation operation, Event event) {
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        ContractForm form = ContractForm.of(operation);
        event.fields().forEach((name, value) -> {
            if (!name.equals("i") && form.isQuestion(name)) {
                request.put(name, value);
            }
        });
        return request;
    }

    private static Move move(
            Operation operation, Event event, List<Move> before, Map<Long, Integer> blocks, Holding holding)
            throws TextFormatException {
        if (operation == Operation.ALLOC) {
            if (event.integer("task") != 0 || event.has("script")) {
                throw event.position().error("alloc: drive asks for task 0, and without a script");
            }
            if (!event.has("gfp")) {
                return new Move.Verbatim(questions(operation, event));
            }
            int number = before.size();
            if (event.get("r") instanceof Long pfn) {
                blocks.put(pfn, number);
                holding.granted(number);
            }
            long order = event.has("order") ? event.number("order") : 0;
            return new Move.Alloc(number, event.integer("cpu"), event.integer("gfp"), order, wishes(event));
        }
        if (operation == Operation.BURST) {
            return new Move.Burst(event.integer("threads"), event.integer("operations"), event.number("seed"));
        }
        if (operation == Operation.DRAIN) {
            return new Move.Drain(event.integer("cpu"));
        }
        Integer block = event.get("pfn") instanceof Long pfn ? blocks.get(pfn) : null;
        Move move = block == null ? null : onBlock(operation, event, (Move.Alloc) before.get(block));
        return move != null && holding.permits(move) ? move : new Move.Verbatim(questions(operation, event));
    }

    private static Call.Wishes wishes(Event alloc) {
        return new Call.Wishes(
                List.of(),
                alloc.has("count") ? alloc.number("count") : 0,
                alloc.has("align") ? alloc.number("align") : 1,
                alloc.has("below") ? alloc.number("below") : Call.Wishes.ANYWHERE);
    }

    /** What is done to a block; {@code null} for what a caller does not do to it: that is asked for as it stands. */
    private static @Nullable Move onBlock(Operation operation, Event event, Move.Alloc block) {
        return switch (operation) {
            case FREE ->
                says(event, "order", block.saysFrames() ? -1 : block.order())
                                && says(event, "count", block.saysFrames() ? block.frames() : -1)
                        ? new Move.Free(block.block(), event.integer("cpu"))
                        : null;
            case GET -> new Move.Get(block.block());
            case KMAP -> new Move.Kmap(block.block());
            case KUNMAP -> event.flag("irq") ? null : new Move.Kunmap(block.block());
            default -> null;
        };
    }

    private static boolean says(Event event, String field, long value) {
        return !event.has(field) || event.number(field) == value;
    }
}
