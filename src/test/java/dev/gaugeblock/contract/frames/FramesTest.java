package dev.gaugeblock.contract.frames;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The frames say what plain arrays of owners and blocks say, also after changes were taken back. */
class FramesTest {
    private static final int START = 96;

    private int size;
    private Frames frames;
    private Owner[] owners;
    private @Nullable Block[] blocks;
    private Random random;
    private final Deque<Saved> marks = new ArrayDeque<>();

    private record Saved(Frames.Mark mark, Owner[] owners, @Nullable Block[] blocks) {}

    private void begin(int count, Owner owner, long seed) {
        size = count;
        frames = new Frames(START, count, owner);
        owners = new Owner[count];
        Arrays.fill(owners, owner);
        blocks = new Block[count];
        random = new Random(seed);
        marks.clear();
    }

    /** Up to four sections, of which the last is not whole. */
    @Property(seed = "7", tries = 100)
    void shouldSayWhatArraysSay(@ForAll @IntRange(min = 1, max = 4000) int count, @ForAll long seed) {
        begin(count, seed % 3 == 0 ? Owner.UNKNOWN : Owner.FREE, seed);
        for (int step = 0; step < 60; step++) {
            int order = random.nextInt(random.nextInt(10) == 0 ? 13 : 6);
            int offset = random.nextInt(count) >> order << order;
            int length =
                    Math.min(count - offset, (1 << order) - (random.nextInt(4) == 0 ? random.nextInt(1 << order) : 0));
            change(offset, length, step);
            if (random.nextInt(8) == 0 && marks.size() < 3) {
                marks.push(new Saved(frames.mark(), owners.clone(), blocks.clone()));
            } else if (random.nextInt(12) == 0 && !marks.isEmpty()) {
                end(marks.pop());
            }
            compare();
        }
        while (!marks.isEmpty()) {
            end(marks.pop());
            compare();
        }
    }

    private void end(Saved saved) {
        if (random.nextBoolean()) {
            frames.keep(saved.mark);
        } else {
            frames.rollBack(saved.mark);
            owners = saved.owners.clone();
            blocks = saved.blocks.clone();
        }
    }

    private void change(int offset, int length, int step) {
        Block block = blocks[offset];
        if (block != null && random.nextInt(3) == 0) {
            Block shared = block.with(1 + random.nextInt(3));
            frames.replace(shared);
            set(shared);
        } else if (block != null && random.nextBoolean()) {
            frames.release(block.pfn(), block.frames());
            set(block.pfn() - START, block.frames(), Owner.FREE);
        } else if (block != null) {
            Owner owner = Owner.values()[2 + random.nextInt(2)];
            frames.fill(block.pfn(), block.frames(), owner);
            set(block.pfn() - START, block.frames(), owner);
        } else if (IntStream.range(offset, offset + length).anyMatch(i -> owners[i] == Owner.LIVE)) {
            Owner owner = Owner.values()[2 + random.nextInt(2)];
            frames.fillFree(START + offset, length, owner);
            IntStream.range(offset, offset + length)
                    .filter(i -> owners[i] == Owner.FREE)
                    .forEach(i -> owners[i] = owner);
        } else if (random.nextInt(4) == 0) {
            Owner[] others = {Owner.FREE, Owner.RESERVED, Owner.UNKNOWN};
            Owner owner = others[random.nextInt(others.length)];
            frames.fill(START + offset, length, owner);
            set(offset, length, owner);
        } else {
            Block taken = new Block(START + offset, length, 1, random.nextBoolean(), random.nextInt(4) - 1);
            if (Integer.bitCount(length) == 1 && random.nextBoolean()) {
                frames.take(taken.pfn(), length, taken.compound(), taken.since());
            } else {
                frames.take(taken);
            }
            set(taken);
        }
    }

    private void set(Block block) {
        Arrays.fill(owners, block.pfn() - START, block.end() - START, Owner.LIVE);
        Arrays.fill(blocks, block.pfn() - START, block.end() - START, block);
    }

    private void set(int offset, int length, Owner owner) {
        Arrays.fill(owners, offset, offset + length, owner);
        Arrays.fill(blocks, offset, offset + length, null);
    }

    private void compare() {
        int from = random.nextInt(size);
        assertEquals(owners[from], frames.owner(START + from));
        assertEquals(blocks[from], frames.block(START + from));
        int length = 1 + random.nextInt(size - from);
        for (Owner owner : Owner.values()) {
            int count = (int) IntStream.range(from, from + length)
                    .filter(i -> owners[i] == owner)
                    .count();
            assertEquals(count, frames.count(owner, START + from, length), owner + " of " + length + " from " + from);
            assertEquals(count > 0, frames.any(owner, START + from, length));
            assertEquals(
                    owner != Owner.FREE || count == length,
                    owner != Owner.FREE || frames.areFree(START + from, length));
        }
        List<Block> live = new ArrayList<>();
        for (int i = from; i < from + length; i++) {
            Block block = blocks[i];
            if (block != null && (live.isEmpty() || live.get(live.size() - 1) != block)) {
                live.add(block);
            }
        }
        assertEquals(live, frames.blocksIn(START + from, length));
        Block block = blocks[from];
        boolean begins = block != null && block.pfn() == START + from && !block.isFoundInUse();
        assertEquals(
                begins ? block.references() : 0,
                frames.references(START + from, begins ? block.frames() : length % 7 + 1 + size));
        compareFreeBlocks(START + from);
    }

    private void compareFreeBlocks(int below) {
        int order = random.nextInt(14);
        int all = 0;
        int low = 0;
        for (int at = 0; at + (1 << order) <= size; at += 1 << order) {
            boolean isFree = IntStream.range(at, at + (1 << order)).allMatch(i -> owners[i] == Owner.FREE);
            all += isFree ? 1 : 0;
            low += isFree && START + at + (1 << order) <= below ? 1 : 0;
        }
        assertEquals(all, frames.freeBlocks(order), "free blocks of order " + order);
        assertEquals(all, frames.freeBlocks(order, Long.MAX_VALUE, Long.MAX_VALUE));
        assertEquals(low, frames.freeBlocks(order, below, Long.MAX_VALUE));
        FreeRuns runs = new FreeRuns(START, 3, 1, Long.MAX_VALUE);
        frames.walk(runs, below);
        int places = 0;
        for (int at = 0, run = 0; at < below - START; at++) {
            run = owners[at] == Owner.FREE ? run + 1 : 0;
            places += run > 0 && run % 3 == 0 ? 1 : 0;
        }
        assertEquals(places, runs.places());
    }

    /** The largest machine, wholly free, and blocks of up to all of it. */
    @Example
    void shouldCountTheLargestBlocks() {
        frames = new Frames(START, 1 << Frames.LARGEST_ORDER, Owner.FREE);
        assertEquals(1, frames.freeBlocks(28));
        frames.take(START + (1 << 27), 1, false, 1);
        assertEquals(0, frames.freeBlocks(28));
        assertEquals(1, frames.freeBlocks(27));
        assertEquals((1 << Frames.LARGEST_ORDER) - 1, frames.freeBlocks(0));
        frames.take(START, 1 << 27, true, 2);
        assertEquals(new Block(START, 1 << 27, 1, true, 2), frames.block(START + (1 << 27) - 1));
        assertEquals(0, frames.freeBlocks(27));
        frames.release(START, 1 << 27);
        frames.release(START + (1 << 27), 1);
        assertEquals(1, frames.freeBlocks(28));
        assertNull(frames.block(START));
    }
}
