package dev.gaugeblock.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who owns the frames of a zone: an immutable tree over offsets from the zone's start, with 16 children to a node. What
 * stands for a child is {@code null} if all its frames are free, else the live block that covers it, or {@link Whole} for
 * one other owner, or a {@link Node}. A block lies over one child or over a few beside each other, as it is aligned to its
 * size. A change makes a new path to it and shares the rest: the tree takes space for each live block, and a step takes
 * time for the tree's height.
 */
final class Frames {
    /** Each level of the tree looks at so many bits of an offset. */
    private static final int BITS = 4;

    private static final int CHILDREN = 1 << BITS;

    /** A child of any size, all of which has one owner that is no block. */
    private enum Whole {
        RESERVED,
        UNKNOWN
    }

    private static final class Node {
        final Object[] children;

        /** Order of the largest free block below, aligned to its size; -1 for none. */
        final int largest;

        Node(Object[] children, int largest) {
            this.children = children;
            this.largest = largest;
        }
    }

    /** The root covers 16^levels frames. */
    private final int levels;

    private final Object root;

    private Frames(int levels, Object root) {
        this.levels = levels;
        this.root = root;
    }

    /** So many frames that have all one owner. What the tree covers beyond them is reserved. */
    static Frames all(int count, Owner owner) {
        int bits = 32 - Integer.numberOfLeadingZeros(Math.max(count, 2) - 1);
        Frames frames = new Frames((bits + BITS - 1) / BITS, whole(owner));
        return frames.fill(count, frames.size(), Owner.RESERVED);
    }

    private static Object whole(Owner owner) {
        return switch (owner) {
            case FREE -> null;
            case RESERVED -> Whole.RESERVED;
            case UNKNOWN -> Whole.UNKNOWN;
            case LIVE -> throw new IllegalArgumentException("live frames belong to a block");
        };
    }

    /** How many frames the tree covers: the zone's, and reserved ones beyond. */
    int size() {
        return 1 << order();
    }

    /** The order of all that the tree covers. */
    int order() {
        return BITS * levels;
    }

    // Questions

    /** Who owns a frame. */
    Owner owner(int offset) {
        return owner(leaf(offset));
    }

    private static Owner owner(Object leaf) {
        if (leaf == null) {
            return Owner.FREE;
        }
        return leaf instanceof Block ? Owner.LIVE : leaf == Whole.RESERVED ? Owner.RESERVED : Owner.UNKNOWN;
    }

    /** The live block that a frame is part of, or {@code null}. */
    Block block(int offset) {
        return leaf(offset) instanceof Block block ? block : null;
    }

    private Object leaf(int offset) {
        Object child = root;
        int level = levels;
        while (child instanceof Node node) {
            level--;
            child = node.children[offset >> BITS * level & CHILDREN - 1];
        }
        return child;
    }

    /** Whether an aligned range has a frame with the owner. */
    boolean any(Owner owner, int offset, int order) {
        return any(owner, root, levels, offset, order);
    }

    private static boolean any(Owner owner, Object child, int level, int offset, int order) {
        if (!(child instanceof Node node)) {
            return owner(child) == owner;
        }
        int first = first(level, offset, order);
        for (int i = first; i < first + width(level, order); i++) {
            if (any(owner, node.children[i], level - 1, offset, order)) {
                return true;
            }
        }
        return false;
    }

    /** Whether all frames of an aligned range are free. */
    boolean areFree(int offset, int order) {
        Object child = root;
        int level = levels;
        while (child instanceof Node node && BITS * (level - 1) >= order) {
            level--;
            child = node.children[offset >> BITS * level & CHILDREN - 1];
        }
        return child == null || child instanceof Node && count(Owner.FREE, child, level, offset, order) == 1 << order;
    }

    /** How many frames of an aligned range have the owner. */
    int count(Owner owner, int offset, int order) {
        return count(owner, root, levels, offset, order);
    }

    private static int count(Owner owner, Object child, int level, int offset, int order) {
        if (!(child instanceof Node node)) {
            return owner(child) == owner ? 1 << Math.min(order, BITS * level) : 0;
        }
        int first = first(level, offset, order);
        int count = 0;
        for (int i = first; i < first + width(level, order); i++) {
            count += count(owner, node.children[i], level - 1, offset, order);
        }
        return count;
    }

    /** The live blocks that share frames with an aligned range, lowest first. */
    List<Block> liveIn(int offset, int order) {
        List<Block> found = new ArrayList<>();
        collect(root, levels, offset, order, found);
        return found;
    }

    private static void collect(Object child, int level, int offset, int order, List<Block> found) {
        if (child instanceof Node node) {
            int first = first(level, offset, order);
            for (int i = first; i < first + width(level, order); i++) {
                collect(node.children[i], level - 1, offset, order, found);
            }
        } else if (child instanceof Block block && (found.isEmpty() || found.get(found.size() - 1) != block)) {
            found.add(block);
        }
    }

    /** The first child that an aligned range lies over, in a node of a level or in one that the range covers. */
    private static int first(int level, int offset, int order) {
        return order >= BITS * level ? 0 : offset >> BITS * (level - 1) & CHILDREN - 1;
    }

    /** How many children it lies over. */
    private static int width(int level, int order) {
        return Math.min(CHILDREN, 1 << Math.max(0, order - BITS * (level - 1)));
    }

    /** How many blocks of an order are wholly free, aligned to their size; counts no further than {@code enough}. */
    int freeBlocks(int order, int enough) {
        return freeBlocks(root, levels, order, enough);
    }

    private static int freeBlocks(Object child, int level, int order, int enough) {
        if (child == null && order <= BITS * level) {
            return Math.min(enough, 1 << BITS * level - order);
        }
        if (!(child instanceof Node node) || node.largest < order) {
            return 0;
        }
        int count = 0;
        int width = width(level, order);
        for (int i = 0; i < CHILDREN && count < enough; i += width) {
            count += width == 1
                    ? freeBlocks(node.children[i], level - 1, order, enough - count)
                    : areNull(node.children, i, width) ? 1 : 0;
        }
        return count;
    }

    private static boolean areNull(Object[] children, int first, int width) {
        for (int i = first; i < first + width; i++) {
            if (children[i] != null) {
                return false;
            }
        }
        return true;
    }

    // Changes

    /** Puts a block over an aligned range that holds no other. */
    Frames take(int offset, Block block) {
        return new Frames(levels, set(root, levels, offset, block.order(), block));
    }

    /** Makes an aligned range free. */
    Frames release(int offset, int order) {
        return new Frames(levels, set(root, levels, offset, order, null));
    }

    private static Object set(Object child, int level, int offset, int order, Object leaf) {
        Object[] children = childrenOf(child);
        int first = first(level, offset, order);
        if (order >= BITS * (level - 1)) {
            Arrays.fill(children, first, first + width(level, order), leaf);
        } else {
            children[first] = set(children[first], level - 1, offset, order, leaf);
        }
        return join(children, level);
    }

    /** Gives the frames of [from, to), of which a live block has all or none, another owner. */
    Frames fill(int from, int to, Owner owner) {
        return from >= to ? this : new Frames(levels, fill(root, levels, 0, from, to, whole(owner)));
    }

    private static Object fill(Object child, int level, int start, int from, int to, Object leaf) {
        int end = start + (1 << BITS * level);
        if (start >= to || end <= from) {
            return child;
        }
        if (from <= start && end <= to) {
            return leaf;
        }
        Object[] children = childrenOf(child);
        for (int i = 0; i < CHILDREN; i++) {
            int childStart = start + (i << BITS * (level - 1));
            children[i] = fill(children[i], level - 1, childStart, from, to, leaf);
        }
        return join(children, level);
    }

    /** New children, as they stand for what was there before. */
    private static Object[] childrenOf(Object child) {
        if (child instanceof Node node) {
            return node.children.clone();
        }
        Object[] children = new Object[CHILDREN];
        if (child != null) {
            Arrays.fill(children, child);
        }
        return children;
    }

    /** What stands for these children: a node, or one of them if all are the same. */
    private static Object join(Object[] children, int level) {
        int free = 0;
        int largest = -1;
        boolean same = !(children[0] instanceof Node);
        for (int i = 0; i < CHILDREN; i++) {
            Object child = children[i];
            same &= child == children[0];
            if (child == null) {
                free |= 1 << i;
            } else if (child instanceof Node node) {
                largest = Math.max(largest, node.largest);
            }
        }
        return same ? children[0] : new Node(children, Math.max(largest, largestRun(free, BITS * (level - 1))));
    }

    /** Order of the largest aligned run of children that are wholly free; {@code free} has a bit for each. */
    private static int largestRun(int free, int orderOfOne) {
        int twos = free & free >> 1 & 0x5555;
        int fours = twos & twos >> 2 & 0x1111;
        int eights = fours & fours >> 4 & 0x0101;
        if (free == 0) {
            return -1;
        }
        return orderOfOne + (eights != 0 ? 3 : fours != 0 ? 2 : twos != 0 ? 1 : 0);
    }
}
