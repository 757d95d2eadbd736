package dev.gaugeblock.explore;

import dev.gaugeblock.explore.state.LockOrder;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Which lock was taken while which was held, over all executions of a run: what the kernel's lockdep keeps. A cycle
 * means that some timing may deadlock, though no execution of this test does, as where a third lock keeps the tasks
 * apart.
 */
final class LockGraph {
    /** By the lock that was held, and then by the one that was taken: who did that first. */
    private final SortedMap<String, SortedMap<String, LockOrder>> edges = new TreeMap<>();

    /** Takes in the orders of one execution. Returns whether one of them is new. */
    boolean add(List<LockOrder> orders) {
        boolean isNew = false;
        for (LockOrder order : orders) {
            isNew |=
                    edges.computeIfAbsent(order.held(), held -> new TreeMap<>()).putIfAbsent(order.taken(), order)
                            == null;
        }
        return isNew;
    }

    /** A cycle in words, the shortest from the first lock by name that is on one; {@code null} if there is none. */
    @Nullable
    String cycle() {
        for (String start : edges.keySet()) {
            List<LockOrder> way = wayBackTo(start);
            if (!way.isEmpty()) {
                StringBuilder text = new StringBuilder();
                for (LockOrder step : way) {
                    text.append(text.length() == 0 ? "" : "; ");
                    text.append(step.taken()).append(" was taken with ").append(step.held());
                    text.append(" held, by ").append(step.who());
                }
                return text.toString();
            }
        }
        return null;
    }

    /** Breadth first, so the shortest. */
    private List<LockOrder> wayBackTo(String start) {
        SortedMap<String, LockOrder> reachedBy = new TreeMap<>();
        Deque<String> todo = new ArrayDeque<>(List.of(start));
        while (!todo.isEmpty()) {
            for (LockOrder order :
                    edges.getOrDefault(todo.remove(), new TreeMap<>()).values()) {
                if (reachedBy.putIfAbsent(order.taken(), order) == null) {
                    todo.add(order.taken());
                }
            }
        }
        List<LockOrder> way = new ArrayList<>();
        LockOrder last = reachedBy.get(start);
        while (last != null) {
            way.add(0, last);
            last = last.held().equals(start) ? null : reachedBy.get(last.held());
        }
        return way;
    }

    void clear() {
        edges.clear();
    }

    void save(DataOutputStream out) throws IOException {
        List<LockOrder> all = new ArrayList<>();
        edges.values().forEach(each -> all.addAll(each.values()));
        out.writeInt(all.size());
        for (LockOrder order : all) {
            out.writeUTF(order.held());
            out.writeUTF(order.taken());
            out.writeUTF(order.who());
        }
    }

    void restore(DataInputStream in) throws IOException {
        int length = in.readInt();
        for (int i = 0; i < length; i++) {
            add(List.of(new LockOrder(in.readUTF(), in.readUTF(), in.readUTF())));
        }
    }
}
