package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.highmem.Kmap;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Node;
import dev.gaugeblock.mm.PerCpuPageset;
import dev.gaugeblock.mm.Zone;

/**
 * The state digests {@code d} and {@code kd}: FNV-1a, 64 bits, over 32-bit words, each as four bytes from the lowest.
 * Two machines with the same {@code d} have the same free and per-CPU lists, in the same order; with the same {@code
 * kd}, the same slots of the kmap window.
 */
final class Digest {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private long hash = OFFSET;

    /** The digest of the lists of all zones that have frames. */
    static String of(Node node, int cpuCount) {
        Digest digest = new Digest();
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            if (node.zone(zone).spanned > 0) {
                digest.zone(node.zone(zone), cpuCount);
            }
        }
        return digest.hex();
    }

    /** The digest of the slots of a kmap window: the hand, then for each slot its count and its frame. */
    static String of(Kmap kmap, int slots) {
        Digest digest = new Digest();
        digest.word(kmap.hand());
        for (int slot = 0; slot < slots; slot++) {
            digest.word(kmap.count(slot));
            digest.word(kmap.mappedPfn(slot));
        }
        return digest.hex();
    }

    private void zone(Zone zone, int cpuCount) {
        word(zone.counts.freePages.peek());
        for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
            word(zone.counts.freeBlocks(order).peek());
            words(zone.buddyAtRest().freeBlocks(order));
        }
        for (int cpu = 0; cpu < cpuCount; cpu++) {
            PerCpuPageset pageset = zone.pageset(cpu);
            word(pageset.hotAtRest().count());
            words(pageset.hotAtRest().pfns());
            word(pageset.coldAtRest().count());
            words(pageset.coldAtRest().pfns());
        }
    }

    private void words(int[] words) {
        for (int word : words) {
            word(word);
        }
    }

    void word(int word) {
        for (int shift = 0; shift < 32; shift += 8) {
            hash = (hash ^ (word >>> shift & 0xff)) * PRIME;
        }
    }

    /** 16 hexadecimal digits. */
    String hex() {
        return String.format("%016x", hash);
    }
}
