package dev.gaugeblock.machines;

/**
 * One thing to do. What it is about is chosen when it is done: {@code pick} counts through what is possible then.
 *
 * @param cpu taken modulo the machine's CPUs
 * @param bits of the task: 1 real-time, 2 in interrupt, 4 PF_MEMALLOC, 8 TIF_MEMDIE
 */
record SessionStep(Kind kind, int cpu, int pick, int gfp, int order, int bits) {
    enum Kind {
        ALLOC,
        INTERRUPT_ALLOC,
        EXHAUST,
        FREE,
        FREE_COLD,
        GET,
        DRAIN,
        TO_LRU,
        SETTING,
        FLAGS,
        KMAP,
        KUNMAP,
        ATOMIC_MAP,
        ATOMIC_UNMAP,
        INTERRUPT_MAP,
        LOCK_PAGE,
        UNLOCK_PAGE,
        WAIT_PAGE,
        WRITEBACK,
        GET_BUFFER,
        READ_BUFFER,
        HOLD_BUFFER,
        RELEASE_BUFFER,
        WRITE_BUFFER,
        MARK_BUFFER,
        PIN_BUFFER,
        DAEMON,
        DEVICE,
        DISK
    }
}
