package dev.gaugeblock.oracle.drive;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a caller holds, and so what it may do: a block is freed once for each reference, and its last reference is kept
 * while it is mapped. A sequence of which moves are left out may ask for more than that; those are not asked.
 */
final class Holding {
    /** Blocks that may be mapped at a time, so that no kmap has to sleep. */
    private static final int MOST_MAPPED = Driver.BUILD.lastPkmap();

    private static final class Block {
        int references = 1;
        int maps;
        /** Of a block that is freed in parts: how many there are, and which are free. */
        int of;

        final Set<Integer> parts = new HashSet<>();

        /** Whether its only user may do with it as he likes. */
        boolean isWhole() {
            return references == 1 && maps == 0 && of == 0;
        }
    }

    private final Map<Integer, Block> blocks = new HashMap<>();
    private int mapped;

    /** A request was granted. */
    void granted(int block) {
        blocks.put(block, new Block());
    }

    /** Takes note of a move on a block, if its caller may make it; returns whether it may. */
    boolean permits(Move move) {
        Block block = blocks.get(move.block());
        if (block == null) {
            return false;
        }
        if (move instanceof Move.FreePart part) {
            return free(part, block);
        }
        if (block.of > 0) {
            return false;
        }
        if (move instanceof Move.Free) {
            return free(move.block(), block);
        }
        if (move instanceof Move.Get) {
            block.references++;
            return true;
        }
        if (move instanceof Move.Kmap) {
            return map(block);
        }
        return unmap(block);
    }

    /** Takes note of a free of two blocks at once, if their caller may do that; returns whether it may. */
    boolean permitsBoth(Move.FreeBoth both) {
        Block one = blocks.get(both.block());
        Block other = blocks.get(both.other());
        boolean mayFree = one != null && other != null && one != other && one.isWhole() && other.isWhole();
        if (mayFree) {
            blocks.remove(both.block());
            blocks.remove(both.other());
        }
        return mayFree;
    }

    private boolean free(Move.FreePart part, Block block) {
        boolean mayFree = block.isWhole() || block.of == part.of() && !block.parts.contains(part.part());
        if (mayFree) {
            block.of = part.of();
            block.parts.add(part.part());
            if (block.parts.size() == block.of) {
                blocks.remove(part.block());
            }
        }
        return mayFree;
    }

    private boolean free(int name, Block block) {
        if (block.references == 1 && block.maps > 0) {
            return false;
        }
        block.references--;
        if (block.references == 0) {
            blocks.remove(name);
        }
        return true;
    }

    private boolean map(Block block) {
        if (block.maps == 0 && mapped == MOST_MAPPED) {
            return false;
        }
        mapped += block.maps == 0 ? 1 : 0;
        block.maps++;
        return true;
    }

    private boolean unmap(Block block) {
        if (block.maps == 0) {
            return false;
        }
        block.maps--;
        mapped -= block.maps == 0 ? 1 : 0;
        return true;
    }
}
