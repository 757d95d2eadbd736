package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.pagebuf.BufferTarget;
import dev.gaugeblock.pagebuf.PageBuf;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Buffers that were freed, and that somebody may still touch: their users have let go of them too often. The original
 * then reads freed memory, so nothing can be said of what it answers.
 */
final class FreedBuffers {
    private final Map<Object, PageBuf> byWord = new IdentityHashMap<>();
    private final List<PageBuf> buffers = new ArrayList<>();

    void add(PageBuf buffer) {
        buffers.add(buffer);
        for (Object word : buffer.words()) {
            byWord.put(word, buffer);
        }
    }

    /**
     * Forgets those that nothing leads to any more: neither an operation under way nor a list of the device's buffers.
     */
    void forgetUnreachable(BufferTarget target) {
        for (PageBuf buffer : List.copyOf(buffers)) {
            if (!target.knows(buffer)) {
                buffers.remove(buffer);
                buffer.words().forEach(byWord::remove);
            }
        }
    }

    /**
     * A word is about to be read or written.
     *
     * @throws BeyondReferenceException if it is one of a freed buffer
     */
    void requireNone(Object word) {
        PageBuf buffer = byWord.get(word);
        if (buffer != null) {
            throw used(buffer);
        }
    }

    static BeyondReferenceException used(PageBuf buffer) {
        return new BeyondReferenceException(why(buffer));
    }

    static String why(PageBuf buffer) {
        return buffer
                + " is used after it was freed, where the original reads freed memory; have its user keep a reference";
    }
}
