package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.pagebuf.PageBufFlags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flags of page buffers, as names of {@link PageBufFlags} joined by {@code |}. */
public final class BufferFlags {
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

    /** The names of the flags that are set, also of internal ones. */
    public static List<String> names(int flags) {
        List<String> names = new ArrayList<>();
        BY_NAME.forEach((name, flag) -> add(names, flags & flag, name));
        add(names, flags & PageBufFlags.PAGE_CACHE, "PAGE_CACHE");
        add(names, flags & PageBufFlags.KMEM_ALLOC, "KMEM_ALLOC");
        add(names, flags & PageBufFlags.RUN_QUEUES, "RUN_QUEUES");
        return names;
    }

    private static void add(List<String> names, int flag, String name) {
        if (flag != 0) {
            names.add(name);
        }
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
