package dev.gaugeblock.explore.harness.rules;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.MachineLayout;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.Zonelist;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Whether the zonelists of a machine whose nodes lie apart name the nodes in the order of behaviour 3, written down a
 * second time: not how an order comes about, but what must hold of one that is there. Zonelists never change, so they
 * are judged once, at boot.
 */
public final class ZonelistRule {
    private final @Nullable String wrong;

    /** Judges the zonelists of a booted machine. */
    public ZonelistRule(MachineLayout layout, Cpu[] cpus, Memory memory) {
        this.wrong = layout.isNuma() ? new Orders(layout, cpus, memory).judge() : null;
    }

    @Invariant(
            id = "zonelist-order",
            says =
                    "On a machine whose nodes lie apart, a zonelist names the nearest node next; of those that are as near, the one"
                            + " that fewer others turn to first, and then the next by number.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String nodesInOrder() {
        return wrong;
    }

    /** What is judged: by node, which node is tried at which place. */
    private static final class Orders {
        private final MachineLayout layout;
        private final boolean[] hasCpus;
        private final int[][] orders;

        Orders(MachineLayout layout, Cpu[] cpus, Memory memory) {
            this.layout = layout;
            this.hasCpus = new boolean[layout.nodes()];
            for (Cpu cpu : cpus) {
                hasCpus[cpu.node] = true;
            }
            this.orders = new int[layout.nodes()][];
            for (int node = 0; node < orders.length; node++) {
                orders[node] = nodesOf(memory.node(node).zonelist(Gfp.HIGHMEM), layout.nodes());
            }
        }

        /** Those that zones of the list are of, each where it comes first. */
        private static int[] nodesOf(Zonelist zones, int nodes) {
            int[] found = new int[nodes];
            int count = 0;
            for (int i = 0; i < zones.length(); i++) {
                int node = zones.zone(i).node;
                if (count == 0 || found[count - 1] != node) {
                    found[count] = node;
                    count++;
                }
            }
            int[] order = new int[count];
            System.arraycopy(found, 0, order, 0, count);
            return order;
        }

        private @Nullable String judge() {
            for (int local = 0; local < orders.length; local++) {
                int[] order = orders[local];
                // A node without memory is in no list, and how it is loaded cannot be told.
                if (order.length < orders.length) {
                    return null;
                }
                for (int place = 1; place < order.length; place++) {
                    for (int later = place + 1; later < order.length; later++) {
                        if (isBetter(local, place, order[later], order[place])) {
                            return "node " + local + " turns to node " + order[place] + " before node " + order[later];
                        }
                    }
                }
            }
            return null;
        }

        /** Whether a node should be tried at a place rather than another. */
        private boolean isBetter(int local, int place, int node, int than) {
            int difference = distance(local, node) - distance(local, than);
            if (difference == 0) {
                difference = load(local, place, node) - load(local, place, than);
            }
            if (difference == 0) {
                difference = Math.floorMod(node - local, orders.length) - Math.floorMod(than - local, orders.length);
            }
            return difference < 0;
        }

        private int distance(int from, int to) {
            return layout.distance(from, to) + (hasCpus[to] ? 1 : 0);
        }

        /**
         * {@code node_load} when a place of an order is chosen: each order up to then in which the node comes first of
         * those of its distance counts as many as there are nodes from there on.
         */
        private int load(int local, int place, int node) {
            int load = 0;
            for (int from = 0; from <= local; from++) {
                int end = from == local ? place : orders.length;
                for (int at = 1; at < end; at++) {
                    boolean first =
                            layout.distance(from, orders[from][at]) != layout.distance(from, orders[from][at - 1]);
                    load += orders[from][at] == node && first ? orders.length - at : 0;
                }
            }
            return load;
        }
    }
}
