package dev.gaugeblock.oracle.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The fields of the events of one operation: its arguments and its answers. */
public final class EventForm {
    /** The name of the operation in the files. */
    public final String spelling;

    /** The event's number, its operation and the arguments. */
    public final FieldSet questions;

    public final FieldSet answers;
    private final FieldSet all;

    EventForm(String spelling, Field[] arguments, Field[]... answers) {
        List<Field> answerList = new ArrayList<>();
        for (Field[] group : answers) {
            answerList.addAll(Arrays.asList(group));
        }
        List<Field> questionList = new ArrayList<>(
                List.of(Field.required("i", FieldType.number()), Field.required("op", FieldType.text())));
        questionList.addAll(Arrays.asList(arguments));
        List<Field> both = new ArrayList<>(questionList);
        both.addAll(answerList);
        this.spelling = spelling;
        this.questions = new FieldSet(questionList);
        this.answers = new FieldSet(answerList);
        this.all = new FieldSet(both);
    }

    /** What is wrong with an event of this operation, or {@code null}. */
    public @Nullable Problem problem(Map<String, @Nullable Object> event) {
        return all.problem(event);
    }
}
