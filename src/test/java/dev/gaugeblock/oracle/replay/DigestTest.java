package dev.gaugeblock.oracle.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.oracle.trace.Build;
import org.junit.jupiter.api.Test;

class DigestTest {
    private static final Build BUILD = new Build(false, 2, false, false);

    @Test
    void shouldBeFnv1aOverWordsFromTheLowestByteOn() {
        assertEquals("cbf29ce484222325", hash());
        assertEquals("4d25767f9dce13f5", hash(0)); // the published hash of four zero bytes
        assertEquals("ad2aca7747985764", hash(1));
        assertEquals("b345225e3644edb5", hash(0x01020304));
        assertEquals("994f76653e2a3951", hash(-1));
    }

    /** Four frames from 8 on, one CPU: the words are written out, the hashes computed elsewhere. */
    @Test
    void shouldCoverFreeListsAndPerCpuLists() {
        Machine machine = new Machine(new MemoryLayout(8, 4, 0, 0), 1, BUILD);
        machine.free("blocks");
        String oneBlock = hash(4, 0, 0, 1, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertEquals("29b3ec268068e758", oneBlock);
        assertEquals(oneBlock, Digest.of(machine.node, 1));

        machine.allocator.free(machine.allocator.alloc(0, 0, machine.process(0)), 0, machine.process(0));
        String hotFrame = hash(3, 1, 9, 1, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 8, 0);
        assertEquals("0fcc4218436cb3ac", hotFrame);
        assertEquals(hotFrame, Digest.of(machine.node, 1));
    }

    /** Two slots of the window: the hand, then each slot's count and frame. */
    @Test
    void shouldCoverTheSlotsOfKmap() {
        Machine machine = new Machine(new MemoryLayout(0, 4, 0, 4), 1, BUILD);
        machine.free("blocks");
        String untouched = hash(0, 0, -1, 0, -1);
        assertEquals("2b370a586963d36d", untouched);
        assertEquals(untouched, Digest.of(machine.highmem().kmap(), 2));

        machine.highmem().kmap().map(machine.memory.frame(5), machine.process(0));
        String mapped = hash(1, 0, -1, 2, 5);
        assertEquals("be8bea391d97b457", mapped);
        assertEquals(mapped, Digest.of(machine.highmem().kmap(), 2));
    }

    private static String hash(int... words) {
        Digest digest = new Digest();
        for (int word : words) {
            digest.word(word);
        }
        return digest.hex();
    }
}
