package dev.gaugeblock.explore.harness.rules;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Node;
import dev.gaugeblock.mm.Zone;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * When kswapd may stop, and how long a zone stays given up. Zones are counted among those of all nodes. What was wrong
 * first is kept.
 */
@Ghost("Only invariants read it; all that a node's kswapd notes is its own, and of two wrong things either will do.")
public final class ReclaimRule {
    /** Whether kswapd found the zone short when it last looked, and not given up. */
    private final boolean[] shortOfPages;
    /** Twice how often kswapd has given the zone up; odd while it does. */
    private final int[] givenUp;

    /** By task: the zone to whose free lists it is giving a block back, or {@code null}. */
    private final @Nullable Zone[] freedTo;
    /** By task: {@link #givenUp} of that zone when it began. */
    private final int[] givenUpBefore;

    /** By zone: itself, once a block has come back to its free lists, else {@code null}. */
    private final @Nullable Zone[] freed;
    /** By zone: {@link #givenUp} when a block came back last. */
    private final int[] givenUpWhenFreed;
    /** By zone: which operation of whom gave that block back. */
    private final @Nullable String[] freedBy;
    /** On which CPU: what it has stored, it sees at once. */
    private final @Nullable Cpu[] freedOn;
    /** By zone: the CPU of the kswapd that gave it up last. */
    private final @Nullable Cpu[] givenUpOn;

    private @Nullable String stoppedShort;

    /** Nobody has looked yet. */
    public ReclaimRule(int zones, int tasks) {
        this.freedTo = new Zone[tasks];
        this.givenUpBefore = new int[tasks];
        this.shortOfPages = new boolean[zones];
        this.givenUp = new int[zones];
        this.freed = new Zone[zones];
        this.givenUpWhenFreed = new int[zones];
        this.freedBy = new String[zones];
        this.freedOn = new Cpu[zones];
        this.givenUpOn = new Cpu[zones];
    }

    /** kswapd has looked at a zone: whether that needs no more of it, as it is above pages_high, or given up. */
    public void looksGhost(Zone zone, boolean satisfied) {
        shortOfPages[zone.number] = !satisfied;
    }

    /** kswapd begins to give a zone up, or has done so. */
    public void givesUpGhost(Zone zone, Task task) {
        givenUp[zone.number]++;
        givenUpOn[zone.number] = task.cpu;
    }

    /** Whether kswapd's store that gives a zone up still waits: it comes after whatever a free has stored. */
    private boolean willBeGivenUp(Zone zone) {
        Cpu cpu = givenUpOn[zone.number];
        return cpu != null && cpu.stores != null && cpu.stores.holds(zone.allUnreclaimable);
    }

    /** kswapd has balanced its node. */
    public void hasBalancedGhost(Node node, Task task) {
        for (int index = 0; index < node.zoneCount(); index++) {
            Zone zone = node.zone(index);
            if (shortOfPages[zone.number] && stoppedShort == null) {
                stoppedShort = task + " stops, but when it last looked, " + zone.name()
                        + " was neither above pages_high nor given up";
            }
        }
    }

    /** A task begins to give a block back to the free lists of a zone. */
    public void beginsFreeGhost(Zone zone, Task task) {
        freedTo[task.number] = willBeGivenUp(zone) ? null : zone;
        givenUpBefore[task.number] = givenUp[zone.number];
    }

    /** A task has freed something; what matters is whether {@link #beginsFreeGhost} was told. */
    public void hasFreedGhost(String operation, Task task) {
        int number = task.number;
        Zone zone = freedTo[number];
        freedTo[number] = null;
        if (zone != null && !willBeGivenUp(zone) && givenUp[zone.number] == givenUpBefore[number]) {
            freed[zone.number] = zone;
            givenUpWhenFreed[zone.number] = givenUp[zone.number];
            freedOn[zone.number] = task.cpu;
            freedBy[zone.number] = "\"" + operation + "\" of " + task;
        }
    }

    @Invariant(
            id = "kswapd-balances",
            says = "kswapd stops only if it found each zone of its node above pages_high, or given up.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String stopsWhenBalanced() {
        return stoppedShort;
    }

    @Invariant(
            id = "free-ends-giving-up",
            says = "A zone to whose free lists a block has come back is not given up, unless kswapd has done so since.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String freeEndsGivingUp() {
        for (int number = 0; number < freed.length; number++) {
            Zone zone = freed[number];
            boolean isSince = givenUp[number] != givenUpWhenFreed[number] || givenUp[number] % 2 != 0;
            Cpu cpu = freedOn[number];
            if (zone != null && cpu != null && !isSince && zone.allUnreclaimable.peekBy(cpu) != 0) {
                return freedBy[number] + " gave a block back to " + zone.name() + ", which stays given up";
            }
        }
        return null;
    }
}
