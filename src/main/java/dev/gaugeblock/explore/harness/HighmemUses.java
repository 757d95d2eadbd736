package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.foreign.ForeignAllocator;
import dev.gaugeblock.explore.harness.foreign.FrameWindow;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.harness.refinement.ForeignWindow;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.explore.harness.rules.KmapRule;
import dev.gaugeblock.explore.harness.rules.WindowRule;
import dev.gaugeblock.highmem.AtomicKmap;
import dev.gaugeblock.highmem.Highmem;
import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.highmem.KmType;
import dev.gaugeblock.highmem.Kmap;
import dev.gaugeblock.highmem.PageWaitTable;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What the programs of a litmus test do with addresses of high frames, and with the bits of a frame's flags. */
final class HighmemUses {
    private final HighmemLayout layout;
    private final Kmap kmap;
    /** Somebody else's, in the place of the kmap; {@code null} for none. */
    private final @Nullable ForeignWindow theirs;

    private final AtomicKmap atomic;
    private final PageWaitTable waitTable;
    private final WindowRule windows;
    private final KmapRule kmaps;
    /** By program and variable. */
    private final ProgramMapping[][] mappings;

    HighmemUses(Highmem highmem, @Nullable ForeignAllocator foreign, int endPfn, int programs, int variables) {
        FrameWindow window = foreign == null ? null : foreign.window();
        this.theirs = window == null ? null : new ForeignWindow(window);
        this.layout = highmem.layout();
        this.kmap = highmem.kmap();
        this.atomic = highmem.atomic();
        this.waitTable = highmem.waitTable();
        this.windows = new WindowRule(programs);
        this.kmaps = new KmapRule(kmap, endPfn);
        this.mappings = new ProgramMapping[programs][variables];
        for (int program = 0; program < programs; program++) {
            for (int variable = 0; variable < variables; variable++) {
                mappings[program][variable] = new ProgramMapping();
            }
        }
    }

    void perform(LitmusOperation operation, PageFrame frame, int program, Task task) {
        switch (operation.kind) {
            case LitmusOperation.KMAP -> mappings[program][operation.target].note(map(frame, task), -1);
            case LitmusOperation.KUNMAP -> unmap(frame, task);
            case LitmusOperation.KMAP_ATOMIC -> {
                int type = KmType.number(operation.detail, layout.isDebug());
                mappings[program][operation.target].note(atomic.map(frame, type, task), type);
                windows.changesGhost(program, 1, task);
            }
            case LitmusOperation.KUNMAP_ATOMIC -> {
                int type = KmType.number(operation.detail, layout.isDebug());
                windows.changesGhost(program, -1, task);
                atomic.unmap(mappings[program][operation.target].address, type, task);
            }
            case LitmusOperation.READ, LitmusOperation.WRITE -> use(operation, frame, program, task);
            case LitmusOperation.LOCK_PAGE -> waitTable.lock(frame, task);
            case LitmusOperation.UNLOCK_PAGE -> waitTable.unlock(frame, task);
            case LitmusOperation.ATTACH_HEADS -> frame.attachBufferHeads(task);
            case LitmusOperation.DROP_HEADS -> frame.dropBufferHeads(task);
            case LitmusOperation.WAIT_PAGE -> waitTable.waitUntilClear(frame, PageFlags.LOCKED, task);
            case LitmusOperation.START_WRITEBACK -> waitTable.startWriteback(frame, task);
            case LitmusOperation.END_WRITEBACK -> waitTable.endWriteback(frame, task);
            case LitmusOperation.WAIT_WRITEBACK -> waitTable.waitUntilClear(frame, PageFlags.WRITEBACK, task);
            default ->
                throw new IllegalArgumentException("operation kind " + operation.kind + " of \"" + operation + "\"");
        }
    }

    /** The address of a frame; somebody else's window has slots in the place of addresses. */
    private long map(PageFrame frame, Task task) {
        ForeignWindow window = theirs;
        if (window != null && frame.isHighmem()) {
            return window.map(frame, task);
        }
        long address = kmap.map(frame, task);
        kmaps.changesGhost(frame, 1);
        return address;
    }

    private void unmap(PageFrame frame, Task task) {
        ForeignWindow window = theirs;
        if (window != null && frame.isHighmem()) {
            window.unmap(frame, task);
            return;
        }
        kmaps.changesGhost(frame, -1);
        kmap.unmap(frame, task);
    }

    /** What somebody else's window has mapped. */
    void writeShared(StateSink out) {
        ForeignWindow window = theirs;
        if (window != null) {
            window.writeState(out);
        }
    }

    /** The rule for atomic windows. */
    WindowRule windows() {
        return windows;
    }

    /** The rule for slots. */
    KmapRule kmaps() {
        return kmaps;
    }

    /**
     * The addresses that a program may still use, while it is in its operation number {@code position} or has ended it.
     */
    void writeStateOf(int number, Program program, int position, StateSink out) {
        for (int variable = 0; variable < mappings[number].length; variable++) {
            if (program.usesAddress(variable, position)) {
                out.put(mappings[number][variable].address);
                out.put(mappings[number][variable].type);
            }
        }
    }

    /** Goes through the CPU's TLB, as the hardware does. A low frame's address is in no window and always right. */
    private void use(LitmusOperation operation, PageFrame frame, int program, Task task) {
        if (!frame.isHighmem()) {
            return;
        }
        ProgramMapping mapping = mappings[program][operation.target];
        long address = mapping.address;
        ForeignWindow window = theirs;
        int reached;
        if (window != null) {
            reached = window.use((int) address, task);
        } else {
            reached = mapping.type >= 0 ? atomic.use(address, task) : kmap.use(address, task);
        }
        if (reached != frame.pfn) {
            String by = window == null ? "0x" + Long.toHexString(address) : "slot " + address;
            throw new InvariantBroken(
                    "wrong-frame", task + " means " + frame + " by " + by + ", but reaches frame " + reached);
        }
    }
}
