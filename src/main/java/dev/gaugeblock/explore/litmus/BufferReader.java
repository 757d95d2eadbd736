package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.explore.harness.program.BufferCall;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads the operations on page buffers. */
final class BufferReader {
    /** What {@link OperationReader} says that there is. */
    static final String FORMS =
            "b = get-buf BLOCK LENGTH FLAGS, b = read-buf BLOCK LENGTH FLAGS, b = find-buf BLOCK LENGTH"
                    + " FLAGS, iostart b FLAGS, bwrite b, bdwrite b, bawrite b, lock-buf b, unlock-buf b, hold b, rele b, relse b,"
                    + " pin b, unpin b, dequeue b, mark b FLAGS, daemon, complete, work";

    private static final int MAX_BLOCK = 1000;
    private static final int MAX_LENGTH = 64;
    private static final int NONE = -1;

    private final Variables variables;
    private final boolean hasDevice;

    /**
     * A reader.
     *
     * @param hasDevice whether the machine has one: nothing can be read here without
     */
    BufferReader(Variables variables, boolean hasDevice) {
        this.variables = variables;
        this.hasDevice = hasDevice;
    }

    /**
     * Reads what stands behind {@code b =}, if it gives a buffer; otherwise returns {@code null}, and nothing is read.
     */
    @Nullable
    LitmusOperation readAssignment(Line line, Token name, String section) {
        Token word = line.peek();
        int kind =
                switch (word.text()) {
                    case "get-buf" -> BufferCall.GET;
                    case "read-buf" -> BufferCall.READ;
                    case "find-buf" -> BufferCall.FIND;
                    default -> NONE;
                };
        if (kind == NONE) {
            return null;
        }
        requireDevice(line, line.next());
        int block = line.number("a block", 0, MAX_BLOCK);
        int length = line.number("a number of blocks", 1, MAX_LENGTH);
        int flags = line.peek().kind() == Token.Kind.END_OF_LINE ? 0 : BufferFlags.read(line);
        int variable = variables.assign(line, name, Variables.BUFFER, section);
        return new LitmusOperation(new BufferCall(kind, block, length, flags), variable, line.textFrom(name));
    }

    /** Reads what stands behind a word, if that is an operation on buffers; otherwise returns {@code null}. */
    @Nullable
    LitmusOperation read(Line line, Token word, String section) {
        int kind = kind(word.text());
        if (kind == NONE) {
            return null;
        }
        requireDevice(line, word);
        if (kind == BufferCall.FLUSH && line.take("wait")) {
            kind = BufferCall.FLUSH_AND_WAIT;
        }
        BufferCall call = new BufferCall(kind, 0, 0, 0);
        if (call.isAboutNone()) {
            return new LitmusOperation(call, -1, line.textFrom(word));
        }
        Token name = line.peek();
        Variables.Variable variable = variables.use(line, section);
        if (variable.order() != Variables.BUFFER) {
            throw line.error(name, "expected a variable with a buffer, found " + name.described() + " with frames");
        }
        int flags = kind == BufferCall.START || kind == BufferCall.MARK ? BufferFlags.read(line) : 0;
        return new LitmusOperation(new BufferCall(kind, 0, 0, flags), variable.number(), line.textFrom(word));
    }

    private static int kind(String word) {
        return switch (word) {
            case "iostart" -> BufferCall.START;
            case "bwrite" -> BufferCall.WRITE;
            case "bdwrite" -> BufferCall.WRITE_LATER;
            case "bawrite" -> BufferCall.WRITE_ASYNC;
            case "lock-buf" -> BufferCall.LOCK;
            case "unlock-buf" -> BufferCall.UNLOCK;
            case "hold" -> BufferCall.HOLD;
            case "rele" -> BufferCall.RELEASE;
            case "relse" -> BufferCall.UNLOCK_AND_RELEASE;
            case "pin" -> BufferCall.PIN;
            case "unpin" -> BufferCall.UNPIN;
            case "dequeue" -> BufferCall.DEQUEUE;
            case "mark" -> BufferCall.MARK;
            case "daemon" -> BufferCall.DAEMON;
            case "complete" -> BufferCall.COMPLETE;
            case "work" -> BufferCall.WORK;
            case "flush" -> BufferCall.FLUSH;
            default -> NONE;
        };
    }

    private void requireDevice(Line line, Token word) {
        if (!hasDevice) {
            throw line.error(
                    word,
                    "expected a device of the machine, as buffers are of one, found " + word.described()
                            + " without; add \"device synchronous\" or \"device deferred\" below machine");
        }
    }
}
