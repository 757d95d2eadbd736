package dev.gaugeblock.lincheck;

import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import java.util.function.Supplier;

/** The specification: the allocator, one operation after the other. */
public class OneAfterTheOther extends Operations {
    public OneAfterTheOther() {
        super(new SequentialScheduler());
    }

    /**
     * Runs the operation. Lincheck takes an exception for an answer, and equal exceptions for equal answers, so one of
     * the reference's has a type that no other operation throws: it agrees with nothing.
     */
    @Override
    Object perform(Task task, Supplier<Object> operation) {
        try {
            return operation.get();
        } catch (RuntimeException | AssertionError thrown) {
            throw new ReferenceFailed(thrown);
        }
    }

    /** What {@link NotAtOnce} does, at once. */
    public Object exchange(int cpu) {
        release(cpu);
        giveBack(cpu);
        return allocate(cpu);
    }

    /** The reference cannot say what is right. */
    static final class ReferenceFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ReferenceFailed(Throwable cause) {
            super(cause);
        }
    }
}
