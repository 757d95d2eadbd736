package dev.gaugeblock.explore.harness;

import dev.gaugeblock.highmem.Highmem;
import dev.gaugeblock.highmem.KmType;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.PageFrame;

/** What the programs of a litmus test do with addresses of high frames, and with the bits of a frame's flags. */
final class HighmemUses {
    private final Highmem highmem;
    /** For each program, the address at which it mapped each variable last; 0 if it did not. */
    private final long[][] addresses;
    /** Likewise, the atomic window type, or -1 for {@code kmap}. */
    private final int[][] types;

    HighmemUses(Highmem highmem, int programs, int variables) {
        this.highmem = highmem;
        this.addresses = new long[programs][variables];
        this.types = new int[programs][variables];
    }

    void perform(Operation operation, PageFrame frame, int program, Task task) {
        switch (operation.kind) {
            case Operation.KMAP -> map(operation, highmem.kmap().map(frame, task), -1, program);
            case Operation.KUNMAP -> highmem.kmap().unmap(frame, task);
            case Operation.KMAP_ATOMIC -> {
                int type = KmType.number(operation.kmType, highmem.layout().isDebug());
                map(operation, highmem.atomic().map(frame, type, task), type, program);
            }
            case Operation.KUNMAP_ATOMIC -> {
                int type = KmType.number(operation.kmType, highmem.layout().isDebug());
                highmem.atomic().unmap(addresses[program][operation.target], type, task);
            }
            case Operation.READ, Operation.WRITE -> use(operation, frame, program, task);
            case Operation.LOCK_PAGE -> highmem.waitTable().lock(frame, task);
            case Operation.UNLOCK_PAGE -> highmem.waitTable().unlock(frame, task);
            case Operation.WAIT_PAGE -> highmem.waitTable().waitUntilClear(frame, PageFlags.LOCKED, task);
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

    private void map(Operation operation, long address, int type, int program) {
        addresses[program][operation.target] = address;
        types[program][operation.target] = type;
    }

    /** Goes through the CPU's TLB, as the hardware does. A low frame's address is in no window and always right. */
    private void use(Operation operation, PageFrame frame, int program, Task task) {
        if (!frame.has(PageFlags.HIGHMEM)) {
            return;
        }
        long address = addresses[program][operation.target];
        int reached = types[program][operation.target] < 0
                ? highmem.kmap().use(address, task)
                : highmem.atomic().use(address, task);
        if (reached != frame.pfn) {
            throw new InvariantBroken(
                    "wrong-frame",
                    task + " means " + frame + " by 0x" + Long.toHexString(address) + ", but reaches frame " + reached);
        }
    }
}
