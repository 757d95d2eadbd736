package dev.gaugeblock.oracle.trace;

import static dev.gaugeblock.oracle.trace.Field.optional;
import static dev.gaugeblock.oracle.trace.Field.required;
import static dev.gaugeblock.oracle.trace.Field.unlessNoBuffer;
import static dev.gaugeblock.oracle.trace.FieldType.flag;
import static dev.gaugeblock.oracle.trace.FieldType.list;
import static dev.gaugeblock.oracle.trace.FieldType.number;
import static dev.gaugeblock.oracle.trace.FieldType.outcome;
import static dev.gaugeblock.oracle.trace.FieldType.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The operations of files about page buffers, each with its arguments and its answers; as {@link Operation} for all
 * other files. An event without a buffer's number asked for a buffer that was not there, and has the answer NOBUF.
 */
public enum BufferOperation {
    ENV(
            "env",
            required("bios", number(1, 1000)),
            required("err", errorNumber()),
            required("pending_mode", flag()),
            required("nomem", number(0, Integer.MAX_VALUE)),
            required("vmapfail", number(0, Integer.MAX_VALUE)),
            required("bsize", number(512, 1 << 16))),
    UPTODATE("uptodate", required("page", number(0, Integer.MAX_VALUE)), required("v", flag())),
    GET("get", block(), blocks(), arguments()),
    READ("read", block(), blocks(), arguments()),
    FIND("find", block(), blocks(), arguments()),
    IOSTART("iostart", buffer(), unlessNoBuffer("arg", number(0, 0xffffffffL))),
    IOREQUEST("iorequest", buffer()),
    IODONE("iodone", buffer(), unlessNoBuffer("dataio", flag()), unlessNoBuffer("schedule", flag())),
    IOWAIT("iowait", buffer()),
    BWRITE("bwrite", buffer()),
    BDWRITE("bdwrite", buffer()),
    BAWRITE("bawrite", buffer()),
    RELSE("relse", buffer()),
    RELE("rele", buffer()),
    HOLD("hold", buffer()),
    LOCK("lock", buffer()),
    CONDLOCK("condlock", buffer()),
    UNLOCK("unlock", buffer()),
    PIN("pin", buffer()),
    UNPIN("unpin", buffer()),
    DEQUEUE("dequeue", buffer()),
    MACRO("macro", buffer(), unlessNoBuffer("name", text())),
    HOOKS(
            "hooks",
            buffer(),
            unlessNoBuffer("iodone", flag()),
            unlessNoBuffer("relse", flag()),
            unlessNoBuffer("strat", flag())),
    PUMP("pump"),
    WORK("work"),
    FLUSH("flush", required("wait", flag())),
    DAEMON("daemon"),
    SHOW("show", buffer());

    /** Largest number of a block: pages are then numbered up to 2^24. */
    private static final int MOST_BLOCKS = 1 << 27;

    private static final Map<String, BufferOperation> BY_NAME = new HashMap<>();

    static {
        for (BufferOperation operation : values()) {
            BY_NAME.put(operation.form.spelling, operation);
        }
    }

    public final EventForm form;

    BufferOperation(String spelling, Field... arguments) {
        this.form = new EventForm(spelling, arguments, answers());
    }

    /** The operation of that name, or {@code null}. */
    public static @Nullable BufferOperation named(String name) {
        return BY_NAME.get(name);
    }

    /** They are the same for all: what does not apply is left out, which is for whoever compares them to judge. */
    private static Field[] answers() {
        List<Field> fields = new ArrayList<>(List.of(
                optional("r", outcome("BLOCKED", "NOBUF", "BUG")),
                optional("chain", list(number())),
                optional("tr", list(text()))));
        for (String state :
                List.of("flags", "hold", "sema", "iodonesema", "remaining", "error", "queued", "locked", "pages")) {
            fields.add(optional(state, number()));
        }
        fields.addAll(Arrays.asList(
                required("delwri", list(number())), required("work", number()), required("pending", number())));
        return fields.toArray(new Field[0]);
    }

    private static Field buffer() {
        return unlessNoBuffer("buf", number(0, Integer.MAX_VALUE));
    }

    private static Field block() {
        return required("blk", number(0, MOST_BLOCKS));
    }

    private static Field blocks() {
        return required("len", number(1, 1 << 16));
    }

    private static Field arguments() {
        return required("arg", number(0, 0xffffffffL));
    }

    private static FieldType errorNumber() {
        return number(0, Integer.MAX_VALUE);
    }
}
