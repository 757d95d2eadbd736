package dev.gaugeblock.oracle;

import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Gfp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Makes up sequences that look for trouble: memory that runs out, the smallest and the largest orders, holes all over,
 * and frees in every order. A caller's own duties are kept: each block is freed once. The same seed makes the same.
 */
final class SequenceGenerator {
    /** Sizes of DMA, Normal and HighMem; each zone starts at a multiple of the largest block. */
    static final List<List<Long>> MACHINES = List.of(
            List.of(0L, 1L, 0L),
            List.of(16L, 0L, 0L),
            List.of(0L, 64L, 0L),
            List.of(0L, 100L, 0L),
            List.of(0L, 0L, 64L),
            List.of(1024L, 64L, 0L),
            List.of(0L, 1024L, 37L),
            List.of(1024L, 1024L, 64L),
            List.of(0L, 3000L, 0L));

    private static final int[] GFPS = {0, Gfp.HIGH, Gfp.DMA, Gfp.HIGHMEM, Gfp.HIGHMEM | Gfp.HIGH};

    private final Random random;
    private final Set<String> also;
    private final List<Move> moves = new ArrayList<>();
    private final List<Move.Alloc> live = new ArrayList<>();

    private SequenceGenerator(long seed, Set<String> also) {
        this.random = new Random(seed);
        this.also = also;
    }

    /** @param also the operations beyond alloc and free that the program answers */
    static Sequence sequence(long seed, long number, Set<String> also) {
        return new SequenceGenerator(seed * 1_000_003 + number, also).sequence();
    }

    private Sequence sequence() {
        List<Long> sizes = MACHINES.get(random.nextInt(MACHINES.size()));
        int frames = (int) (sizes.get(0) + sizes.get(1) + sizes.get(2));
        for (int phases = 1 + random.nextInt(4); phases > 0; phases--) {
            switch (random.nextInt(4)) {
                case 0 -> exhaust(frames);
                case 1 -> freeMany();
                case 2 -> large();
                default -> mixed();
            }
        }
        return Sequence.on(sizes, moves);
    }

    /** Asks for more than there is, in blocks of one order or of many. */
    private void exhaust(int frames) {
        int order = random.nextInt(4);
        boolean many = random.nextBoolean();
        int gfp = gfp();
        for (int asked = 0; asked <= frames + 16; ) {
            int now = many ? random.nextInt(4) : order;
            alloc(gfp, now);
            asked += 1 << now;
        }
    }

    /** Frees every second block, or all: oldest first, newest first, or in any order. */
    private void freeMany() {
        List<Move.Alloc> doomed = new ArrayList<>(live);
        int way = random.nextInt(4);
        if (way == 0) {
            doomed.removeIf(block -> block.block() % 2 == 0);
        } else if (way == 1) {
            Collections.reverse(doomed);
        } else if (way == 2) {
            Collections.shuffle(doomed, random);
        }
        doomed.forEach(this::free);
        if (also.contains("drain")) {
            moves.add(new Move.Drain(0));
            moves.add(new Move.Drain(1));
        }
    }

    private void large() {
        for (int order = BuddyLists.MAX_ORDER; order >= 0; order--) {
            alloc(gfp(), order);
        }
    }

    private void mixed() {
        for (int i = 10 + random.nextInt(200); i > 0; i--) {
            int choice = random.nextInt(20);
            if (choice < 10 || live.isEmpty()) {
                alloc(gfp(), random.nextInt(10) == 0 ? random.nextInt(BuddyLists.MAX_ORDER + 1) : random.nextInt(3));
            } else if (choice < 17) {
                free(live.get(random.nextInt(live.size())));
            } else {
                further(live.get(random.nextInt(live.size())));
            }
        }
    }

    /** A reference or a mapping, ended a little later with whatever the block is in use for then. */
    private void further(Move.Alloc block) {
        if (also.contains("get")) {
            moves.add(new Move.Get(block.block()));
            moves.add(new Move.Free(block.block(), block.cpu()));
        }
        if (also.contains("kmap")) {
            moves.add(new Move.Kmap(block.block()));
            moves.add(new Move.Kunmap(block.block()));
        }
    }

    private void alloc(int gfp, int order) {
        Move.Alloc block = new Move.Alloc(moves.size(), random.nextInt(2), gfp, order);
        moves.add(block);
        live.add(block);
    }

    private void free(Move.Alloc block) {
        live.remove(block);
        moves.add(new Move.Free(block.block(), random.nextInt(2)));
    }

    private int gfp() {
        return GFPS[random.nextInt(GFPS.length)];
    }
}
