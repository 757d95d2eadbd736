package dev.gaugeblock.contract;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Who owns the frames of a zone: an immutable tree over offsets from the zone's start, with 16 children to a node. What
 * stands for a child is {@code null} if all its frames are free, else the live block that covers it, or {@link Whole}
 * for one other owner, or a {@link Node}. A block that is aligned to its size lies over one child or over a few beside
 * each other; any other over several such pieces. A change makes a new path to it and shares the rest: the tree takes
 * space for each live block, and a step takes time for the tree's height.
 *
 * <p>A tree with an editor changes the nodes that it made itself in place. Whoever asks for one promises not to look at
 * a tree again after making another from it; then nobody can tell the difference but by the time that it takes.
 */
final class Frames {
    /** Each level of the tree looks at so many bits of an offset. */
    private static final int BITS = 4;

    private static final int CHILDREN = 1 << BITS;

    /** All of four bits. */
    private static final long MOST = 15;

    /** A child of any size, all of which has one owner that is no block. */
    private enum Whole {
        RESERVED,
        UNKNOWN
    }

    /**
     * Whoever may change the trees of a consumed state in place, and how often that was done: so a state that was used
     * up is known from the one that is left.
     */
    static final class Editor {
        private long changes;

        void changed() {
            changes++;
        }

        /** How many changes there were so far. */
        long changes() {
            return changes;
        }
    }

    private static final class Node {
        final @Nullable Object[] children;

        /** Who may change this node; {@code null} for nobody. */
        final @Nullable Editor editor;

        /**
         * For each child in four bits, the order of the largest free block in it, aligned to its size, plus 1; 0 for
         * none, 15 for all from 14 on. (Kept here, as a look into each child would be what a step takes longest for.)
         */
        long largest;

        Node(@Nullable Object[] children, long largest, @Nullable Editor editor) {
            this.children = children;
            this.largest = largest;
            this.editor = editor;
        }

        void set(int index, @Nullable Object child, int level) {
            children[index] = child;
            largest = largest & ~(MOST << BITS * index) | largestIn(child, level) << BITS * index;
        }
    }

    /** The four bits for a child of a level. */
    private static long largestIn(@Nullable Object child, int level) {
        if (child == null) {
            return Math.min(MOST, BITS * level + 1);
        }
        return child instanceof Node node ? largestIn(node.largest, level - 1) : 0;
    }

    /** Likewise, for the parent of children of a level: the largest of theirs, or of several free ones in a row. */
    private static long largestIn(long ofChildren, int level) {
        long whole = BITS * level + 1;
        long most = 0;
        int free = 0;
        for (int i = 0; i < CHILDREN; i++) {
            long one = ofChildren >>> BITS * i & MOST;
            most = Math.max(most, one);
            if (one == whole) {
                free |= 1 << i;
            }
        }
        int twos = free & free >> 1 & 0x5555;
        int fours = twos & twos >> 2 & 0x1111;
        int eights = fours & fours >> 4 & 0x0101;
        int run = eights != 0 ? 3 : fours != 0 ? 2 : twos != 0 ? 1 : 0;
        return Math.min(MOST, most + run);
    }

    /** The root covers 16^levels frames. */
    private final int levels;

    private final @Nullable Object root;
    private final @Nullable Editor editor;

    private Frames(int levels, @Nullable Object root, @Nullable Editor editor) {
        this.levels = levels;
        this.root = root;
        this.editor = editor;
    }

    /** The same with an editor of its own; with {@code null}, none of its nodes changes any more. */
    Frames editedBy(@Nullable Editor newEditor) {
        return new Frames(levels, root, newEditor);
    }

    /** So many frames that have all one owner. What the tree covers beyond them is reserved. */
    static Frames all(int count, Owner owner) {
        int bits = 32 - Integer.numberOfLeadingZeros(Math.max(count, 2) - 1);
        Frames frames = new Frames((bits + BITS - 1) / BITS, whole(owner), null);
        return frames.fill(count, frames.size(), Owner.RESERVED);
    }

    private static @Nullable Object whole(Owner owner) {
        return switch (owner) {
            case FREE -> null;
            case RESERVED -> Whole.RESERVED;
            case UNKNOWN -> Whole.UNKNOWN;
            case LIVE -> throw new IllegalArgumentException("live frames belong to a block");
        };
    }

    /** The order of the largest aligned piece that begins at an offset and ends at another, or before it. */
    static int pieceAt(int from, int to) {
        return Math.min(Integer.numberOfTrailingZeros(from), 31 - Integer.numberOfLeadingZeros(to - from));
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

    private static Owner owner(@Nullable Object leaf) {
        if (leaf == null) {
            return Owner.FREE;
        }
        return leaf instanceof Block ? Owner.LIVE : leaf == Whole.RESERVED ? Owner.RESERVED : Owner.UNKNOWN;
    }

    /** The live block that a frame is part of, or {@code null}. */
    @Nullable
    Block block(int offset) {
        return leaf(offset) instanceof Block block ? block : null;
    }

    private @Nullable Object leaf(int offset) {
        @Nullable Object child = root;
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

    private static boolean any(Owner owner, @Nullable Object child, int level, int offset, int order) {
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
        @Nullable Object child = root;
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

    private static int count(Owner owner, @Nullable Object child, int level, int offset, int order) {
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

    private static void collect(@Nullable Object child, int level, int offset, int order, List<Block> found) {
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

    private static int freeBlocks(@Nullable Object child, int level, int order, int enough) {
        if (child == null && order <= BITS * level) {
            return Math.min(enough, 1 << BITS * level - order);
        }
        if (order > BITS * level) {
            return 0;
        }
        if (!(child instanceof Node node) || largestIn(node, level) <= Math.min(order, MOST - 1)) {
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

    private static boolean areNull(@Nullable Object[] children, int first, int width) {
        for (int i = first; i < first + width; i++) {
            if (children[i] != null) {
                return false;
            }
        }
        return true;
    }

    /** Tells of each stretch whether it is free, in order. */
    void walk(Surplus.FreeRuns runs) {
        walk(root, levels, 0, runs);
    }

    private static void walk(@Nullable Object child, int level, int offset, Surplus.FreeRuns runs) {
        if (child instanceof Node node) {
            for (int i = 0; i < CHILDREN && !runs.isEnough(); i++) {
                walk(node.children[i], level - 1, offset + (i << BITS * (level - 1)), runs);
            }
        } else {
            runs.add(offset, 1L << BITS * level, child == null);
        }
    }

    // Changes

    /** Puts a block over a range that holds no other. */
    Frames take(int offset, Block block) {
        Frames now = this;
        int end = offset + block.frames();
        for (int at = offset, order; at < end; at += 1 << order) {
            order = pieceAt(at, end);
            now = now.changed(set(now.root, levels, at, order, block));
        }
        return now;
    }

    /** Makes an aligned range free. */
    Frames release(int offset, int order) {
        return changed(set(root, levels, offset, order, null));
    }

    private @Nullable Object set(@Nullable Object child, int level, int offset, int order, @Nullable Object leaf) {
        Node node = nodeFor(child, level);
        int first = first(level, offset, order);
        if (order >= BITS * (level - 1)) {
            for (int i = first; i < first + width(level, order); i++) {
                node.set(i, leaf, level - 1);
            }
        } else {
            node.set(first, set(node.children[first], level - 1, offset, order, leaf), level - 1);
        }
        return joined(node);
    }

    /** Gives the frames of [from, to), of which a live block has all or none, another owner. */
    Frames fill(int from, int to, Owner owner) {
        return from >= to ? this : changed(fill(root, levels, 0, from, to, whole(owner)));
    }

    private Frames changed(@Nullable Object newRoot) {
        if (editor != null) {
            editor.changed();
        }
        return new Frames(levels, newRoot, editor);
    }

    private @Nullable Object fill(
            @Nullable Object child, int level, int start, int from, int to, @Nullable Object leaf) {
        int end = start + (1 << BITS * level);
        if (start >= to || end <= from) {
            return child;
        }
        if (from <= start && end <= to) {
            return leaf;
        }
        Node node = nodeFor(child, level);
        for (int i = 0; i < CHILDREN; i++) {
            int childStart = start + (i << BITS * (level - 1));
            node.set(i, fill(node.children[i], level - 1, childStart, from, to, leaf), level - 1);
        }
        return joined(node);
    }

    /** A node that may be changed, with the children that stand for what was there. */
    private Node nodeFor(@Nullable Object child, int level) {
        if (child instanceof Node node) {
            boolean own = editor != null && node.editor == editor;
            return own ? node : new Node(node.children.clone(), node.largest, editor);
        }
        Node node = new Node(new @Nullable Object[CHILDREN], 0, editor);
        for (int i = 0; i < CHILDREN; i++) {
            node.set(i, child, level - 1);
        }
        return node;
    }

    /** What stands for a node whose children were changed: itself, or one of the children if all are the same. */
    private static @Nullable Object joined(Node node) {
        @Nullable Object first = node.children[0];
        for (@Nullable Object child : node.children) {
            if (child != first) {
                return node;
            }
        }
        return first;
    }
}
