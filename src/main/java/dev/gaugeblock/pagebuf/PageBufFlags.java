package dev.gaugeblock.pagebuf;

import dev.gaugeblock.mm.Gfp;

/** {@code page_buf_flags_t}: what a buffer is, or what a caller asks for; both are spoken of in the same bits. */
public final class PageBufFlags {
    /** {@code PBF_READ}: is being read, or is to be. */
    public static final int READ = 1;

    /** {@code PBF_WRITE}: is being written. */
    public static final int WRITE = 1 << 1;

    /**
     * {@code PBF_MAPPED}: has one range of addresses for all its pages. As an argument: shall have one, even if that
     * takes a mapping.
     */
    public static final int MAPPED = 1 << 2;

    /** {@code PBF_PARTIAL}: some of its pages are up to date, not all. */
    public static final int PARTIAL = 1 << 3;

    /** {@code PBF_ASYNC}: nobody waits for its I/O: completion releases it. */
    public static final int ASYNC = 1 << 4;

    /** {@code PBF_NONE}: nothing in it is up to date. */
    public static final int NONE = 1 << 5;

    /** {@code PBF_DELWRI}: to be written later. */
    public static final int DELWRI = 1 << 6;

    /** {@code PBF_STALE}: what it holds is worth nothing any more. */
    public static final int STALE = 1 << 7;

    /** {@code PBF_FS_MANAGED}: the file system keeps it: the last release does not free it. */
    public static final int FS_MANAGED = 1 << 8;

    /** {@code PBF_FS_DATAIOD}: its completion belongs into the work queue for data. */
    public static final int FS_DATAIOD = 1 << 9;

    /** {@code PBF_FORCEIO}: set and cleared by the file system alone. */
    public static final int FORCEIO = 1 << 10;

    /** {@code PBF_FLUSH}: set by writers of the log; nobody looks at it. */
    public static final int FLUSH = 1 << 11;

    /** {@code PBF_READ_AHEAD}: wanted ahead of need: give up rather than wait for memory. */
    public static final int READ_AHEAD = 1 << 12;

    /** {@code PBF_LOCK}: argument only: the caller wants the buffer's lock, and gives it up if something fails. */
    public static final int LOCK = 1 << 14;

    /** {@code PBF_TRYLOCK}: argument only: likewise, but without waiting for the lock. */
    public static final int TRYLOCK = 1 << 15;

    /** {@code PBF_DONT_BLOCK}: argument only: memory for it must come without entering a file system. */
    public static final int DONT_BLOCK = 1 << 16;

    /** {@code _PBF_PAGE_CACHE}: internal: its pages are the page cache's. */
    public static final int PAGE_CACHE = 1 << 17;

    /** {@code _PBF_KMEM_ALLOC}: internal: its memory was allocated for it. */
    public static final int KMEM_ALLOC = 1 << 18;

    /** {@code _PBF_RUN_QUEUES}: internal: start the device's queue once the request is in it. */
    public static final int RUN_QUEUES = 1 << 19;

    /** {@code PBF_UPDATE}. */
    public static final int UPDATE = READ | WRITE;

    /** What of an argument a new buffer does not keep. TRYLOCK is not among it. */
    static final int NOT_STORED = LOCK | MAPPED | DONT_BLOCK | READ_AHEAD;

    /** Any of these: its contents must be read before they are used. */
    static final int NOT_DONE = PARTIAL | NONE;

    /** {@code KM_SLEEP}: memory of the slab allocator, waiting for it. */
    public static final int KM_SLEEP = 1;

    /** {@code KM_NOFS}: likewise, without entering a file system. */
    public static final int KM_NOFS = 4;

    private PageBufFlags() {}

    /** {@code pb_to_gfp}: how pages are asked for on behalf of a caller. READ_AHEAD wins over DONT_BLOCK. */
    public static int gfp(int flags) {
        if ((flags & READ_AHEAD) != 0) {
            return Gfp.NORETRY | Gfp.NOWARN;
        }
        return ((flags & DONT_BLOCK) != 0 ? Gfp.NOFS : Gfp.KERNEL) | Gfp.NOWARN;
    }

    /** {@code pb_to_km}: how the slab allocator is asked. */
    public static int km(int flags) {
        return (flags & DONT_BLOCK) != 0 ? KM_NOFS : KM_SLEEP;
    }
}
