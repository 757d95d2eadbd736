package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.foreign.FrameSource;
import dev.gaugeblock.explore.harness.program.BufferCall;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.SysctlWrite;
import dev.gaugeblock.explore.harness.rules.FrameContents;
import dev.gaugeblock.explore.harness.rules.FrameUseRule;
import dev.gaugeblock.explore.harness.rules.ReclaimRule;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.MemoryTuning;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What the programs of a litmus test ask of the allocator, and the variables that hold what they got. */
final class PageUses {
    private final PageAllocator allocator;
    private final FrameSource source;
    private final LiveBlocks liveBlocks;
    private final Surroundings surroundings;
    /** Of each variable, the first frame of the block that it was given; {@code null} for NULL, or for none yet. */
    private final @Nullable PageFrame[] values;

    private final Assignments assignments;
    private final FrameUseRule rule;
    private final FrameContents contents;
    private final ReclaimRule reclaim;
    private final Grants grants;

    PageUses(
            PageAllocator allocator,
            FrameSource source,
            LiveBlocks liveBlocks,
            Surroundings surroundings,
            FrameUseRule rule,
            FrameContents contents,
            Grants grants,
            Assignments assignments) {
        this.rule = rule;
        this.contents = contents;
        this.reclaim = grants.reclaim();
        this.grants = grants;
        this.allocator = allocator;
        this.source = source;
        this.liveBlocks = liveBlocks;
        this.surroundings = surroundings;
        this.values = new PageFrame[assignments.count()];
        this.assignments = assignments;
    }

    /** Does an operation that uses no variable's block. */
    void perform(LitmusOperation operation, Task task) {
        switch (operation.kind) {
            case LitmusOperation.ALLOC -> alloc(operation, task);
            case LitmusOperation.DRAIN -> drain(task);
            case LitmusOperation.SYSCTL -> tune(operation, task);
            default -> throw new IllegalArgumentException("\"" + operation + "\" is about a block");
        }
    }

    private void tune(LitmusOperation operation, Task task) {
        SysctlWrite write = operation.sysctl;
        if (write == null) {
            throw new IllegalArgumentException("\"" + operation + "\" sets no sysctl");
        }
        MemoryTuning tuning = allocator.tuning();
        if (write.kind == SysctlWrite.MIN_FREE_KBYTES) {
            tuning.setMinFreeKbytes(write.first, task);
        } else {
            tuning.setRatio(write.first, write.second, task);
        }
    }

    private void alloc(LitmusOperation operation, Task task) {
        grants.asksGhost(task);
        int node = operation.detail == LitmusOperation.OWN_NODE ? task.cpu.node : operation.detail - 1;
        task.asksGhost(node);
        PageFrame block = source.alloc(node, operation.gfp, operation.order, task);
        assign(operation, block, task);
        task.isAnsweredGhost();
    }

    /** Does an operation that uses a variable's block; nothing if that is NULL. */
    void use(LitmusOperation operation, HighmemUses addresses, int program, Task task) {
        PageFrame block = awaited(operation.target, program, task);
        if (block == null) {
            return;
        }
        int variable = operation.target;
        int change = operation.referenceChange();
        int left = rule.use(variable, change, task);
        rule.beganGhost(variable, change, left, operation.text, task);
        if (operation.setsFlag()) {
            rule.endedGhost(variable, change, left, operation.text, task);
        }
        try {
            if (change == 0) {
                addresses.perform(operation, block, program, task);
            } else {
                count(block, operation, task);
            }
        } catch (KernelBug bug) {
            rule.failedGhost(variable, change, left, operation.text, task, bug);
            throw bug;
        }
        rule.endedGhost(variable, change, left, operation.text, task);
    }

    private void count(PageFrame block, LitmusOperation operation, Task task) {
        switch (operation.kind) {
            case LitmusOperation.GET -> get(block, task);
            case LitmusOperation.FREE -> free(block, operation, task);
            case LitmusOperation.FREE_COLD, LitmusOperation.PUT, LitmusOperation.FREE_AS -> put(block, operation, task);
            default -> throw new IllegalArgumentException("\"" + operation + "\" counts no reference");
        }
    }

    private void assign(LitmusOperation operation, @Nullable PageFrame block, Task task) {
        values[operation.target] = block;
        if (block != null) {
            rule.given(operation.target, task);
            liveBlocks.addGhost(block, operation.order);
            contents.givenGhost(block, operation.order, operation.gfp, operation.text);
        } else {
            grants.refusedGhost(operation.gfp, operation.order, task);
        }
        assignments.assign(operation.target, task);
    }

    /** An operation on page buffers. */
    void perform(LitmusOperation operation, @Nullable BufferUses buffers, Task task) {
        BufferCall call = operation.buffer;
        if (buffers == null || call == null) {
            throw new IllegalArgumentException("\"" + operation + "\" needs a device");
        }
        buffers.perform(operation, call, task);
        if (call.mayFree()) {
            surroundings.freed(task);
        }
        if (call.obtains()) {
            noteAssignedGhost(operation);
        }
    }

    /** A variable got a value that is kept elsewhere, as buffers are. */
    @Ghost
    private void noteAssignedGhost(LitmusOperation operation) {
        assignments.noteGhost(operation.target);
    }

    private void drain(Task task) {
        source.drain(task);
        surroundings.freed(task);
    }

    private void free(PageFrame block, LitmusOperation operation, Task task) {
        beginsFreeGhost(block, operation.order, task);
        source.free(block, operation.order, task);
        reclaim.hasFreedGhost(operation.text, task);
        surroundings.freed(task);
    }

    /** A single frame may stay on a list of the CPU. */
    @Ghost
    private void beginsFreeGhost(PageFrame block, int order, Task task) {
        liveBlocks.dropReferenceGhost(block, order);
        if (order > 0 && liveBlocks.blockOf(block.pfn) != block.pfn) {
            reclaim.beginsFreeGhost(allocator.memory().zoneOf(block), task);
        }
    }

    /** Of a larger block a part is freed then; the program thinks that it has given all of it back. */
    private void put(PageFrame block, LitmusOperation operation, Task task) {
        liveBlocks.dropReferenceGhost(block, operation.order);
        source.put(block, operation.detail, operation.kind == LitmusOperation.FREE_COLD, task);
        surroundings.freed(task);
    }

    private void get(PageFrame block, Task task) {
        liveBlocks.addReferenceGhost(block);
        source.get(block, task);
    }

    /** What a variable holds, for an operation of a program; it may have to wait for that. */
    private @Nullable PageFrame awaited(int variable, int program, Task task) {
        assignments.await(variable, program, task);
        return values[variable];
    }

    /** The same, for whoever looks on: {@code null} until it is assigned. */
    @Nullable
    PageFrame value(int variable) {
        return isAssigned(variable) ? values[variable] : null;
    }

    /** What an operation has given to its variable, for people: a frame, or a page buffer; empty for nothing. */
    String result(LitmusOperation operation, @Nullable BufferUses buffers) {
        BufferCall call = operation.buffer;
        if (operation.kind != LitmusOperation.ALLOC && (call == null || !call.obtains())) {
            return "";
        }
        Object buffer = buffers == null ? null : buffers.value(operation.target);
        Object held = buffer == null ? values[operation.target] : buffer;
        return held == null ? "NULL" : held.toString();
    }

    boolean isAssigned(int variable) {
        return assignments.isAssigned(variable);
    }

    /** What a variable holds. */
    void writeVariable(int variable, StateSink out) {
        PageFrame value = values[variable];
        int number = value == null ? -1 : value.pfn;
        out.put(isAssigned(variable) ? number : -3 - number);
    }
}
