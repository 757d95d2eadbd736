package dev.gaugeblock.oracle.trace;

import static dev.gaugeblock.oracle.trace.Field.optional;
import static dev.gaugeblock.oracle.trace.FieldType.list;
import static dev.gaugeblock.oracle.trace.FieldType.number;
import static dev.gaugeblock.oracle.trace.FieldType.text;

import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.contract.Limits;
import dev.gaugeblock.mm.BuddyLists;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The fields of an operation in a trace of any allocator, and in the answers of a program that is driven. An
 * implementation gives results, and of the other answers those that it has; machines may be larger than the
 * reference's; and there are fields that the reference does not know, some of them only for allocators that declare
 * what they are for.
 */
public final class ContractForm {
    /** The place in the allocator's source that an event comes from. */
    public static final String SOURCE = "src";

    /** Frames that the allocator keeps for itself, in the answer to a boot. */
    public static final String OWN = "own";

    /** In place of an answer: what became of the program that was asked. */
    public static final Set<String> NO_ANSWERS = Set.of("CRASH", "HANG", "GARBAGE");

    private static final Map<Operation, ContractForm> FORMS = new EnumMap<>(Operation.class);

    static {
        for (Operation operation : Operation.values()) {
            FORMS.put(operation, new ContractForm(operation));
        }
    }

    private final Operation operation;
    private final FieldSet fields;

    /** That of an operation. */
    public static ContractForm of(Operation operation) {
        return Objects.requireNonNull(FORMS.get(operation));
    }

    private ContractForm(Operation operation) {
        this.operation = operation;
        List<Field> all = new ArrayList<>();
        operation.questions.all().forEach(field -> all.add(question(operation, field)));
        for (Field answer : operation.answers.all()) {
            boolean isResult = answer.name().equals("r");
            all.add(isResult ? answer : optional(answer.name(), answer(answer)));
        }
        all.add(optional(Times.CALL, number(0, Long.MAX_VALUE)));
        all.add(optional(Times.RETURN, number(0, Long.MAX_VALUE)));
        all.add(optional(SOURCE, text()));
        all.addAll(more(operation));
        this.fields = new FieldSet(all);
    }

    /** A question, for machines of any size and with any zones. */
    private static Field question(Operation operation, Field field) {
        return switch (field.name()) {
            case "cpu" -> new Field("cpu", number(0, Limits.MOST_CPUS - 1), field.presence());
            case "n" ->
                operation == Operation.NCPU ? new Field("n", number(1, Limits.MOST_CPUS), field.presence()) : field;
            case "sizes", "holes" -> new Field(field.name(), list(frames()), field.presence());
            case "zone" -> new Field("zone", number(0, Limits.MOST_ZONES - 1), field.presence());
            case "gfp" -> operation == Operation.ALLOC ? optional("gfp", field.type()) : field;
            case "order" ->
                switch (operation) {
                    case ALLOC -> optional("order", field.type());
                    case FREE -> optional("order", number(0, Declarations.LARGEST_ORDER));
                    default -> field;
                };
            default -> field;
        };
    }

    private static FieldType answer(Field answer) {
        return answer.name().equals("fp") ? list(number()) : answer.type();
    }

    private static FieldType frames() {
        return number(0, Limits.MOST_FRAMES);
    }

    /** The fields that only this form has. */
    private static List<Field> more(Operation operation) {
        FieldType size = number(1, Limits.MOST_FRAMES);
        return switch (operation) {
            case RESET -> List.of(optional("also", list(text())), optional(DeclarationForm.KEY, FieldType.any()));
            case ZONES -> List.of(optional("names", list(text())));
            case BOOT, BOOTQ -> List.of(optional(OWN, list(list(2, frames()))));
            case ALLOC ->
                List.of(
                        optional("count", size),
                        optional("align", size),
                        optional("below", frames()),
                        optional("zones", list(number(0, Limits.MOST_ZONES - 1))));
            case FREE -> List.of(optional("count", size));
            default -> List.of();
        };
    }

    /** Whether a request may have a field. */
    public boolean isQuestion(String name) {
        boolean isDeclaration = operation == Operation.RESET && !operation.questions.has(name);
        boolean isTime = name.equals(Times.CALL) || name.equals(Times.RETURN);
        return fields.has(name) && !name.equals("r") && !isAnswer(name) && !isTime && !isDeclaration;
    }

    /** Whether an answer may have a field. */
    public boolean isAnswer(String name) {
        return operation.answers.has(name)
                || name.equals(SOURCE)
                || name.equals(OWN) && (operation == Operation.BOOT || operation == Operation.BOOTQ);
    }

    /** What is wrong with an event of an allocator that declares this, or {@code null}. */
    public @Nullable Problem problem(Map<String, @Nullable Object> event, Declarations declares) {
        Map<String, @Nullable Object> checked = new LinkedHashMap<>(event);
        if (isNoAnswer(event.get("r"))) {
            checked.remove("r");
            operation.answers.all().stream()
                    .filter(answer -> answer.name().equals("r"))
                    .forEach(answer -> checked.put("r", anyResult(answer)));
        }
        Problem problem = fields.problem(checked);
        if (problem != null) {
            return problem;
        }
        return switch (operation) {
            case RESET ->
                event.containsKey(DeclarationForm.KEY) ? DeclarationForm.problem(event.get(DeclarationForm.KEY)) : null;
            case ZONES -> zones(event);
            case ALLOC -> alloc(event, declares);
            case FREE -> free(event, declares);
            default -> null;
        };
    }

    /** Whether a result says that there was no answer. */
    public static boolean isNoAnswer(@Nullable Object result) {
        return result instanceof String word && NO_ANSWERS.contains(word);
    }

    /** Some result that the operation may have, in place of one that it did not give. */
    private static @Nullable Object anyResult(Field answer) {
        return answer.type().problem("r", "BUG") == null
                ? "BUG"
                : answer.type().problem("r", null) == null ? null : Long.valueOf(0);
    }

    private static @Nullable Problem zones(Map<String, @Nullable Object> event) {
        int zones = event.get("sizes") instanceof List<?> sizes ? sizes.size() : 0;
        if (zones < 1 || zones > Limits.MOST_ZONES) {
            return Problem.at(
                    "sizes", "sizes: expected the sizes of 1.." + Limits.MOST_ZONES + " zones, found " + zones);
        }
        boolean isTwice = event.get("names") instanceof List<?> names && new HashSet<>(names).size() < names.size();
        return isTwice ? Problem.at("names", "names: a name stands there twice, " + event.get("names")) : null;
    }

    private static @Nullable Problem alloc(Map<String, @Nullable Object> event, Declarations declares) {
        Problem size = size(event);
        if (size != null) {
            return size;
        }
        for (String field : List.of("count", "align")) {
            if (event.containsKey(field) && !declares.anyStart()) {
                return toDeclare(field, "\"aligned\":\"frame\"");
            }
        }
        if (event.containsKey("below") && !declares.limit()) {
            return toDeclare("below", "\"limit\":true");
        }
        if (!(event.get("zones") instanceof List<?> zones)) {
            return event.containsKey("gfp") || declares.pool()
                    ? null
                    : new Problem(
                            List.of(),
                            "the field \"gfp\" is missing, and so is \"zones\", which may stand in its place;"
                                    + " if any frame may serve any request, declare \"zones\":\"pool\"");
        }
        if (event.containsKey("gfp")) {
            return Problem.at("zones", "zones: it stands in place of gfp, and both are there");
        }
        if (declares.pool()) {
            return Problem.at(
                    "zones", "zones: the allocator declares \"zones\":\"pool\", where any frame may serve any request");
        }
        return zones.isEmpty() || new HashSet<>(zones).size() < zones.size()
                ? Problem.at("zones", "zones: expected the permitted zones, each once, found " + JsonText.of(zones))
                : null;
    }

    private static @Nullable Problem size(Map<String, @Nullable Object> event) {
        if (event.containsKey("order") && event.containsKey("count")) {
            return Problem.at("count", "count: it stands in place of order, and both are there");
        }
        return event.containsKey("order") || event.containsKey("count")
                ? null
                : new Problem(List.of(), "the field \"order\" is missing");
    }

    private static @Nullable Problem free(Map<String, @Nullable Object> event, Declarations declares) {
        Problem size = size(event);
        if (size != null && (event.containsKey("count") || declares.orderInFree())) {
            return event.containsKey("count")
                    ? size
                    : new Problem(
                            List.of(),
                            size.text() + "; if a free of your allocator says none, declare \"order_in_free\":false");
        }
        if (event.containsKey("count") && !declares.anyStart()) {
            return toDeclare("count", "\"aligned\":\"frame\"");
        }
        int most = Math.max(BuddyLists.MAX_ORDER - 1, declares.maxOrder());
        return event.get("order") instanceof Long order && order > most
                ? Problem.at(
                        "order",
                        "order: expected a number in 0.." + most + ", found " + order
                                + "; if your allocator has such blocks, declare \"max_order\":" + order)
                : null;
    }

    private static Problem toDeclare(String field, String declaration) {
        return Problem.at(
                field,
                "\"" + field + "\" is only for allocators that declare " + declaration + ", and this one does not");
    }
}
