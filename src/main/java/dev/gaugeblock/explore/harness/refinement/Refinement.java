package dev.gaugeblock.explore.harness.refinement;

import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Whether the machine refines the contract. It hears of each linearization point and has the contract step there;
 * wherever every task stands at a scheduling point, the two states must be equal. What the contract does not allow
 * ends the execution where it happens, with {@link InvariantBroken}.
 */
@Ghost("Only invariants read it; steps about different frames commute, and what is wrong ends the execution.")
public final class Refinement {
    /** Id of the invariant. */
    public static final String ID = "refines-contract";

    private final FrameContract contract;
    private final MachineFrames machine;
    private final Refusals refusals;
    /** By frame from the lowest on: whether a block that begins there is between a list and its owner. */
    private final boolean[] passing;
    /** By task number: the first frame of the block that it was handed out last. */
    private final int[] inHand;
    /** By task number: whether it drops a reference as to a single frame. */
    private final boolean[] putting;
    /** By task number: the frame of which it has dropped a reference last, not the last one; -1 for none. */
    private final int[] dropped;
    /** By frame likewise: the contract's last step about it, for messages; {@code null} for none. */
    private final @Nullable String[] lastStep;
    /** Whether what the contract does not allow is an error: what it has means nothing otherwise. */
    private final boolean judges;

    /**
     * The contract's state is that of a machine that was just booted: all that is not reserved is free.
     *
     * @param cpus how many CPUs have lists of their own
     * @param tasks how many numbers tasks have
     * @param judges whether what the contract does not allow ends the execution
     */
    public Refinement(Memory memory, int cpus, int tasks, boolean judges) {
        this.judges = judges;
        boolean[] reserved = new boolean[memory.endPfn() - memory.startPfn()];
        for (int i = 0; i < reserved.length; i++) {
            PageFrame frame = memory.frameOrNull(memory.startPfn() + i);
            reserved[i] = frame == null || frame.isReserved();
        }
        this.contract = new FrameContract(memory.startPfn(), reserved);
        this.machine = new MachineFrames(memory, cpus);
        this.refusals = new Refusals(memory, tasks);
        this.passing = new boolean[reserved.length];
        this.inHand = new int[tasks];
        this.putting = new boolean[tasks];
        this.dropped = new int[tasks];
        for (int i = 0; i < dropped.length; i++) {
            dropped[i] = -1;
        }
        this.lastStep = new String[reserved.length];
    }

    /** The machine is set up: no block is between a list and its owner. */
    public void startsGhost() {
        for (int i = 0; i < passing.length; i++) {
            passing[i] = false;
        }
    }

    /** Who has which frame, by the contract. */
    public FrameContract contract() {
        return contract;
    }

    /** Linearization point of a request that gets a block. */
    public void allocatesGhost(PageFrame block, int order, Task task) {
        stepGhost(contract.allocateGhost(block.pfn, order), "hands it out", block, order, task);
        passing[block.pfn - contract.startPfn()] = true;
        inHand[task.number] = block.pfn;
    }

    /** That block has its reference, and is the task's. */
    public void handedOverGhost(Task task) {
        passing[inHand[task.number] - contract.startPfn()] = false;
        inHand[task.number] = 0;
    }

    /** A task drops a reference as to a single frame from now on, or no more. */
    void putsGhost(boolean begins, Task task) {
        putting[task.number] = begins;
    }

    /** Linearization point of whatever takes a reference, or drops one. The last drop only begins a free. */
    public void countsGhost(PageFrame frame, int change, int left, Task task) {
        dropped[task.number] = change < 0 && left > 0 ? frame.pfn : -1;
        if (left == 0) {
            refusals.movesGhost();
            passing[frame.pfn - contract.startPfn()] = true;
        } else {
            String why = change > 0 ? contract.getGhost(frame.pfn) : contract.dropGhost(frame.pfn);
            stepGhost(why, change > 0 ? "takes a reference to it" : "drops a reference to it", frame, 0, task);
        }
    }

    /**
     * Linearization point of a free. Of a block that was got as a whole, a put frees the first frame alone. And who
     * frees the whole block, but not with the last reference, may free at once what no reference protects: all but the
     * first frame.
     */
    public void freesGhost(PageFrame block, int order, Task task) {
        if (putting[task.number] || contract.isTail(block.pfn, dropped[task.number])) {
            contract.splitGhost(block.pfn, order);
        }
        stepGhost(contract.freeGhost(block.pfn, order), "frees it", block, order, task);
        passing[block.pfn - contract.startPfn()] = false;
    }

    private void stepGhost(@Nullable String why, String verb, PageFrame block, int order, Task task) {
        if (why != null && judges) {
            throw new InvariantBroken(ID, why + "; " + step(verb, task) + lastAbout(block.pfn));
        }
        for (int pfn = block.pfn; pfn < Math.min(block.pfn + (1 << order), contract.endPfn()); pfn++) {
            // Where nobody says what a task is doing, who came last must not tell states apart.
            lastStep[pfn - contract.startPfn()] = task.doing.isEmpty() ? null : step(verb, task);
        }
        refusals.movesGhost();
    }

    private static String step(String verb, Task task) {
        return task + " " + verb + (task.doing.isEmpty() ? "" : " in " + task.doing);
    }

    private String lastAbout(int pfn) {
        int i = pfn - contract.startPfn();
        String last = i < 0 || i >= lastStep.length ? null : lastStep[i];
        return last == null ? "" : "; the contract's last step about it: " + last;
    }

    /** A task begins to ask for a block. */
    public void asksGhost(int gfp, int order, Task task) {
        refusals.beginsGhost(task.number, gfp, order, task);
    }

    /** It has read a zone's count of free pages. */
    public void looksGhost(Zone zone, int freePages, Task task) {
        refusals.looksGhost(task.number, zone, freePages);
    }

    /** A zone that might have been asked had nothing for it. */
    public void foundNothingGhost(Zone zone, Task task) {
        refusals.foundNothingGhost(task.number, zone);
    }

    /** Its request ends, with a block or with nothing. */
    public void isAnsweredGhost(@Nullable PageFrame block, Task task) {
        String what = task.doing.isEmpty() ? "the request" : task.doing;
        refusals.endsGhost(task.number, block == null ? what + " of " + task : null);
    }

    /** A task begins to move frames between lists, or has done so; which is no step of the contract. */
    public void movesGhost() {
        refusals.movesGhost();
    }

    /** A task goes on from a scheduling point: what was to be judged there has been, or will never be. */
    public void goesOnGhost() {
        refusals.goesOnGhost();
    }

    @Invariant(
            id = ID,
            says =
                    "Each operation does at its linearization point what the contract allows, and at every scheduling point the"
                            + " machine's lists and counts have each frame as the contract has it.",
            guardedBy = Invariant.NOTHING)
    public @Nullable String refinesContract() {
        String refused = refusals.refusedWrongly();
        if (refused != null) {
            return refused;
        }
        MachineFrames.Difference difference = machine.differenceFrom(contract, passing);
        return difference == null ? null : difference.says + lastAbout(difference.pfn);
    }
}
