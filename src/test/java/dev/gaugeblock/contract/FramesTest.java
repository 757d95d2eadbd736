package dev.gaugeblock.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The tree says of every frame what an array of owners says, with an editor or without. */
class FramesTest {
    @Property(seed = "7")
    void shouldSayWhatAnArraySays(
            @ForAll @IntRange(min = 1, max = 300) int count, @ForAll long seed, @ForAll boolean edited) {
        Random random = new Random(seed);
        Owner[] owners = new Owner[4096];
        Arrays.fill(owners, Owner.RESERVED);
        Arrays.fill(owners, 0, count, Owner.FREE);
        Frames frames = Frames.all(count, Owner.FREE).editedBy(edited ? new Frames.Editor() : null);
        for (int step = 0; step < 40; step++) {
            int order = random.nextInt(6);
            int offset = random.nextInt(count) >> order << order;
            Frames before = frames;
            Owner[] ownersBefore = owners.clone();
            if (frames.areFree(offset, order)) {
                frames = frames.take(offset, new Block(offset, 1 << order, 1, false, step));
                Arrays.fill(owners, offset, offset + (1 << order), Owner.LIVE);
            } else if (frames.block(offset) != null) {
                Block block = frames.block(offset);
                frames = frames.release(block.pfn(), Integer.numberOfTrailingZeros(block.frames()));
                Arrays.fill(owners, block.pfn(), block.end(), Owner.FREE);
            } else if (!frames.any(Owner.LIVE, offset, order) && offset + (1 << order) <= count) {
                frames = frames.fill(offset, offset + (1 << order), Owner.UNKNOWN);
                Arrays.fill(owners, offset, offset + (1 << order), Owner.UNKNOWN);
            }
            assertSame(frames, owners, random);
            if (!edited) {
                assertSame(before, ownersBefore, random);
            }
        }
    }

    private static void assertSame(Frames frames, Owner[] owners, Random random) {
        int offset = random.nextInt(frames.size());
        assertEquals(owners[offset], frames.owner(offset));
        int order = random.nextInt(Math.min(7, frames.order() + 1));
        int start = offset >> order << order;
        Owner[] range = Arrays.copyOfRange(owners, start, start + (1 << order));
        for (Owner owner : Owner.values()) {
            int count = (int) Arrays.stream(range).filter(each -> each == owner).count();
            assertEquals(count, frames.count(owner, start, order), () -> owner + " from " + start + ", order " + order);
            assertEquals(count > 0, frames.any(owner, start, order));
        }
        assertEquals(Arrays.stream(range).allMatch(each -> each == Owner.FREE), frames.areFree(start, order));
        int blocks = 0;
        for (int at = 0; at < frames.size(); at += 1 << order) {
            blocks += Arrays.stream(owners, at, at + (1 << order)).allMatch(each -> each == Owner.FREE) ? 1 : 0;
        }
        assertEquals(blocks, frames.freeBlocks(order, Integer.MAX_VALUE), "free blocks of order " + order);
        assertEquals(Math.min(2, blocks), frames.freeBlocks(order, 2));
    }
}
