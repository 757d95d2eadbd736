package dev.gaugeblock.pagebuf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gaugeblock.machine.SequentialScheduler;
import org.junit.jupiter.api.Test;

class PageBufFlagsTest {
    private static final int EVERY_FLAG = (1 << 20) - 1;

    @Test
    void shouldAskForPagesAsTheCallerMayWait() {
        assertEquals(0x2d0, PageBufFlags.gfp(0));
        assertEquals(0x250, PageBufFlags.gfp(PageBufFlags.DONT_BLOCK));
        assertEquals(0x1200, PageBufFlags.gfp(PageBufFlags.READ_AHEAD));
        assertEquals(0x1200, PageBufFlags.gfp(PageBufFlags.READ_AHEAD | PageBufFlags.DONT_BLOCK));
        assertEquals(0x2d0, PageBufFlags.gfp(EVERY_FLAG & ~PageBufFlags.READ_AHEAD & ~PageBufFlags.DONT_BLOCK));
    }

    @Test
    void shouldAskForBuffersAsTheCallerMayWait() {
        assertEquals(1, PageBufFlags.km(0));
        assertEquals(4, PageBufFlags.km(PageBufFlags.DONT_BLOCK));
        assertEquals(1, PageBufFlags.km(PageBufFlags.READ_AHEAD));
    }

    @Test
    void shouldKeepAllOfAnArgumentButWhatOnlyAnArgumentHas() {
        Buffers buffers = new Buffers();
        PageBuf buffer = new PageBuf(0, 8, EVERY_FLAG, new SequentialScheduler());
        int dropped = PageBufFlags.LOCK | PageBufFlags.MAPPED | PageBufFlags.DONT_BLOCK | PageBufFlags.READ_AHEAD;
        assertEquals(EVERY_FLAG & ~dropped, buffer.flags());
        assertEquals(PageBufFlags.TRYLOCK, buffer.flags() & PageBufFlags.TRYLOCK);
        assertEquals(PageBufFlags.NONE, buffers.get(0, PageBufFlags.LOCK).flags() & PageBufFlags.NOT_DONE);
    }

    @Test
    void shouldBeBornLockedAndHeldOnce() {
        PageBuf buffer = new PageBuf(0, 8, 0, new SequentialScheduler());
        assertEquals(0, buffer.lock().count());
        assertEquals(0, buffer.ioDone().count());
        assertEquals(1, buffer.holds());
        assertEquals(PageBuf.NO_ADDRESS, buffer.address());
    }
}
