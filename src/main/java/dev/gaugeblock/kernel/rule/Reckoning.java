package dev.gaugeblock.kernel.rule;

/** The sum that the kernel does for one zone and one request, as far as it has got. Numbers are in pages. */
public final class Reckoning {
    final ZoneNumbers zone;
    final Request request;
    /** The free pages that count. */
    long free;
    /** The mark as far as it is reduced. */
    long min;
    /** What has to stay beside the mark. */
    long reserve;
    /** By how many pages it passes so far, at the narrowest place. */
    long surplus = Long.MAX_VALUE;

    Reckoning(ZoneNumbers zone, Request request) {
        this.zone = zone;
        this.request = request;
        this.free = zone.free();
        this.min = zone.mark();
        this.reserve = zone.reserve();
    }

    /** Notes by how many pages something passed. */
    void passedBy(long pages) {
        surplus = Math.min(surplus, pages);
    }
}
