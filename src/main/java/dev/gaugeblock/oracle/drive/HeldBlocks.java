package dev.gaugeblock.oracle.drive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Blocks in use, in the order in which they were handed out, once for each of their references. A block is itself, not
 * one with the same fields: sequences hold thousands, and comparing them took a third of the time of {@code drive}.
 */
final class HeldBlocks {
    private final List<Move.Alloc> blocks = new ArrayList<>();
    /** For each block the number of its references, 1.. */
    private final Map<Integer, Integer> references = new HashMap<>();

    int size() {
        return blocks.size();
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    Move.Alloc get(int index) {
        return blocks.get(index);
    }

    /** All of them as they stand now. */
    List<Move.Alloc> all() {
        return List.copyOf(blocks);
    }

    void add(Move.Alloc block) {
        blocks.add(block);
        references.merge(block.block(), 1, Integer::sum);
    }

    /** Drops a reference, the one that was taken first; {@code false} if there is none. */
    boolean remove(Move.Alloc block) {
        if (references(block) == 0) {
            return false;
        }
        int index = 0;
        while (blocks.get(index) != block) {
            index++;
        }
        blocks.remove(index);
        references.computeIfPresent(block.block(), (number, count) -> count == 1 ? null : count - 1);
        return true;
    }

    int references(Move.Alloc block) {
        return references.getOrDefault(block.block(), 0);
    }
}
