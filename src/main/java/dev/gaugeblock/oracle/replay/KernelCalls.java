package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.oracle.trace.Answers;
import dev.gaugeblock.oracle.trace.BlockedException;
import dev.gaugeblock.oracle.trace.StuckException;
import java.util.List;

/** Runs the reference's kernel code for an event, and answers how that went. */
final class KernelCalls {
    private KernelCalls() {}

    /** Runs kernel code; the answers are those of code that was given up half-way, or none. */
    static Answers attempt(Machine machine, Runnable kernelCode) {
        Answers answers = new Answers();
        try {
            kernelCode.run();
        } catch (KernelBug bug) {
            machine.recover();
            answers.put("r", "BUG").put("bug", bug.function + ": " + bug.word);
        } catch (StuckException stuck) {
            answers.put("r", "STUCK");
        } catch (BlockedException blocked) {
            machine.giveSleepersUp();
            answers.put("r", "BLOCKED");
        }
        return answers;
    }

    /** Whether the code of these answers was given up half-way. */
    static boolean isGivenUp(Answers answers) {
        Object result = answers.values().get("r");
        return result instanceof String;
    }

    /** Adds what the kernel code called outside, if it called anything. */
    static Answers addTrace(Machine machine, Answers answers) {
        List<Object> trace = machine.surroundings.trace();
        return trace.isEmpty() ? answers : answers.put("tr", trace);
    }
}
