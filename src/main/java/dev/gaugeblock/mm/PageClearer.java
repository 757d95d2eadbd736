package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;

/**
 * {@code clear_highpage}: fills a frame with zeroes, mapping it first if the kernel has no permanent address for it.
 */
public interface PageClearer {
    void clear(PageFrame frame, Task task);
}
