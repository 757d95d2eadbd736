package dev.gaugeblock.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * Who owns the frames of a zone: an immutable binary tree over offsets from the zone's start. A subtree of height h covers
 * 2^h frames, so the two halves of a subtree are buddies, and a live block of order n is one leaf of height n. {@code
 * null} is a subtree that is wholly free. Changing something makes a new path to it and shares the rest: the tree takes
 * space for each live block, and a step takes time for the tree's height.
 */
final class Frames {
    private sealed interface Node permits Live, Whole, Halves {}

    private record Live(Block block) implements Node {}

    /** A subtree of any height, all of which has one owner. */
    private enum Whole implements Node {
        RESERVED,
        UNKNOWN
    }

    /**
     * Two halves that are not the same.
     *
     * @param largest height of the largest free subtree below, -1 for none
     */
    private record Halves(Node lower, Node upper, byte largest) implements Node {}

    private final int height;
    private final Node root;

    private Frames(int height, Node root) {
        this.height = height;
        this.root = root;
    }

    /** So many frames that have all one owner. What the tree covers beyond them is reserved. */
    static Frames all(int count, Owner owner) {
        int height = 32 - Integer.numberOfLeadingZeros(Math.max(count, 1) - 1);
        Frames frames = new Frames(height, whole(owner));
        return frames.fill(count, 1 << height, Owner.RESERVED);
    }

    private static Node whole(Owner owner) {
        return switch (owner) {
            case FREE -> null;
            case RESERVED -> Whole.RESERVED;
            case UNKNOWN -> Whole.UNKNOWN;
            case LIVE -> throw new IllegalArgumentException("live frames belong to a block");
        };
    }

    int height() {
        return height;
    }

    /** How many frames the tree covers: the zone's, and reserved ones up to a power of two. */
    int size() {
        return 1 << height;
    }

    // Questions

    /** Who owns a frame. */
    Owner owner(int offset) {
        return owner(subtree(offset, 0));
    }

    private static Owner owner(Node leaf) {
        if (leaf == null) {
            return Owner.FREE;
        }
        return leaf instanceof Live ? Owner.LIVE : leaf == Whole.RESERVED ? Owner.RESERVED : Owner.UNKNOWN;
    }

    /** The live block that a frame is part of, or {@code null}. */
    Block block(int offset) {
        return subtree(offset, 0) instanceof Live live ? live.block : null;
    }

    /** Whether an aligned range has a frame with the owner. */
    boolean any(Owner owner, int offset, int order) {
        return any(owner, subtree(offset, order));
    }

    private static boolean any(Owner owner, Node node) {
        return node instanceof Halves halves
                ? any(owner, halves.lower) || any(owner, halves.upper)
                : owner(node) == owner;
    }

    /** Whether all frames of an aligned range have the owner. */
    boolean all(Owner owner, int offset, int order) {
        Node node = subtree(offset, order);
        return !(node instanceof Halves) && owner(node) == owner;
    }

    /** What covers an aligned range: its own subtree, or a leaf above. */
    private Node subtree(int offset, int order) {
        Node node = root;
        int below = height;
        while (below > order && node instanceof Halves halves) {
            below--;
            node = (offset >> below & 1) == 0 ? halves.lower : halves.upper;
        }
        return node;
    }

    /** The live blocks that share frames with an aligned range, lowest first. */
    List<Block> liveIn(int offset, int order) {
        List<Block> found = new ArrayList<>();
        collect(subtree(offset, order), found);
        return found;
    }

    private static void collect(Node node, List<Block> found) {
        if (node instanceof Halves halves) {
            collect(halves.lower, found);
            collect(halves.upper, found);
        } else if (node instanceof Live live) {
            found.add(live.block);
        }
    }

    /** How many frames from {@code offset} on have the owner, of an aligned range. */
    int count(Owner owner, int offset, int order) {
        return count(owner, subtree(offset, order), order);
    }

    private static int count(Owner owner, Node node, int height) {
        return node instanceof Halves halves
                ? count(owner, halves.lower, height - 1) + count(owner, halves.upper, height - 1)
                : owner(node) == owner ? 1 << height : 0;
    }

    /** How many blocks of an order are wholly free, aligned to their size; counts no further than {@code enough}. */
    int freeBlocks(int order, int enough) {
        return freeBlocks(root, height, order, enough);
    }

    private static int freeBlocks(Node node, int height, int order, int enough) {
        if (height < order || enough <= 0 || largest(node, height) < order) {
            return 0;
        }
        if (node == null) {
            return Math.min(enough, 1 << height - order);
        }
        Halves halves = (Halves) node;
        int lower = freeBlocks(halves.lower, height - 1, order, enough);
        return lower + freeBlocks(halves.upper, height - 1, order, enough - lower);
    }

    private static int largest(Node node, int height) {
        return node == null ? height : node instanceof Halves halves ? halves.largest : -1;
    }

    // Changes

    /** Makes a range that holds no live block free, and puts the block there. */
    Frames take(int offset, Block block) {
        return set(offset, block.order(), new Live(block));
    }

    /** Makes an aligned range free. */
    Frames release(int offset, int order) {
        return set(offset, order, null);
    }

    private Frames set(int offset, int order, Node leaf) {
        return new Frames(height, set(root, height, offset, order, leaf));
    }

    private static Node set(Node node, int height, int offset, int order, Node leaf) {
        if (height == order) {
            return leaf;
        }
        Node lower = node instanceof Halves halves ? halves.lower : node;
        Node upper = node instanceof Halves halves ? halves.upper : node;
        return (offset >> height - 1 & 1) == 0
                ? join(set(lower, height - 1, offset, order, leaf), upper, height - 1)
                : join(lower, set(upper, height - 1, offset, order, leaf), height - 1);
    }

    /** Gives the frames of [from, to), none of them live, another owner. */
    Frames fill(int from, int to, Owner owner) {
        return new Frames(height, fill(root, height, 0, from, to, whole(owner)));
    }

    private static Node fill(Node node, int height, int start, int from, int to, Node leaf) {
        int end = start + (1 << height);
        if (start >= to || end <= from) {
            return node;
        }
        if (from <= start && end <= to) {
            return leaf;
        }
        Node lower = node instanceof Halves halves ? halves.lower : node;
        Node upper = node instanceof Halves halves ? halves.upper : node;
        int middle = start + (1 << height - 1);
        return join(
                fill(lower, height - 1, start, from, to, leaf),
                fill(upper, height - 1, middle, from, to, leaf),
                height - 1);
    }

    /** @param height of each half */
    private static Node join(Node lower, Node upper, int height) {
        if (lower == upper && !(lower instanceof Halves)) {
            return lower;
        }
        return new Halves(lower, upper, (byte) Math.max(largest(lower, height), largest(upper, height)));
    }
}
