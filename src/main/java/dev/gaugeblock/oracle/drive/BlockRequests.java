package dev.gaugeblock.oracle.drive;

import static dev.gaugeblock.oracle.drive.Sequence.request;

import dev.gaugeblock.contract.Declarations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Which frames the blocks of a sequence turned out to have, and the requests that name them. */
final class BlockRequests {
    private final Map<Integer, Move.Alloc> asked = new HashMap<>();
    /** For each block the frame that its request was answered with; none if it failed. */
    private final Map<Integer, Long> frames = new HashMap<>();
    /** The first frames of zones. */
    private final List<Long> edges = new ArrayList<>();

    private long memory;

    /** @param setUp the requests that describe the machine */
    BlockRequests(List<Map<String, @Nullable Object>> setUp) {
        for (Map<String, @Nullable Object> request : setUp) {
            if (request.get("sizes") instanceof List<?> sizes && request.get("node_start") instanceof Long start) {
                long edge = start;
                for (Object size : sizes) {
                    edges.add(edge);
                    edge += (Long) Objects.requireNonNull(size);
                }
                memory = edge - start;
            }
        }
    }

    /** Frames of the machine. */
    long memory() {
        return memory;
    }

    void asked(Move.Alloc alloc) {
        asked.put(alloc.block(), alloc);
    }

    void granted(int block, long pfn) {
        frames.put(block, pfn);
    }

    /** What is asked of a block that is held. */
    Map<String, @Nullable Object> of(Move move, Declarations declares) {
        long pfn = Objects.requireNonNull(frames.get(move.block()), "a block that is held");
        if (move instanceof Move.Free free) {
            Move.Alloc block = block(free.block());
            return free(free.cpu(), pfn, block.frames(), block.saysFrames(), declares);
        }
        if (move instanceof Move.FreePart part) {
            Move.Alloc block = block(part.block());
            return free(part.cpu(), pfn + part.from(block), part.frames(block), block.saysFrames(), declares);
        }
        if (move instanceof Move.Get) {
            return request("get", "pfn", pfn);
        }
        return move instanceof Move.Kmap ? request("kmap", "pfn", pfn) : request("kunmap", "pfn", pfn, "irq", 0L);
    }

    private Move.Alloc block(int number) {
        return Objects.requireNonNull(asked.get(number));
    }

    private static Map<String, @Nullable Object> free(
            long cpu, long pfn, long frames, boolean saysFrames, Declarations declares) {
        return saysFrames && declares.orderInFree()
                ? request("free", "cpu", cpu, "pfn", pfn, "count", frames)
                : Sequence.free(cpu, pfn, Long.numberOfTrailingZeros(frames), declares);
    }

    /**
     * One free of two blocks; {@code null} if they do not lie beside each other in one zone, or are no block together
     * where they have to be one.
     */
    @Nullable
    Map<String, @Nullable Object> together(Move.FreeBoth both, Declarations declares) {
        Long one = frames.get(both.block());
        Long other = frames.get(both.other());
        if (one == null || other == null) {
            return null;
        }
        Move.Alloc lower = block(one < other ? both.block() : both.other());
        Move.Alloc upper = block(one < other ? both.other() : both.block());
        long first = Math.min(one, other);
        long count = lower.frames() + upper.frames();
        boolean saysFrames = lower.saysFrames() || upper.saysFrames();
        boolean isBlock = lower.frames() == upper.frames() && first % count == 0 && count <= 1L << declares.maxOrder();
        boolean crosses = edges.stream().anyMatch(edge -> edge > first && edge < first + count);
        return first + lower.frames() != Math.max(one, other) || crosses || !isBlock && !saysFrames
                ? null
                : free(both.cpu(), first, count, saysFrames, declares);
    }
}
