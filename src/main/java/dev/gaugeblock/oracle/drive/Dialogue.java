package dev.gaugeblock.oracle.drive;

import static dev.gaugeblock.oracle.drive.Sequence.request;

import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.oracle.replay.BeyondReferenceException;
import dev.gaugeblock.oracle.trace.ContractForm;
import dev.gaugeblock.oracle.trace.DeclarationForm;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.JsonReader;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.Problem;
import dev.gaugeblock.oracle.trace.Times;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;

/** One sequence asked of a program: requests go out as far ahead of the answers as they do not depend on them. */
final class Dialogue {
    /** The operations that a program may say it answers, beyond alloc and free. */
    static final Set<String> MORE_OPERATIONS = Set.of("drain", "get", "kmap");

    /** Fields of requests that it may say it answers, too, where blocks may start at any frame. */
    static final Set<String> MORE_FIELDS = Set.of(DeclaredMoves.COUNT, DeclaredMoves.ALIGN);

    private final DrivenProgram program;
    private final AnswerJudge judge;
    private final List<Map<String, @Nullable Object>> events = new ArrayList<>();
    private final Queue<Pending> pending = new ArrayDeque<>();
    private final BlockRequests blocks;
    /** Blocks that have been asked for, and whose request is not answered yet. */
    private final Set<Integer> awaited = new TreeSet<>();
    /** What its caller may do with each block. */
    private final Holding holding = new Holding();
    /** What the program says it answers. */
    private final Set<String> also = new TreeSet<>();
    /** What it declares itself to be like. */
    private Map<String, @Nullable Object> declared = Map.of();

    /** When the last call of a burst was. */
    private long lastCall;

    private int number;
    private int operations;

    /** A request without an answer yet. */
    private record Pending(Map<String, @Nullable Object> request, int block, boolean isMove) {}

    private Dialogue(DrivenProgram program, AnswerJudge judge, Sequence sequence) {
        this.program = program;
        this.judge = judge;
        this.blocks = new BlockRequests(sequence.setUp());
    }

    /** Asks a sequence, up to the first wrong answer. After that the program is good for nothing more. */
    static Transcript run(DrivenProgram program, Sequence sequence, AnswerJudge judge) throws TextFormatException {
        return new Dialogue(program, judge, sequence).run(sequence);
    }

    private Transcript run(Sequence sequence) throws TextFormatException {
        Transcript.@Nullable Failure failure = null;
        try {
            for (Map<String, @Nullable Object> request : sequence.setUp()) {
                while (failure == null && program.isFull()) {
                    failure = receive();
                }
                if (failure == null) {
                    send(request, -1, false);
                }
            }
            for (Move move : sequence.moves()) {
                while (failure == null && mustWait(move)) {
                    failure = receive();
                }
                if (failure != null) {
                    break;
                }
                if (move instanceof Move.Burst burst) {
                    failure = ask(burst);
                } else {
                    send(move);
                }
            }
            while (failure == null && !pending.isEmpty()) {
                failure = receive();
            }
            if (failure == null) {
                program.requireSilence();
            }
        } catch (ProgramFault fault) {
            failure = new Transcript.Failure(fault.kind.id, fault.getMessage() + lifting(fault));
            if (!pending.isEmpty()) {
                events.add(unanswered(pending.element(), fault));
            }
        }
        return new Transcript(events, operations, also, declared, failure, "");
    }

    /** What a program might declare that ends while it boots. */
    private String lifting(ProgramFault fault) {
        boolean ended = fault.kind == ProgramFault.Kind.CRASH || fault.kind == ProgramFault.Kind.HANG;
        Pending asked = pending.peek();
        return ended && asked != null && Operation.BOOTQ.spelling.equals(asked.request.get("op"))
                ? "; right if the allocator declares \"min_frames\":" + (blocks.memory() + 1) + ", or more"
                : "";
    }

    /** Asks a burst, while nothing else is under way, and judges all of it. */
    private Transcript.@Nullable Failure ask(Move.Burst burst) throws ProgramFault, TextFormatException {
        send(burst.request(), -1, true);
        Map<String, @Nullable Object> request = pending.element().request;
        BurstAnswer answer = new BurstAnswer(burst, declares(), lastCall);
        program.begin();
        String line = program.line();
        while (!answer.add(line, parse(line, request))) {
            line = program.line();
        }
        program.answered();
        List<Map<String, @Nullable Object>> inOrder = answer.inOrder();
        Transcript.Failure failure = judge(inOrder);
        pending.remove();
        for (Map<String, @Nullable Object> fields : inOrder) {
            events.add(saved(fields));
            lastCall = (Long) Objects.requireNonNull(fields.get(Times.CALL));
            operations++;
        }
        return failure;
    }

    private Transcript.@Nullable Failure judge(List<Map<String, @Nullable Object>> burst) throws ProgramFault {
        Transcript.Failure failure = null;
        try {
            for (int i = 0; i < burst.size() && failure == null; i++) {
                String name = (String) Objects.requireNonNull(burst.get(i).get("op"));
                Event event = event(events.size() + i, name, burst.get(i));
                failure = judge.judge(Objects.requireNonNull(Operation.named(name)), event);
            }
            return failure == null ? judge.end() : failure;
        } catch (IllegalArgumentException | TextFormatException e) {
            // What a thread frees is what it was given, which need not be a frame of the machine.
            throw new ProgramFault(ProgramFault.Kind.GARBAGE, "in a burst: " + e.getMessage());
        }
    }

    private static Event event(int index, String operation, Map<String, @Nullable Object> fields) {
        return new Event(new Position("the saved sequence", index + 2L), index, operation, fields);
    }

    private Transcript.@Nullable Failure judge(Operation operation, Event event, String answer) throws ProgramFault {
        try {
            return judge.judge(operation, event);
        } catch (IllegalArgumentException | BeyondReferenceException | TextFormatException e) {
            if (event.has(ContractForm.OWN)) { // Which frames are the program's own it alone says.
                throw new ProgramFault(
                        ProgramFault.Kind.GARBAGE, "answer " + JsonText.shown(answer) + ": own: " + e.getMessage());
            }
            throw new IllegalStateException("drive asked for what its own judge does not take: " + event.fields(), e);
        }
    }

    /** A request that has no answer, and the word for why. */
    private Map<String, @Nullable Object> unanswered(Pending asked, ProgramFault fault) {
        Map<String, @Nullable Object> event = saved(asked.request);
        event.put("r", fault.kind.word);
        return event;
    }

    private boolean mustWait(Move move) {
        if (move instanceof Move.Burst) {
            return !pending.isEmpty();
        }
        boolean isDue = move instanceof Move.FreeBoth both && awaited.contains(both.other());
        return program.isFull() || isDue || !(move instanceof Move.Alloc) && awaited.contains(move.block());
    }

    private void send(Move move) throws ProgramFault {
        if (move instanceof Move.Alloc alloc) {
            blocks.asked(alloc);
            awaited.add(alloc.block());
            send(Sequence.alloc(alloc), alloc.block(), true);
        } else if (move instanceof Move.FreeBoth both) {
            send(both);
        } else if (move instanceof Move.Drain drain) {
            send(request("drain", "cpu", (long) drain.cpu()), -1, true);
        } else if (move instanceof Move.Verbatim verbatim) {
            send(verbatim.request(), -1, true);
        } else if (holding.permits(move)) {
            send(blocks.of(move, declares()), -1, true);
        }
    }

    private void send(Move.FreeBoth both) throws ProgramFault {
        Map<String, @Nullable Object> together = blocks.together(both, declares());
        if (together != null && holding.permitsBoth(both)) {
            send(together, -1, true);
            return;
        }
        for (int block : new int[] {both.block(), both.other()}) {
            send(new Move.Free(block, both.cpu()));
        }
    }

    private void send(Map<String, @Nullable Object> request, int block, boolean isMove) throws ProgramFault {
        Map<String, @Nullable Object> numbered = new LinkedHashMap<>();
        numbered.put("i", (long) number++);
        numbered.put("op", request.get("op"));
        numbered.putAll(request);
        pending.add(new Pending(numbered, block, isMove));
        program.send(JsonText.of(numbered));
    }

    /** Reads the answer to the oldest request, and judges it. */
    private Transcript.@Nullable Failure receive() throws ProgramFault, TextFormatException {
        String line = program.answer();
        Pending asked = pending.element();
        String name = (String) Objects.requireNonNull(asked.request.get("op"));
        Operation operation = Objects.requireNonNull(Operation.named(name), name);
        Map<String, @Nullable Object> answer = parse(line, asked.request);
        ContractForm form = ContractForm.of(operation);
        requireAnswers(line, form, operation, asked.request, answer);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(asked.request);
        answer.forEach(fields::putIfAbsent);
        Event event = event(events.size(), name, fields);
        Problem problem = ContractForm.isNoAnswer(fields.get("r"))
                ? new Problem(List.of(), "r: a word that stands for no answer")
                : form.problem(fields, declares());
        if (problem != null) {
            throw new ProgramFault(ProgramFault.Kind.GARBAGE, "answer " + JsonText.shown(line) + ": " + problem.text());
        }
        pending.remove();
        events.add(saved(fields));
        operations += asked.isMove ? 1 : 0;
        awaited.remove(asked.block);
        if (asked.block >= 0 && fields.get("r") instanceof Long pfn) {
            blocks.granted(asked.block, pfn);
            holding.granted(asked.block);
        }
        return judge(operation, event, line);
    }

    /** What the program declared so far. */
    private Declarations declares() {
        return DeclarationForm.of(declared);
    }

    /** An event as it stands in a file, which has its own numbers, and a header with what was declared. */
    private Map<String, @Nullable Object> saved(Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> saved = new LinkedHashMap<>();
        saved.put("i", (long) events.size());
        fields.forEach(saved::putIfAbsent);
        saved.remove(DeclarationForm.KEY);
        return saved;
    }

    private Map<String, @Nullable Object> parse(String line, Map<String, @Nullable Object> request)
            throws ProgramFault, TextFormatException {
        Map<String, @Nullable Object> answer;
        try {
            answer = new LinkedHashMap<>(JsonReader.read(line, new Position("answer", 1)));
        } catch (TextFormatException e) {
            throw new ProgramFault(ProgramFault.Kind.GARBAGE, JsonText.shown(line) + " is no answer: " + e.problem());
        }
        if (!(answer.get("i") instanceof Long)) {
            throw new ProgramFault(
                    ProgramFault.Kind.GARBAGE,
                    JsonText.shown(line) + " does not say in \"i\" which request it answers");
        }
        if (!Objects.equals(request.get("i"), answer.get("i"))) {
            if (program.isFlooding()) {
                throw new ProgramFault(
                        ProgramFault.Kind.FLOOD, "it answers without being asked: " + JsonText.shown(line));
            }
            throw new ProgramFault(
                    ProgramFault.Kind.OUT_OF_TURN,
                    JsonText.shown(line) + " came where the answer to request " + request.get("i") + " was due");
        }
        if ("reset".equals(request.get("op")) && answer.containsKey(DeclarationForm.KEY)) {
            declared = DeclarationForm.read(answer.get(DeclarationForm.KEY), line);
        }
        if ("reset".equals(request.get("op")) && answer.containsKey("also")) {
            Object listed = answer.remove("also");
            for (Object operation : listed instanceof Collection<?> several ? several : List.of("")) {
                if (!(operation instanceof String text)
                        || !MORE_OPERATIONS.contains(text) && !MORE_FIELDS.contains(text)) {
                    Set<String> all = new TreeSet<>(MORE_OPERATIONS);
                    all.addAll(MORE_FIELDS);
                    throw new ProgramFault(
                            ProgramFault.Kind.GARBAGE, JsonText.shown(line) + ": also: expected some of " + all);
                }
                also.add(text);
            }
            if (!declares().anyStart() && also.stream().anyMatch(MORE_FIELDS::contains)) {
                throw DeclarationForm.error(
                        "also",
                        line,
                        "also is " + JsonText.of(listed)
                                + ", but \"count\" and \"align\" are only for allocators that declare \"aligned\":\"frame\"");
            }
        }
        return answer;
    }

    /** Besides what it was asked, an answer has nothing but answers. */
    private static void requireAnswers(
            String line,
            ContractForm form,
            Operation operation,
            Map<String, @Nullable Object> request,
            Map<String, @Nullable Object> answer)
            throws ProgramFault {
        for (Map.Entry<String, @Nullable Object> field : answer.entrySet()) {
            String name = field.getKey();
            if (request.containsKey(name) && !Objects.equals(request.get(name), field.getValue())) {
                throw new ProgramFault(
                        ProgramFault.Kind.GARBAGE, JsonText.shown(line) + " changes the request's own " + name);
            }
            boolean isDeclaration = operation == Operation.RESET && name.equals(DeclarationForm.KEY);
            if (!request.containsKey(name) && !isDeclaration && !form.isAnswer(name)) {
                throw new ProgramFault(
                        ProgramFault.Kind.GARBAGE,
                        JsonText.shown(line) + ": \"" + name + "\" is no answer to " + operation.spelling);
            }
        }
    }
}
