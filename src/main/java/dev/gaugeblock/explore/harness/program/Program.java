package dev.gaugeblock.explore.harness.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What one task of a litmus test does: the ordinary program of a CPU, kswapd, or a handler that interrupts its
 * CPU.
 */
public final class Program {
    /** The CPU that it runs on, from 0. */
    public final int cpu;

    /** Whether this is an interrupt handler: it strikes at any point where its CPU has interrupts on. */
    public final boolean interrupt;

    /** The task's priority is a real-time one. */
    public final boolean realTime;

    /** The task has PF_MEMALLOC set. */
    public final boolean memalloc;

    /** The task has TIF_MEMDIE set. */
    public final boolean memdie;

    /** Whether this is kswapd: it has no operations, and no end. */
    public final boolean kswapd;

    /** The process that it is of, or {@code null} if the OOM killer does not know it. */
    public final @Nullable ProcessSpec process;

    /** What the file calls the task or handler, one of perhaps several of its CPU; empty where it gives none a name. */
    public final String name;

    /** Of a handler: how often it strikes, and whether others may meanwhile. */
    public final Handling handling;

    private final LitmusOperation[] operations;
    private final Reaction[] reclaims;
    private final Reaction[] kills;

    /**
     * A program.
     *
     * @param operations what it does, in order
     * @param reclaims what reclaim does when it calls it, the first time, the second...; after that, nothing
     * @param kills likewise the OOM killer
     */
    public Program(
            int cpu,
            boolean interrupt,
            boolean realTime,
            boolean memalloc,
            boolean memdie,
            LitmusOperation[] operations,
            Reaction[] reclaims,
            Reaction[] kills) {
        this(cpu, interrupt, realTime, memalloc, memdie, false, null, "", Handling.ONCE, operations, reclaims, kills);
    }

    private Program(
            int cpu,
            boolean interrupt,
            boolean realTime,
            boolean memalloc,
            boolean memdie,
            boolean kswapd,
            @Nullable ProcessSpec process,
            String name,
            Handling handling,
            LitmusOperation[] operations,
            Reaction[] reclaims,
            Reaction[] kills) {
        this.cpu = cpu;
        this.interrupt = interrupt;
        this.realTime = realTime;
        this.memalloc = memalloc;
        this.memdie = memdie;
        this.kswapd = kswapd;
        this.process = process;
        this.name = name;
        this.handling = handling;
        this.operations = operations.clone();
        this.reclaims = reclaims.clone();
        this.kills = kills.clone();
    }

    /** kswapd on a CPU of its own; it has PF_MEMALLOC set. */
    public static Program kswapd(int cpu) {
        Reaction[] none = {};
        return new Program(
                cpu, false, false, true, false, true, null, "", Handling.ONCE, new LitmusOperation[0], none, none);
    }

    /** The same program as that of a process. */
    public Program of(ProcessSpec spec) {
        return copy(spec, name, handling);
    }

    /** The same program as that of a task or handler which the file calls so. */
    public Program called(String other) {
        return copy(process, other, handling);
    }

    /**
     * The same program as that of a handler that strikes more or less often, or is interruptible.
     *
     * @param other there must be operations for as many strikes, each with as many
     */
    public Program handled(Handling other) {
        if (operations.length % other.most != 0) {
            throw new IllegalArgumentException(title() + " has " + operations.length + " operations, for " + other.most
                    + " strikes of one length");
        }
        return copy(process, name, other);
    }

    private Program copy(@Nullable ProcessSpec spec, String itsName, Handling itsHandling) {
        return new Program(
                cpu,
                interrupt,
                realTime,
                memalloc,
                memdie,
                kswapd,
                spec,
                itsName,
                itsHandling,
                operations,
                reclaims,
                kills);
    }

    public int length() {
        return operations.length;
    }

    /** How many operations a strike of a handler has; of another program, all. */
    public int lengthOfStrike() {
        return operations.length / handling.most;
    }

    public LitmusOperation operation(int index) {
        return operations[index];
    }

    /**
     * Whether it uses, in its operation number {@code position} or later, an address at which it has mapped a variable
     * before.
     */
    public boolean usesAddress(int variable, int position) {
        for (int i = position; i < operations.length; i++) {
            if (operations[i].target == variable && operations[i].usesAddress()) {
                return true;
            }
        }
        return usesAddress(variable, reclaims) || usesAddress(variable, kills) || usesAddress(variable, exits());
    }

    /** Whether it uses a variable's block; with {@code counts}, whether it takes or drops references to it. */
    public boolean usesBlock(int variable, boolean counts) {
        return usesBlock(variable, counts, operations)
                || usesBlock(variable, counts, reclaims)
                || usesBlock(variable, counts, kills)
                || usesBlock(variable, counts, exits());
    }

    /** How many programs before number {@code index} are of its CPU, and of handlers or not, as that one is. */
    public static int sibling(int index, Program[] programs) {
        int before = 0;
        for (int i = 0; i < index; i++) {
            boolean alike = programs[i].interrupt == programs[index].interrupt;
            before += alike && programs[i].cpu == programs[index].cpu ? 1 : 0;
        }
        return before;
    }

    /** The program that assigns a variable, by its index; -1 for none. */
    public static int assigner(int variable, Program[] programs) {
        for (int i = 0; i < programs.length; i++) {
            if (assigns(variable, programs[i].operations)) {
                return i;
            }
            for (Reaction reaction : programs[i].reactions()) {
                if (assigns(variable, reaction.operations())) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static boolean assigns(int variable, LitmusOperation[] operations) {
        for (LitmusOperation operation : operations) {
            if (operation.kind == LitmusOperation.ALLOC && operation.target == variable) {
                return true;
            }
        }
        return false;
    }

    /** Whether one program assigns a variable and another uses its block. */
    public static boolean isHandedOver(int variable, Program[] programs) {
        int assigner = assigner(variable, programs);
        for (int i = 0; i < programs.length; i++) {
            if (assigner >= 0 && i != assigner && programs[i].usesBlock(variable, false)) {
                return true;
            }
        }
        return false;
    }

    private static boolean usesBlock(int variable, boolean counts, Reaction[] reactions) {
        for (Reaction reaction : reactions) {
            if (usesBlock(variable, counts, reaction.operations())) {
                return true;
            }
        }
        return false;
    }

    private static boolean usesBlock(int variable, boolean counts, LitmusOperation[] operations) {
        for (LitmusOperation operation : operations) {
            boolean uses = operation.usesBlock() && operation.target == variable;
            if (uses && (!counts || operation.referenceChange() != 0)) {
                return true;
            }
        }
        return false;
    }

    private static boolean usesAddress(int variable, Reaction[] reactions) {
        for (Reaction reaction : reactions) {
            for (LitmusOperation operation : reaction.operations()) {
                if (operation.target == variable && operation.usesAddress()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether it asks for memory with a request that may wait. */
    public boolean mayWait() {
        for (LitmusOperation operation : allOperations()) {
            if (operation.mayWait()) {
                return true;
            }
        }
        return false;
    }

    /** Whether it sets a sysctl of the memory, if only in a reaction. */
    public boolean setsSysctls() {
        for (LitmusOperation operation : allOperations()) {
            if (operation.kind == LitmusOperation.SYSCTL) {
                return true;
            }
        }
        return false;
    }

    /** All that it may do: its operations, and those of its {@link #reactions}. */
    public LitmusOperation[] allOperations() {
        List<LitmusOperation> all = new ArrayList<>(Arrays.asList(operations));
        for (Reaction reaction : reactions()) {
            all.addAll(Arrays.asList(reaction.operations()));
        }
        return all.toArray(new LitmusOperation[0]);
    }

    /** All that it does when others call: in reclaim, in the OOM killer, and when it was killed. */
    public Reaction[] reactions() {
        Reaction[] exits = exits();
        Reaction[] all = new Reaction[reclaims.length + kills.length + exits.length];
        System.arraycopy(reclaims, 0, all, 0, reclaims.length);
        System.arraycopy(kills, 0, all, reclaims.length, kills.length);
        System.arraycopy(exits, 0, all, reclaims.length + kills.length, exits.length);
        return all;
    }

    /** What it does when it was killed, if it can be. */
    private Reaction[] exits() {
        ProcessSpec spec = process;
        return spec == null ? new Reaction[0] : new Reaction[] {spec.exit()};
    }

    /** What reclaim does when this program calls it, call by call. */
    public List<Reaction> reclaims() {
        return List.of(reclaims);
    }

    /** Likewise the OOM killer. */
    public List<Reaction> kills() {
        return List.of(kills);
    }

    /** What reclaim does when this program calls it for the {@code call}th time, from 0; {@code null} for nothing. */
    public @Nullable Reaction reclaim(int call) {
        return call < reclaims.length ? reclaims[call] : null;
    }

    /** Likewise the OOM killer. */
    public @Nullable Reaction kill(int call) {
        return call < kills.length ? kills[call] : null;
    }

    /** "cpu 1", "irq 1", "irq NAME", "kswapd 1" or "task NAME": the head of its section, and of its column. */
    public String title() {
        if (!name.isEmpty()) {
            return (interrupt ? "irq " : "task ") + name;
        }
        return (kswapd ? "kswapd " : interrupt ? "irq " : "cpu ") + cpu;
    }
}
