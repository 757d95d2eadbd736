package dev.gaugeblock.oracle.drive;

import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Declarations;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What is only asked of allocators that declare it: requests that say frames, a multiple or a limit, and frees of a
 * part of a block or of two blocks. Without declarations no number is drawn.
 */
final class DeclaredMoves {
    /** An allocator that answers this may be asked for any number of frames. */
    static final String COUNT = "count";

    /** One that answers this may be asked for a multiple. */
    static final String ALIGN = "align";

    private final Random random;
    private final Set<String> also;
    private final Declarations declares;
    /** Parts of blocks of which another part is free. */
    private final List<Move> rests = new ArrayList<>();

    private @Nullable DrivenMachine shape;

    DeclaredMoves(Random random, Set<String> also, Declarations declares) {
        this.random = random;
        this.also = also;
        this.declares = declares;
    }

    /** Limits lie on this machine from now on. */
    void on(DrivenMachine machine) {
        shape = machine;
    }

    /** What a request for a block of an order, or for about as many frames, says besides. */
    Call.Wishes wishes(int order) {
        long frames = also.contains(COUNT) && random.nextBoolean() ? 1 + random.nextInt(2 << Math.min(order, 12)) : 0;
        long align = also.contains(ALIGN) && random.nextInt(4) == 0 ? 1L << random.nextInt(7) : 1;
        DrivenMachine machine = shape;
        long below = declares.limit() && machine != null && random.nextInt(3) == 0
                ? machine.start() + random.nextInt(machine.frames() + 2)
                : Call.Wishes.ANYWHERE;
        return frames == 0 && align == 1 && below == Call.Wishes.ANYWHERE
                ? Call.Wishes.NONE
                : new Call.Wishes(List.of(), frames, align, below);
    }

    /**
     * Frees a block that has one reference and is not mapped.
     *
     * @param live blocks of which one may be freed with it; it is taken out then
     * @param mapped those of them that are mapped
     */
    List<Move> free(Move.Alloc block, HeldBlocks live, List<Move.Alloc> mapped) {
        int cpu = random.nextInt(2);
        List<Move> moves = new ArrayList<>();
        if (!rests.isEmpty() && random.nextBoolean()) {
            moves.add(rests.remove(random.nextInt(rests.size())));
        }
        Move.Alloc other = declares.several() && random.nextInt(3) == 0 ? neighbour(block, live, mapped) : null;
        if (other != null) {
            live.remove(other);
            moves.add(new Move.FreeBoth(block.block(), other.block(), cpu));
        } else if (declares.parts() && block.frames() > 1 && random.nextInt(3) == 0) {
            moves.addAll(inParts(block, cpu));
        } else {
            moves.add(new Move.Free(block.block(), cpu));
        }
        return moves;
    }

    /** Two to five parts, of which one is freed now. */
    private List<Move> inParts(Move.Alloc block, int cpu) {
        int most = (int) Math.min(block.frames(), block.saysFrames() ? 5 : 4);
        int of = block.saysFrames() ? 2 + random.nextInt(most - 1) : 1 << 1 + random.nextInt(most / 2);
        int first = random.nextInt(of);
        for (int part = 0; part < of; part++) {
            if (part != first) {
                rests.add(new Move.FreePart(block.block(), cpu, part, of));
            }
        }
        return List.of(new Move.FreePart(block.block(), cpu, first, of));
    }

    /** The block of its kind that was asked for next to this one, if that has a single reference. */
    private static Move.@Nullable Alloc neighbour(Move.Alloc block, HeldBlocks live, List<Move.Alloc> mapped) {
        Move.@Nullable Alloc nearest = null;
        for (Move.Alloc other : live.all()) {
            int distance = Math.abs(other.block() - block.block());
            boolean isNearer = nearest == null || distance < Math.abs(nearest.block() - block.block());
            if (isNearer && other.saysFrames() == block.saysFrames()) {
                nearest = other;
            }
        }
        boolean isFree = nearest != null && live.references(nearest) == 1 && !mapped.contains(nearest);
        return isFree ? nearest : null;
    }

    /** Frees all that is left of blocks. */
    List<Move> rests() {
        List<Move> all = List.copyOf(rests);
        rests.clear();
        return all;
    }
}
