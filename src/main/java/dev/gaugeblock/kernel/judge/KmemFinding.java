package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.contract.found.FoundBreach;
import java.util.List;

/** Where a kernel broke a rule, with who was concerned. */
public final class KmemFinding extends FoundBreach {
    private final Party by;
    private final List<Party> owners;
    private String stack;

    /**
     * Somebody who has a block, or asks for one.
     *
     * @param first the first frame of it
     * @param frames how many; 0 if it is about no block
     * @param line where that stands, from 1; 0 if nobody knows
     * @param who the task, CPU and time, as far as they are known
     * @param stack the call chain, a line for each call; empty if there is none
     */
    public record Party(long first, long frames, long line, String who, String stack) {
        /** Nobody in particular. */
        static final Party NONE = new Party(0, 0, 0, "", "");

        /** The frames in words; empty for none. */
        public String block() {
            return frames == 0 ? "" : KmemTelling.frames(first, frames);
        }
    }

    KmemFinding(String rule, String says, String message, long line, String text, Party by, List<Party> owners) {
        super(rule, says, message, line, text);
        this.by = by;
        this.owners = owners;
        this.stack = by.stack();
    }

    void stack(String chain) {
        stack = chain;
    }

    /** Whose event it is. */
    public Party by() {
        return new Party(by.first(), by.frames(), by.line(), by.who(), stack);
    }

    /** Who has the blocks in question. */
    public List<Party> owners() {
        return owners;
    }
}
