package dev.gaugeblock.highmem;

import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageClearer;
import dev.gaugeblock.mm.PageFrame;

/**
 * {@code clear_highpage}: clears a frame through the atomic window for users, or at its own address if it is a low one.
 */
final class HighmemClearer implements PageClearer {
    private final AtomicKmap atomic;
    private final int type;
    private final HighmemObserver observer;

    HighmemClearer(AtomicKmap atomic, boolean debug, HighmemObserver observer) {
        this.atomic = atomic;
        this.type = KmType.number(KmType.USER0, debug);
        this.observer = observer;
    }

    @Override
    public void clear(PageFrame frame, Task task) {
        long address = atomic.map(frame, type, task);
        if (frame.isHighmem()) {
            atomic.use(address, task);
        }
        observer.cleared(frame, address);
        atomic.unmap(address, type, task);
    }
}
