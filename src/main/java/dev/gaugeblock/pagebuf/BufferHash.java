package dev.gaugeblock.pagebuf;

import dev.gaugeblock.highmem.PageHash;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The hash table that buffers are found in by their blocks, {@code bt_hash}. */
public final class BufferHash implements Stateful {
    private final HashChain[] chains;
    private final int bits;

    /** A table of 2^{@code bits} empty chains. */
    BufferHash(int bits, Scheduler scheduler) {
        this.bits = bits;
        this.chains = new HashChain[1 << bits];
        for (int i = 0; i < chains.length; i++) {
            chains[i] = new HashChain(i, scheduler);
        }
    }

    /** Number of chains. */
    public int chains() {
        return chains.length;
    }

    public HashChain chain(int index) {
        return chains[index];
    }

    /** The chain of a block. */
    public HashChain chainOf(int block) {
        return chains[PageHash.hash(block, bits)];
    }

    /** {@code xfs_flush_buftarg} and what follows it at unmounting ask this: whether only managed buffers are left. */
    public boolean isDrained(Task task) {
        for (HashChain chain : chains) {
            chain.lock.acquire(task);
            boolean drained = chain.isDrainedLocked(task);
            chain.lock.release(task);
            if (!drained) {
                return false;
            }
        }
        return true;
    }

    /** Whether nobody holds the lock of a chain. */
    boolean isAtRest() {
        for (HashChain chain : chains) {
            if (!chain.lock.isFree()) {
                return false;
            }
        }
        return true;
    }

    @Invariant(
            id = "buffer-chain-place",
            says =
                    "A buffer is found in the chain of its block alone, and no other buffer there is of the same blocks.",
            guardedBy = Invariant.BUFFER_LOCKS)
    @Nullable
    String everyBufferInItsChain() {
        for (HashChain chain : chains) {
            List<PageBuf> buffers = chain.buffers();
            for (int i = 0; i < buffers.size(); i++) {
                PageBuf buffer = buffers.get(i);
                if (chainOf(buffer.block) != chain || buffer.chain != chain) {
                    return buffer + " is in a chain that is not that of its block";
                }
                for (int j = 0; j < i; j++) {
                    if (buffers.get(j).block == buffer.block && buffers.get(j).length == buffer.length) {
                        return buffer + " is twice in its chain";
                    }
                }
            }
        }
        return null;
    }

    @Override
    public void writeState(StateSink out) {
        for (HashChain chain : chains) {
            chain.writeState(out);
        }
    }
}
