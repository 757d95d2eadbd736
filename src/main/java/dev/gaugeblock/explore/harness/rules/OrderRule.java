package dev.gaugeblock.explore.harness.rules;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.Node;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.reclaim.Kswapd;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Whether kswapd comes to know of the orders that it is asked for. An order is heard once kswapd reads one as large;
 * that it need not balance again for what it has just balanced for, is its own affair.
 */
@Ghost("An invariant reads it while kswapd rests; asking and hearing are accesses to one word, in the order of these.")
public final class OrderRule implements Stateful {
    private final Memory memory;
    /** By node; {@code null} for one without. */
    private final @Nullable Kswapd[] kswapds;
    /** By node: the largest order that was asked for and not heard, 0..10. */
    private final int[] unheard;

    /** Nobody has asked yet. */
    public OrderRule(Memory memory, @Nullable Kswapd[] kswapds) {
        this.memory = memory;
        this.kswapds = kswapds.clone();
        this.unheard = new int[kswapds.length];
    }

    /** A request has stored the order that it asks for. */
    public void asksGhost(Node node, int order) {
        unheard[node.id] = Math.max(unheard[node.id], order);
    }

    /** kswapd has read an order. */
    public void hearsGhost(Node node, int order) {
        if (order >= unheard[node.id]) {
            unheard[node.id] = 0;
        }
    }

    @Invariant(
            id = "kswapd-order-kept",
            says =
                    "kswapd does not rest while a zone of its node is short of blocks of an order that it was asked for, not given"
                            + " up, and it never came to know of that order.",
            guardedBy = Invariant.IDLE)
    @Nullable
    String orderKept() {
        for (int node = 0; node < unheard.length; node++) {
            Kswapd kswapd = kswapds[node];
            Zone zone = kswapd == null || !kswapd.isResting() ? null : firstShort(memory.node(node), unheard[node]);
            if (zone != null) {
                return "the kswapd of node " + node + " rests, and never knew that it was asked for order "
                        + unheard[node] + ", of which " + zone + " is short";
            }
        }
        return null;
    }

    private static @Nullable Zone firstShort(Node node, int order) {
        for (int index = 0; order > 0 && index < node.zoneCount(); index++) {
            Zone zone = node.zone(index);
            if (zone.present > 0 && zone.allUnreclaimable.peek() == 0 && isShort(zone, order)) {
                return zone;
            }
        }
        return null;
    }

    private static boolean isShort(Zone zone, int order) {
        int reserve = zone.marks.lowmemReserve(Zone.DMA);
        return !WatermarkAtRest.isOk(zone, zone.counts.freePages.peek(), order, zone.marks.high(), reserve);
    }

    @Override
    public void writeState(StateSink out) {
        for (int order : unheard) {
            out.put(order);
        }
    }
}
