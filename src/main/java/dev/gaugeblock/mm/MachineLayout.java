package dev.gaugeblock.mm;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The physical memory of a machine: that of each node, and how far the nodes are from each other, for a kernel that is
 * built to care ({@code CONFIG_NUMA}).
 */
public final class MachineLayout {
    private final MemoryLayout[] nodes;
    /** From each node to each, without a unit; {@code null} without {@code CONFIG_NUMA}. */
    private final int @Nullable [][] distances;

    private final FlagsLayout flags;

    private MachineLayout(MemoryLayout[] nodes, int @Nullable [][] distances, FlagsLayout flags) {
        this.nodes = nodes;
        this.distances = distances;
        this.flags = flags;
    }

    /**
     * A machine of 32 bits with one node or several, in the order of their memory, which may have gaps between nodes.
     *
     * @throws IllegalArgumentException for no node, more than 64, or nodes whose memory is not in ascending order
     */
    public static MachineLayout of(MemoryLayout... nodes) {
        FlagsLayout flags = nodes.length == 1 ? FlagsLayout.UMA_32 : FlagsLayout.DISCONTIG_32;
        if (nodes.length < 1 || nodes.length > flags.maxNodes()) {
            throw new IllegalArgumentException(
                    "a machine of " + nodes.length + " nodes: there may be 1 to " + flags.maxNodes());
        }
        for (int node = 1; node < nodes.length; node++) {
            if (nodes[node].startPfn() < nodes[node - 1].endPfn()) {
                throw new IllegalArgumentException("node " + node + " begins at frame " + nodes[node].startPfn()
                        + ", before the end of node " + (node - 1) + ", frame " + nodes[node - 1].endPfn());
            }
        }
        return new MachineLayout(nodes.clone(), null, flags);
    }

    /**
     * The same machine with {@code CONFIG_NUMA}.
     *
     * @param table the distance from each node to each, itself included, without a unit, 0 or more
     * @throws IllegalArgumentException if it is not as long and as wide as there are nodes
     */
    public MachineLayout withDistances(int[][] table) {
        int[][] copy = new int[nodes.length][];
        if (table.length != nodes.length) {
            throw new IllegalArgumentException(
                    "a table of distances from " + table.length + " nodes: there are " + nodes.length);
        }
        for (int from = 0; from < nodes.length; from++) {
            if (table[from].length != nodes.length) {
                throw new IllegalArgumentException("distances of node " + from + " to " + table[from].length
                        + " nodes: there are " + nodes.length);
            }
            for (int to = 0; to < nodes.length; to++) {
                if (table[from][to] < 0) {
                    throw new IllegalArgumentException(
                            "distance " + table[from][to] + " of node " + from + " to node " + to + " is below 0");
                }
            }
            copy[from] = table[from].clone();
        }
        return new MachineLayout(nodes, copy, flags);
    }

    /**
     * The same machine with flags words of another layout.
     *
     * @throws IllegalArgumentException if that has no numbers for so many nodes
     */
    public MachineLayout withFlags(FlagsLayout otherFlags) {
        if (nodes.length > otherFlags.maxNodes()) {
            throw new IllegalArgumentException(nodes.length + " nodes do not fit a flags word of " + otherFlags
                    + ": at most " + otherFlags.maxNodes());
        }
        return new MachineLayout(nodes, distances, otherFlags);
    }

    /** How many nodes there are. */
    public int nodes() {
        return nodes.length;
    }

    /** The memory of a node, by its number from 0. */
    public MemoryLayout node(int node) {
        return nodes[node];
    }

    /** Whether the kernel is built with {@code CONFIG_NUMA}: then there are distances. */
    public boolean isNuma() {
        return distances != null;
    }

    /** {@code node_distance}, on a machine that {@link #isNuma}. */
    public int distance(int from, int to) {
        int @Nullable [][] table = distances;
        if (table == null) {
            throw new IllegalStateException("a machine without CONFIG_NUMA has no distances");
        }
        return table[from][to];
    }

    FlagsLayout flags() {
        return flags;
    }

    /** The lowest frame number. */
    public int startPfn() {
        return nodes[0].startPfn();
    }

    /** The frame number after the last. */
    public int endPfn() {
        return nodes[nodes.length - 1].endPfn();
    }

    /** Whether boot never frees a frame. */
    public boolean isReserved(int pfn) {
        for (MemoryLayout node : nodes) {
            if (node.isReserved(pfn)) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is a frame of that number. */
    public boolean exists(int pfn) {
        for (MemoryLayout node : nodes) {
            if (pfn >= node.startPfn() && pfn < node.endPfn()) {
                return true;
            }
        }
        return false;
    }
}
