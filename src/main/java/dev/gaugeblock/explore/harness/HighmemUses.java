package dev.gaugeblock.explore.harness;

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

/** What the programs of a litmus test do with addresses of high frames, and with the bits of a frame's flags. */
final class HighmemUses {
    private final HighmemLayout layout;
    private final Kmap kmap;
    private final AtomicKmap atomic;
    private final PageWaitTable waitTable;
    /** For each program, the address at which it mapped each variable last; 0 if it did not. */
    private final long[][] addresses;
    /** Likewise, the atomic window type, or -1 for {@code kmap}. */
    private final int[][] types;

    HighmemUses(Highmem highmem, int programs, int variables) {
        this.layout = highmem.layout();
        this.kmap = highmem.kmap();
        this.atomic = highmem.atomic();
        this.waitTable = highmem.waitTable();
        this.addresses = new long[programs][variables];
        this.types = new int[programs][variables];
    }

    void perform(LitmusOperation operation, PageFrame frame, int program, Task task) {
        switch (operation.kind) {
            case LitmusOperation.KMAP -> noteOwned(operation, kmap.map(frame, task), -1, program);
            case LitmusOperation.KUNMAP -> kmap.unmap(frame, task);
            case LitmusOperation.KMAP_ATOMIC -> {
                int type = KmType.number(operation.kmType, layout.isDebug());
                noteOwned(operation, atomic.map(frame, type, task), type, program);
            }
            case LitmusOperation.KUNMAP_ATOMIC -> {
                int type = KmType.number(operation.kmType, layout.isDebug());
                atomic.unmap(addressOwned(operation, program), type, task);
            }
            case LitmusOperation.READ, LitmusOperation.WRITE -> use(operation, frame, program, task);
            case LitmusOperation.LOCK_PAGE -> waitTable.lock(frame, task);
            case LitmusOperation.UNLOCK_PAGE -> waitTable.unlock(frame, task);
            case LitmusOperation.WAIT_PAGE -> waitTable.waitUntilClear(frame, PageFlags.LOCKED, task);
            default ->
                throw new IllegalArgumentException("operation kind " + operation.kind + " of \"" + operation + "\"");
        }
    }

    /** The addresses that a program may still use, while it is in its operation number {@code position} or has ended it. */
    void writeStateOf(int number, Program program, int position, StateSink out) {
        for (int variable = 0; variable < addresses[number].length; variable++) {
            if (program.usesAddress(variable, position)) {
                out.put(addresses[number][variable]);
                out.put(types[number][variable]);
            }
        }
    }

    private void noteOwned(LitmusOperation operation, long address, int type, int program) {
        addresses[program][operation.target] = address;
        types[program][operation.target] = type;
    }

    private long addressOwned(LitmusOperation operation, int program) {
        return addresses[program][operation.target];
    }

    private boolean isAtomicOwned(LitmusOperation operation, int program) {
        return types[program][operation.target] >= 0;
    }

    /** Goes through the CPU's TLB, as the hardware does. A low frame's address is in no window and always right. */
    private void use(LitmusOperation operation, PageFrame frame, int program, Task task) {
        if (!frame.isHighmem()) {
            return;
        }
        long address = addressOwned(operation, program);
        int reached = isAtomicOwned(operation, program) ? atomic.use(address, task) : kmap.use(address, task);
        if (reached != frame.pfn) {
            throw new InvariantBroken(
                    "wrong-frame",
                    task + " means " + frame + " by 0x" + Long.toHexString(address) + ", but reaches frame " + reached);
        }
    }
}
