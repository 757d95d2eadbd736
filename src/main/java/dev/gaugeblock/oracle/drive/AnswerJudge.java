package dev.gaugeblock.oracle.drive;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.oracle.ContractJudge;
import dev.gaugeblock.oracle.Rejection;
import dev.gaugeblock.oracle.replay.Difference;
import dev.gaugeblock.oracle.replay.Reference;
import dev.gaugeblock.oracle.trace.Answers;
import dev.gaugeblock.oracle.trace.Build;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.text.TextFormatException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Judges the answers of a program to one sequence, one after the other. */
interface AnswerJudge {
    /** What is wrong with the events that overlap others, when nothing runs any more; {@code null} if nothing. */
    default Transcript.@Nullable Failure end() throws TextFormatException {
        return null;
    }

    /** What is wrong with an event, {@code null} if nothing. */
    Transcript.@Nullable Failure judge(Operation operation, Event event) throws TextFormatException;

    /** Holds a program to the contract. */
    static AnswerJudge byContract(Build build, Contract.Failures failures) {
        ContractJudge judge = new ContractJudge(build, failures, Declarations.NONE);
        return new AnswerJudge() {
            @Override
            public Transcript.@Nullable Failure judge(Operation operation, Event event) throws TextFormatException {
                return failure(judge.judge(operation, event));
            }

            @Override
            public Transcript.@Nullable Failure end() throws TextFormatException {
                return failure(judge.end());
            }
        };
    }

    private static Transcript.@Nullable Failure failure(@Nullable Rejection rejection) {
        return rejection == null
                ? null
                : new Transcript.Failure(rejection.breach().rule().id(), rejection.text(), rejection.line());
    }

    /** Holds a program to the reference's own answers, as far as it gives any; a result it must give. */
    static AnswerJudge exactly(Build build) {
        Reference reference = new Reference(build);
        return (operation, event) -> {
            Answers expected = reference.apply(operation, event);
            Map<String, @Nullable Object> given = event.fieldsOf(operation.answers);
            Map<String, @Nullable Object> compared = new LinkedHashMap<>();
            expected.values().forEach((name, value) -> {
                if (given.containsKey(name) || name.equals("r")) {
                    compared.put(name, value);
                }
            });
            Difference difference = Difference.first(compared, given);
            return difference == null
                    ? null
                    : new Transcript.Failure(
                            "exact",
                            difference.field() + ": the reference has " + difference.expected() + ", the program "
                                    + difference.actual());
        };
    }
}
