package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.mm.MachineLayout;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.Zone;
import java.util.ArrayList;
import java.util.List;

/** The settings of a machine that say which nodes it has. A machine whose file does not speak of nodes has one. */
final class NodeSettings {
    private static final int MAX_DISTANCE = 255;

    private final List<ZoneSettings> nodes = new ArrayList<>(List.of(new ZoneSettings(0)));
    private final List<Reserved> reserved = new ArrayList<>();
    private final List<Home> homes = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    /** Whether a line {@code node 0} was read. */
    private boolean numbered;

    private record Reserved(Line line, Token first, int pfn, int count) {}

    private record Home(Line line, Token name, int cpu, int node) {}

    private record Row(Line line, int node, int[] distances) {}

    /** The node that the line speaks of: the last that was begun. */
    ZoneSettings current() {
        return nodes.get(nodes.size() - 1);
    }

    /** The number of a zone of the current node, among those of all nodes. */
    int number(int zone) {
        return (nodes.size() - 1) * Zone.COUNT + zone;
    }

    /** {@code node N [cpu N { N }]}: what follows is about this node, and these CPUs belong to it. */
    void readNode(Line line) {
        Token name = line.next();
        int node = numbered ? nodes.size() : 0;
        if (node == MachineSpec.MAX_NODES) {
            throw line.expected("at most " + node + " nodes", name);
        }
        if (!name.is(Integer.toString(node))) {
            throw line.expected("the number of the next node, " + node, name);
        }
        if (numbered) {
            MemoryLayout before = current().zones(line, name);
            nodes.add(new ZoneSettings(before.endPfn()));
        } else if (!current().isUntouched()) {
            throw line.error(name, "expected node 0 above all settings of its memory, found it below");
        }
        numbered = true;
        if (line.take("cpu")) {
            do {
                Token cpu = line.peek();
                homes.add(new Home(line, cpu, line.number("a CPU", 0, MachineSpec.MAX_CPUS - 1), node));
            } while (line.peek().kind() != Token.Kind.END_OF_LINE);
        }
    }

    /** {@code distances N { N }}: from the current node to each, itself included. */
    void readDistances(Line line) {
        current().once.require(line, "distances");
        List<Integer> distances = new ArrayList<>();
        do {
            distances.add(line.number("the distance to node " + distances.size(), 0, MAX_DISTANCE));
        } while (line.peek().kind() != Token.Kind.END_OF_LINE);
        rows.add(new Row(
                line,
                nodes.size() - 1,
                distances.stream().mapToInt(Integer::intValue).toArray()));
    }

    /** {@code reserved PFN COUNT}. */
    void readReserved(Line line) {
        Token first = line.peek();
        int pfn = line.number("a frame number", 0, ZoneSettings.MAX_FRAMES - 1);
        int count = line.number("a number of frames", 1, ZoneSettings.MAX_FRAMES);
        reserved.add(new Reserved(line, first, pfn, count));
    }

    /** The node of each CPU: 0 for those that no line speaks of. */
    int[] nodeOfCpu(int cpus) {
        int[] nodeOfCpu = new int[cpus];
        Once once = new Once();
        for (Home home : homes) {
            if (home.cpu() >= cpus) {
                throw home.line().expected("a CPU of the machine, which has " + cpus, home.name());
            }
            once.require(home.line(), "cpu " + home.cpu());
            nodeOfCpu[home.cpu()] = home.node();
        }
        return nodeOfCpu;
    }

    /**
     * The layout, when all settings are read.
     *
     * @param section the machine's first line, for errors that are about the whole
     */
    MachineLayout finish(Line section) {
        MemoryLayout[] memory = new MemoryLayout[nodes.size()];
        for (int node = 0; node < memory.length; node++) {
            memory[node] = nodes.get(node).finish(section);
        }
        MachineLayout layout = MachineLayout.of(memory);
        if (layout.endPfn() == layout.startPfn()) {
            throw section.error(section.head(), "expected at least one zone in the machine, found none");
        }
        for (Reserved range : reserved) {
            reserve(range, memory);
        }
        return rows.isEmpty() ? layout : layout.withDistances(distances(section));
    }

    private static void reserve(Reserved range, MemoryLayout[] memory) {
        MemoryLayout home = memory[0];
        for (MemoryLayout node : memory) {
            home = range.pfn() >= node.startPfn() && node.endPfn() > node.startPfn() ? node : home;
        }
        try {
            home.reserve(range.pfn(), range.count());
        } catch (IllegalArgumentException outside) {
            throw range.line().error(range.first(), String.valueOf(outside.getMessage()));
        }
    }

    private int[][] distances(Line section) {
        int[][] distances = new int[nodes.size()][];
        for (Row row : rows) {
            distances[row.node()] = row.distances();
            if (row.distances().length != nodes.size()) {
                throw row.line()
                        .error(
                                row.line().head(),
                                "expected " + nodes.size() + " distances, one to each node, found "
                                        + row.distances().length);
            }
        }
        if (rows.size() != nodes.size()) {
            throw section.error(
                    section.head(), "expected distances of every node or of none, found those of " + rows.size());
        }
        return distances;
    }
}
