package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Cpu;

/**
 * For each node, in which order the nodes are tried by a request that starts there: itself first (behaviour 3).
 *
 * <p>Without {@code CONFIG_NUMA} the others follow by number, and round: so that not all turn to the same one. With it
 * the nearest comes next. Of those that are as near, one that fewer nodes turn to first is preferred, and one without
 * CPUs counts as a little nearer, for nobody allocates there at first hand.
 */
final class NodeOrder {
    /** What a node with CPUs is farther away than its distance says. */
    private static final int PENALTY_FOR_CPUS = 1;

    private final MachineLayout layout;
    private final boolean[] hasCpus;
    /**
     * {@code node_load}: grows when a node comes first among those of a distance. It is below the square of the number
     * of nodes.
     */
    private final int[] load;

    private NodeOrder(MachineLayout layout, Cpu[] cpus) {
        this.layout = layout;
        this.hasCpus = new boolean[layout.nodes()];
        this.load = new int[layout.nodes()];
        for (Cpu cpu : cpus) {
            hasCpus[cpu.node] = true;
        }
    }

    /** The orders of all nodes: {@code [n][0]} is n. Each node is in each order once. */
    static int[][] of(MachineLayout layout, Cpu[] cpus) {
        NodeOrder order = new NodeOrder(layout, cpus);
        int[][] orders = new int[layout.nodes()][];
        for (int node = 0; node < orders.length; node++) {
            orders[node] = layout.isNuma() ? order.byDistance(node) : order.round(node);
        }
        return orders;
    }

    private int[] round(int local) {
        int[] order = new int[layout.nodes()];
        for (int i = 0; i < order.length; i++) {
            order[i] = (local + i) % order.length;
        }
        return order;
    }

    /** Must be asked for the nodes in ascending order: the load that one leaves counts for the next. */
    private int[] byDistance(int local) {
        int[] order = new int[layout.nodes()];
        boolean[] used = new boolean[order.length];
        order[0] = local;
        used[local] = true;
        for (int i = 1; i < order.length; i++) {
            int best = nearest(local, used);
            if (layout.distance(local, best) != layout.distance(local, order[i - 1])) {
                load[best] += order.length - i;
            }
            order[i] = best;
            used[best] = true;
        }
        return order;
    }

    /** The nearest node that is not used yet; of equals, the first one counted from the local node on. */
    private int nearest(int local, boolean[] used) {
        int best = -1;
        for (int i = 1; i < used.length; i++) {
            int node = (local + i) % used.length;
            if (!used[node] && (best < 0 || cost(local, node) < cost(local, best))) {
                best = node;
            }
        }
        return best;
    }

    /** The load only decides among equals: it stays below the factor of the distance. */
    private long cost(int local, int node) {
        long distance = (long) layout.distance(local, node) + (hasCpus[node] ? PENALTY_FOR_CPUS : 0);
        return distance * layout.nodes() * layout.flags().maxNodes() + load[node];
    }
}
