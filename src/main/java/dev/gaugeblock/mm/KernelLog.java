package dev.gaugeblock.mm;

/** What the allocator tells the kernel's log. */
public interface KernelLog {
    /** "page allocation failure": an allocation without {@code __GFP_NOWARN} gave up. */
    void allocationFailure(int gfp, int order);

    /** "Bad page state": a page check failed in the function of that (kernel) name. The allocator goes on. */
    void badPage(String function, PageFrame frame);

    /** "wrong zone alignment, it will crash": a zone starts off a multiple of the largest block. */
    void wrongZoneAlignment(Zone zone);
}
