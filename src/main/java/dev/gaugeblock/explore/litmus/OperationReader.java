package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.explore.harness.program.Handling;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.program.SysctlWrite;
import dev.gaugeblock.mm.BuddyLists;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the operations of programs, and finds the variables and locks that they name. */
final class OperationReader {
    private static final int MAX_ORDER = 31;

    /** Before the node that a request asks. */
    static final String NODE = "node";

    /** A few times what any machine of a test has. */
    private static final int MAX_KBYTES = 1_000_000;

    private static final int MAX_RATIO = 1_000_000;
    private static final String FORMS =
            "an operation (v = alloc GFP ORDER, v = alloc GFP ORDER node N, free v, free v as ORDER, free-cold v, put v, get v, drain,"
                    + " lock L, unlock L, mb, sysctl NAME N, kmap v, kunmap v, kmap-atomic v TYPE, kunmap-atomic v TYPE, read v, write v, lock-page v,"
                    + " unlock-page v, wait-page v, start-writeback v, end-writeback v, wait-writeback v,"
                    + " attach-heads v, drop-heads v; "
                    + BufferReader.FORMS + "), \"on\" or the next section";

    private final Variables variables;
    private final MachineSpec machine;
    /** What each section has mapped so far. */
    private final Set<String> mapped = new HashSet<>();

    private final BufferReader buffers;

    OperationReader(Variables variables, MachineSpec machine) {
        this.variables = variables;
        this.machine = machine;
        this.buffers = new BufferReader(variables, machine.device != null);
    }

    /**
     * Reads one operation.
     *
     * @param section title of the section that it stands in
     */
    LitmusOperation read(Line line, String section) {
        LitmusOperation operation = line.peekSecond().is("=") ? allocation(line, section) : other(line, section);
        line.expectEnd();
        return operation;
    }

    /** What a handler does in all its strikes, one after the other: each has variables of its own. */
    List<LitmusOperation> inAllStrikes(List<LitmusOperation> once, Handling strikes, String section) {
        List<LitmusOperation> all = new ArrayList<>();
        for (int strike = 0; strike < strikes.most; strike++) {
            for (LitmusOperation operation : once) {
                all.add(variables.inStrike(operation, strike, section));
            }
        }
        return all;
    }

    private LitmusOperation allocation(Line line, String section) {
        Token name = line.name("a variable");
        line.expect("=");
        LitmusOperation ofBuffer = buffers.readAssignment(line, name, section);
        if (ofBuffer != null) {
            return ofBuffer;
        }
        line.expect("alloc");
        int gfp = Gfps.read(line);
        int order = line.number("an order", 0, MAX_ORDER);
        int node =
                line.take(NODE) ? 1 + line.number("a node", 0, machine.layout.nodes() - 1) : LitmusOperation.OWN_NODE;
        int variable = variables.assign(line, name, order, section);
        return new LitmusOperation(LitmusOperation.ALLOC, variable, gfp, order, node, line.textFrom(name));
    }

    private LitmusOperation other(Line line, String section) {
        Token word = line.next();
        return switch (word.text()) {
            case "free" -> free(line, word, section);
            case "free-cold" -> onVariable(LitmusOperation.FREE_COLD, line, word, section);
            case "put" -> onVariable(LitmusOperation.PUT, line, word, section);
            case "get" -> onVariable(LitmusOperation.GET, line, word, section);
            case "kmap" -> onMappable(LitmusOperation.KMAP, line, word, section);
            case "kunmap" -> onMappable(LitmusOperation.KUNMAP, line, word, section);
            case "kmap-atomic" -> onMappable(LitmusOperation.KMAP_ATOMIC, line, word, section);
            case "kunmap-atomic" -> onMappable(LitmusOperation.KUNMAP_ATOMIC, line, word, section);
            case "read" -> onMappable(LitmusOperation.READ, line, word, section);
            case "write" -> onMappable(LitmusOperation.WRITE, line, word, section);
            case "lock-page" -> onVariable(LitmusOperation.LOCK_PAGE, line, word, section);
            case "unlock-page" -> onMappable(LitmusOperation.UNLOCK_PAGE, line, word, section);
            case "wait-page" -> onMappable(LitmusOperation.WAIT_PAGE, line, word, section);
            case "start-writeback" -> onVariable(LitmusOperation.START_WRITEBACK, line, word, section);
            case "end-writeback" -> onMappable(LitmusOperation.END_WRITEBACK, line, word, section);
            case "wait-writeback" -> onMappable(LitmusOperation.WAIT_WRITEBACK, line, word, section);
            case "attach-heads" -> onVariable(LitmusOperation.ATTACH_HEADS, line, word, section);
            case "drop-heads" -> onMappable(LitmusOperation.DROP_HEADS, line, word, section);
            case "drain" -> new LitmusOperation(LitmusOperation.DRAIN, -1, 0, 0, 0, word.text());
            case "lock" -> onLock(LitmusOperation.LOCK, line, word, section);
            case "unlock" -> onLock(LitmusOperation.UNLOCK, line, word, section);
            case "sysctl" -> sysctl(word, line, section);
            case "mb" -> barrier(word, line, section);
            default -> {
                LitmusOperation ofBuffer = buffers.read(line, word, section);
                if (ofBuffer == null) {
                    throw line.expected(FORMS, word);
                }
                yield ofBuffer;
            }
        };
    }

    /** With an order of its own, which is a mistake of the program's. */
    private LitmusOperation free(Line line, Token word, String section) {
        LitmusOperation free = onVariable(LitmusOperation.FREE, line, word, section);
        if (!line.take("as")) {
            return free;
        }
        int order = line.number("an order", 0, BuddyLists.MAX_ORDER - 1);
        return new LitmusOperation(LitmusOperation.FREE_AS, free.target, 0, free.order, order, line.textFrom(word));
    }

    private LitmusOperation onVariable(int kind, Line line, Token word, String section) {
        Token name = line.peek();
        Variables.Variable variable = variables.use(line, section);
        if (variable.order() == Variables.BUFFER) {
            throw line.error(name, "expected a variable with frames, found " + name.described() + " with a buffer");
        }
        requireMapped(kind, line, name, section);
        int detail =
                kind == LitmusOperation.KMAP_ATOMIC || kind == LitmusOperation.KUNMAP_ATOMIC ? KmTypes.read(line) : 0;
        return new LitmusOperation(kind, variable.number(), 0, variable.order(), detail, line.textFrom(word));
    }

    /**
     * Not before the programs start: mappings belong to programs, and a page that is locked then is theirs to unlock.
     */
    private LitmusOperation onMappable(int kind, Line line, Token word, String section) {
        if (section.equals(Variables.BEFORE)) {
            throw line.error(
                    word,
                    "expected an operation that no program has to finish, as before runs alone, found "
                            + word.described());
        }
        return onVariable(kind, line, word, section);
    }

    /** Uses of an address need one: the program must have mapped the variable further up. */
    private void requireMapped(int kind, Line line, Token name, String section) {
        String mapping = section + ":" + name.text();
        if (kind == LitmusOperation.KMAP || kind == LitmusOperation.KMAP_ATOMIC) {
            mapped.add(mapping);
        }
        boolean usesAddress =
                kind == LitmusOperation.READ || kind == LitmusOperation.WRITE || kind == LitmusOperation.KUNMAP_ATOMIC;
        if (usesAddress && !mapped.contains(mapping)) {
            throw line.error(
                    name, "expected a variable that " + section + " has mapped further up, found " + name.described());
        }
    }

    /** Whoever writes to a file below /proc/sys is a process, and may sleep. */
    private LitmusOperation sysctl(Token word, Line line, String section) {
        if (section.startsWith("irq")) {
            throw line.error(
                    word, "expected an operation of a handler, which writes no sysctl, found " + word.described());
        }
        Token name = line.next();
        SysctlWrite write =
                switch (name.text()) {
                    case "min_free_kbytes" -> {
                        if (!machine.hasLowMemory()) {
                            throw line.error(
                                    name,
                                    "expected frames in zone DMA or Normal, which share min_free_kbytes; found none");
                        }
                        int kbytes = line.number("a number of KiB", 0, MAX_KBYTES);
                        yield new SysctlWrite(SysctlWrite.MIN_FREE_KBYTES, kbytes, 0);
                    }
                    case "lowmem_reserve_ratio" -> {
                        int dma = line.number("the ratio of DMA", 0, MAX_RATIO);
                        int normal = line.number("the ratio of Normal", 0, MAX_RATIO);
                        yield new SysctlWrite(SysctlWrite.LOWMEM_RESERVE_RATIO, dma, normal);
                    }
                    default -> throw line.expected("min_free_kbytes or lowmem_reserve_ratio", name);
                };
        return new LitmusOperation(write, line.textFrom(word));
    }

    private static LitmusOperation barrier(Token word, Line line, String section) {
        if (section.equals(Variables.BEFORE)) {
            throw line.error(
                    word, "expected an operation that does something, as before runs alone, found " + word.described());
        }
        return new LitmusOperation(LitmusOperation.MB, -1, 0, 0, 0, word.text());
    }

    private LitmusOperation onLock(int kind, Line line, Token word, String section) {
        if (section.equals(Variables.BEFORE)) {
            throw line.error(
                    word, "expected an operation without a lock, as before runs alone, found " + word.described());
        }
        Token name = line.next();
        int lock = machine.locks.indexOf(name.text());
        if (lock < 0) {
            String known = machine.locks.isEmpty() ? "there is none" : String.join(", ", machine.locks);
            throw line.expected("a spinlock of the machine (" + known + ")", name);
        }
        return new LitmusOperation(kind, lock, 0, 0, 0, line.textFrom(word));
    }
}
