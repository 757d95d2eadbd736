package dev.gaugeblock.oracle.drive;

import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.mm.Gfp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Makes up sequences that look for trouble: memory that runs out, the smallest and the largest orders, holes all over,
 * and frees in every order. A caller's own duties are kept: each block is freed once. The same seed makes the same.
 */
final class SequenceGenerator {
    /**
     * Sizes of DMA, Normal and HighMem. Each zone starts at a multiple of its largest block, so that it makes no
     * difference from where blocks are counted; but where one ends, the next may begin with a block as large as its
     * last.
     */
    static final List<List<Long>> MACHINES = List.of(
            List.of(0L, 1L, 0L),
            List.of(16L, 0L, 0L),
            List.of(0L, 64L, 0L),
            List.of(0L, 100L, 0L),
            List.of(0L, 0L, 64L),
            List.of(16L, 16L, 16L),
            List.of(64L, 64L, 64L),
            List.of(1024L, 64L, 0L),
            List.of(0L, 1024L, 37L),
            List.of(1024L, 1024L, 64L),
            List.of(0L, 3000L, 0L));

    /** More frames of HighMem than the kmap window has slots. */
    private static final List<Long> BEYOND_THE_WINDOW = List.of(0L, 16L, 1100L);

    /** Machines on which a few moves meet most cases that there are. */
    static final List<List<Long>> SMALL_MACHINES = List.of(
            List.of(0L, 1L, 0L),
            List.of(0L, 2L, 0L),
            List.of(0L, 0L, 2L),
            List.of(0L, 4L, 0L),
            List.of(2L, 2L, 2L),
            List.of(4L, 4L, 0L));

    /** Where the memory of small machines begins. The second is a multiple of every block's size, too. */
    static final List<Long> STARTS = List.of(0L, 1024L);

    /** Moves of the long sequence, before it settles. */
    private static final int LONG = 20_000;

    /** So many blocks of one order are asked for and freed there in a row. */
    private static final int IN_A_ROW = 1_100;

    /** How much a thread of a burst does. */
    private static final int[] BURST_OPERATIONS = {30, 100, 300};

    private static final int[] GFPS = {0, Gfp.HIGH, Gfp.DMA, Gfp.HIGHMEM, Gfp.HIGHMEM | Gfp.HIGH};

    private final Random random;
    private final Set<String> also;
    private final Declarations declares;
    private final DeclaredMoves declared;
    private final List<Move> moves = new ArrayList<>();
    private final HeldBlocks live = new HeldBlocks();
    /** Blocks that are mapped, once for each kmap. */
    private final List<Move.Alloc> mapped = new ArrayList<>();

    private SequenceGenerator(long seed, Set<String> also, Declarations declares) {
        this.random = new Random(new SplittableRandom(seed).nextLong()); // Random alone begins alike for seeds in a row
        this.also = also;
        this.declares = declares;
        this.declared = new DeclaredMoves(random, also, declares);
    }

    /**
     * One sequence of a seed.
     *
     * @param also the operations beyond alloc and free that the program answers
     * @param declares what it is like
     * @param isLong whether it is to be one of very many moves
     */
    static Sequence sequence(long seed, long number, Set<String> also, Declarations declares, boolean isLong) {
        SequenceGenerator generator = new SequenceGenerator(seed * 1_000_003 + number, also, declares);
        return isLong ? generator.longOne() : generator.sequence();
    }

    /**
     * One burst of a seed, on a machine of as many CPUs as threads. Before it, a block comes and goes, so that it is
     * known whether the program counts free frames; after it all of the memory is asked for.
     *
     * @param threads how many may run at a time, from 2
     */
    static Sequence burst(long seed, long number, Set<String> also, Declarations declares, int threads) {
        SequenceGenerator generator = new SequenceGenerator(~(seed * 1_000_003 + number), also, declares);
        return generator.burst(threads);
    }

    private Sequence burst(int threads) {
        DrivenMachine shape = new Machines(random, declares).crowded();
        declared.on(shape);
        int cpus = number(threads);
        alloc(Gfp.HIGHMEM, 0);
        free(live.get(0));
        moves.add(new Move.Burst(cpus, BURST_OPERATIONS[random.nextInt(BURST_OPERATIONS.length)], random.nextInt((int)
                BurstThread.LARGEST_SEED)));
        for (int cpu = 2; cpu < cpus && also.contains("drain"); cpu++) {
            moves.add(new Move.Drain(cpu));
        }
        return new Sequence(shape.setUp(cpus), settled(shape).moves());
    }

    /** Mostly as many threads as there may be. */
    private int number(int threads) {
        return random.nextInt(3) > 0 ? threads : 2 + random.nextInt(threads - 1);
    }

    /** One of very few moves. */
    static Sequence brief(long number, Set<String> also, Declarations declares) {
        return new SequenceGenerator(number, also, declares).brief();
    }

    private Sequence brief() {
        for (int i = 2 + random.nextInt(5); i > 0; i--) {
            if (live.isEmpty() || random.nextInt(5) < 3) {
                alloc(gfp(), random.nextInt(3));
            } else if (random.nextInt(3) > 0 || !further(16 + random.nextInt(4))) {
                free(live.get(random.nextInt(live.size())));
            }
        }
        return Sequence.on(
                DrivenMachine.whole(SMALL_MACHINES.get(random.nextInt(SMALL_MACHINES.size())), start()), moves);
    }

    private Sequence sequence() {
        if (also.contains("kmap") && random.nextInt(16) == 0) {
            window();
            return settled(DrivenMachine.whole(BEYOND_THE_WINDOW, start()));
        }
        DrivenMachine shape = new Machines(random, declares).any();
        declared.on(shape);
        for (int phases = 1 + random.nextInt(4); phases > 0; phases--) {
            switch (random.nextInt(5)) {
                case 0 -> exhaust(shape.frames());
                case 1 -> freeMany();
                case 2 -> large();
                case 3 -> largest(shape);
                default -> mixed();
            }
        }
        return settled(shape);
    }

    /** Blocks of each small order in a row, then of all orders, in the midst of which largest ones. */
    private Sequence longOne() {
        DrivenMachine shape = new Machines(random, declares).large();
        declared.on(shape);
        List<Integer> orders = new ArrayList<>(List.of(0, 1, 2, 3));
        Collections.shuffle(orders, random);
        for (int order : orders) {
            for (int i = 0; i < IN_A_ROW; i++) {
                alloc(gfp(), Math.min(order, declares.maxOrder()));
                if (live.size() > 8) {
                    free(live.get(random.nextInt(live.size())));
                }
            }
            while (!live.isEmpty()) {
                free(live.get(live.size() - 1));
            }
        }
        while (moves.size() < LONG) {
            int order = random.nextInt(50) == 0 ? declares.maxOrder() : random.nextInt(6);
            alloc(gfp(), Math.min(order, declares.maxOrder()));
            while (live.size() > 60 || !live.isEmpty() && random.nextBoolean()) {
                free(live.get(random.nextInt(live.size())));
            }
        }
        return settled(shape);
    }

    /** At the end all is given back, and asked for again in the largest blocks: what is lost by then is missed. */
    private Sequence settled(DrivenMachine shape) {
        while (!live.isEmpty()) {
            free(live.get(live.size() - 1));
        }
        moves.addAll(declared.rests());
        drain();
        if (declares.pool()) {
            askForAll(shape.blocks(shape.start(), shape.frames(), declares.maxOrder()), 0);
        } else {
            int[] gfps = {Gfp.DMA, 0, Gfp.HIGHMEM};
            for (int zone = 0; zone < gfps.length; zone++) {
                askForAll(shape.blocks(shape.first(zone), shape.sizes().get(zone), declares.maxOrder()), gfps[zone]);
            }
        }
        return Sequence.on(shape, moves);
    }

    /** Blocks of the given orders, and a frame that is not there. */
    private void askForAll(List<Long> orders, int gfp) {
        orders.forEach(order -> alloc(gfp, order.intValue(), Call.Wishes.NONE));
        alloc(gfp, 0, Call.Wishes.NONE);
    }

    /** All blocks of the largest order, asked for in vain once more, freed in part, and asked for again. */
    private void largest(DrivenMachine shape) {
        int blocks = Math.min(6, 1 + (shape.frames() >> declares.maxOrder()));
        if (random.nextBoolean()) {
            alloc(gfp(), 0);
        }
        for (int round = 0; round < 2; round++) {
            int before = live.size();
            for (int i = 0; i <= blocks; i++) {
                alloc(gfp(), declares.maxOrder());
            }
            for (int i = live.size() - 1; i >= before; i--) {
                if (random.nextInt(4) > 0 && i < live.size()) {
                    free(live.get(i));
                }
            }
        }
    }

    private long start() {
        return STARTS.get(random.nextInt(4) / 3);
    }

    /** Maps more frames than there are slots, so many at a time, while a few stay mapped from the start to the end. */
    private void window() {
        int atATime = random.nextBoolean() ? 1 + random.nextInt(8) : Driver.BUILD.lastPkmap();
        int staying = random.nextInt(Math.min(8, atATime));
        for (int i = 0; i < Driver.BUILD.lastPkmap() + 60; i++) {
            alloc(Gfp.HIGHMEM, 0);
            if (mapped.size() == atATime) {
                unmap(staying + random.nextInt(atATime - staying));
            }
            map(live.get(i));
            if (staying > 0 && random.nextInt(50) == 0) {
                map(live.get(random.nextInt(staying))); // has the address that it had
                unmap(mapped.size() - 1);
            }
        }
        while (!mapped.isEmpty()) {
            unmap(random.nextInt(mapped.size()));
        }
        freeMany();
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
        List<Move.Alloc> doomed = new ArrayList<>(live.all());
        int way = random.nextInt(4);
        if (way == 0) {
            doomed.removeIf(block -> block.block() % 2 == 0);
        } else if (way == 1) {
            Collections.reverse(doomed);
        } else if (way == 2) {
            Collections.shuffle(doomed, random);
        }
        doomed.forEach(this::free);
        drain();
    }

    private void drain() {
        if (also.contains("drain")) {
            moves.add(new Move.Drain(0));
            moves.add(new Move.Drain(1));
        }
    }

    private void large() {
        for (int order = declares.maxOrder() + 1; order >= 0; order--) {
            alloc(gfp(), order);
        }
    }

    private void mixed() {
        for (int i = 10 + random.nextInt(200); i > 0; i--) {
            int choice = random.nextInt(20);
            if (choice < 10 || live.isEmpty()) {
                alloc(gfp(), random.nextInt(10) == 0 ? random.nextInt(declares.maxOrder() + 2) : random.nextInt(3));
            } else if (choice < 16 || !further(choice)) {
                free(live.get(random.nextInt(live.size())));
            }
        }
    }

    /** A reference, a mapping or the end of one, if the program answers that; they end at any later time. */
    private boolean further(int choice) {
        Move.Alloc block = live.get(random.nextInt(live.size()));
        if (choice == 16 && also.contains("get")) {
            int references = random.nextInt(8) > 0 ? 1 : 300; // more than fit a byte
            for (int i = 0; i < references; i++) {
                moves.add(new Move.Get(block.block()));
                live.add(block);
            }
        } else if (choice < 19 && also.contains("kmap")) {
            map(random.nextBoolean() || mapped.isEmpty() ? block : mapped.get(random.nextInt(mapped.size())));
        } else if (!mapped.isEmpty()) {
            unmap(random.nextInt(mapped.size()));
        } else {
            return false;
        }
        return true;
    }

    private void alloc(int gfp, int order) {
        alloc(gfp, order, declared.wishes(order));
    }

    private void alloc(int gfp, int order, Call.Wishes wishes) {
        Move.Alloc block = new Move.Alloc(moves.size(), random.nextInt(2), gfp, order, wishes);
        moves.add(block);
        live.add(block);
    }

    /** Drops a reference; what is mapped is unmapped before its last one goes. */
    private void free(Move.Alloc block) {
        if (!live.remove(block)) {
            return; // it went with another
        }
        if (live.references(block) > 0) {
            moves.add(new Move.Free(block.block(), random.nextInt(2)));
            return;
        }
        for (int i = mapped.size() - 1; i >= 0; i--) {
            if (mapped.get(i) == block) {
                unmap(i);
            }
        }
        moves.addAll(declared.free(block, live, mapped));
    }

    private void map(Move.Alloc block) {
        moves.add(new Move.Kmap(block.block()));
        mapped.add(block);
    }

    private void unmap(int index) {
        moves.add(new Move.Kunmap(mapped.remove(index).block()));
    }

    private int gfp() {
        return GFPS[random.nextInt(GFPS.length)];
    }
}
