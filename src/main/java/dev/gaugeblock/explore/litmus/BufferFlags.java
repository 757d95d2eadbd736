package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.pagebuf.PageBufFlags;
import java.util.LinkedHashMap;
import java.util.Map;

/** Flags of page buffers, as names of {@link PageBufFlags} joined by {@code |}. */
final class BufferFlags {
    private static final Map<String, Integer> BY_NAME = byName();

    private BufferFlags() {}

    /** Reads the flags up to the first token that no {@code |} joins to them. */
    static int read(Line line) {
        int flags = 0;
        do {
            Token token = line.next();
            Integer flag = BY_NAME.get(token.text());
            if (flag == null) {
                throw line.expected("flags of a buffer (" + String.join(", ", BY_NAME.keySet()) + ")", token);
            }
            flags |= flag;
        } while (line.take("|"));
        return flags;
    }

    /** Without the internal ones. */
    private static Map<String, Integer> byName() {
        Map<String, Integer> names = new LinkedHashMap<>();
        names.put("READ", PageBufFlags.READ);
        names.put("WRITE", PageBufFlags.WRITE);
        names.put("MAPPED", PageBufFlags.MAPPED);
        names.put("PARTIAL", PageBufFlags.PARTIAL);
        names.put("ASYNC", PageBufFlags.ASYNC);
        names.put("NONE", PageBufFlags.NONE);
        names.put("DELWRI", PageBufFlags.DELWRI);
        names.put("STALE", PageBufFlags.STALE);
        names.put("FS_MANAGED", PageBufFlags.FS_MANAGED);
        names.put("FS_DATAIOD", PageBufFlags.FS_DATAIOD);
        names.put("FORCEIO", PageBufFlags.FORCEIO);
        names.put("FLUSH", PageBufFlags.FLUSH);
        names.put("READ_AHEAD", PageBufFlags.READ_AHEAD);
        names.put("LOCK", PageBufFlags.LOCK);
        names.put("TRYLOCK", PageBufFlags.TRYLOCK);
        names.put("DONT_BLOCK", PageBufFlags.DONT_BLOCK);
        return names;
    }
}
