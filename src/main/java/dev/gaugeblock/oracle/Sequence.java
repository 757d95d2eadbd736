package dev.gaugeblock.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is asked of a program from one reset to the next.
 *
 * @param setUp requests that describe and boot the machine, without numbers; the first is {@code reset}
 * @param moves what follows
 */
record Sequence(List<Map<String, Object>> setUp, List<Move> moves) {
    /** A sequence on a machine of 2 CPUs whose memory begins at frame 0 and is all free. */
    static Sequence on(List<Long> sizes, List<Move> moves) {
        return new Sequence(
                List.of(
                        request("reset"),
                        request("zones", "sizes", sizes, "node_start", 0L),
                        request("ncpu", "n", 2L),
                        request("bootq", "mode", "blocks")),
                moves);
    }

    /** A request without its number: the operation, then names and values of its arguments. */
    static Map<String, Object> request(String operation, Object... arguments) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("op", operation);
        for (int i = 0; i < arguments.length; i += 2) {
            request.put((String) arguments[i], arguments[i + 1]);
        }
        return request;
    }

    Sequence with(List<Move> otherMoves) {
        return new Sequence(setUp, otherMoves);
    }

    /**
     * The sequence that a file of events is a record of. A frame that the file frees, takes or maps stands for the block
     * of the request that was answered with it.
     */
    static Sequence of(TraceReader trace) throws TraceFormatException {
        List<Map<String, Object>> setUp = new ArrayList<>();
        List<Move> moves = new ArrayList<>();
        Map<Long, Integer> blocks = new HashMap<>();
        for (Event event = trace.next(); event != null; event = trace.next()) {
            Operation operation = Operation.named(event.operation());
            if (operation == null) {
                throw event.position().error("operation \"" + event.operation() + "\" is none that drive asks for");
            }
            String problem = operation.contractProblem(event.fields());
            if (problem != null) {
                throw event.position().error(event.operation() + ": " + problem);
            }
            if (operation == Operation.RESET && !(setUp.isEmpty() && moves.isEmpty())) {
                throw event.position().error("reset: a sequence has one machine");
            }
            switch (operation) {
                case RESET, ZONES, NCPU, HOLES, RESERVE, BOOT, BOOTQ -> setUp.add(questions(operation, event));
                default -> moves.add(move(operation, event, moves.size(), blocks));
            }
        }
        if (setUp.isEmpty() || !"reset".equals(setUp.get(0).get("op"))) {
            setUp.add(0, request("reset"));
        }
        return new Sequence(setUp, moves);
    }

    private static Map<String, Object> questions(Operation operation, Event event) {
        Map<String, Object> request = event.fieldsOf(operation.questions);
        request.remove("i");
        return request;
    }

    private static Move move(Operation operation, Event event, int number, Map<Long, Integer> blocks) {
        Integer block = event.get("pfn") instanceof Long pfn ? blocks.get(pfn) : null;
        if (operation == Operation.ALLOC) {
            if (event.get("r") instanceof Long pfn) {
                blocks.put(pfn, number);
            }
            return new Move.Alloc(number, event.integer("cpu"), event.integer("gfp"), event.number("order"));
        }
        if (operation == Operation.DRAIN) {
            return new Move.Drain(event.integer("cpu"));
        }
        if (block != null) {
            switch (operation) {
                case FREE -> {
                    return new Move.Free(block, event.integer("cpu"));
                }
                case GET -> {
                    return new Move.Get(block);
                }
                case KMAP -> {
                    return new Move.Kmap(block);
                }
                case KUNMAP -> {
                    return new Move.Kunmap(block);
                }
                default -> {
                    // Asked for as it stands.
                }
            }
        }
        return new Move.Verbatim(questions(operation, event));
    }
}
