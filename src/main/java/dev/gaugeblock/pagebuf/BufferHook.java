package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.Task;

/** A function that the owner of a buffer has put in the place of an ordinary step. */
public interface BufferHook {
    /** Does the step; returns 0 or a positive error number, where anybody looks at it. */
    int run(PageBuf buffer, Task task);
}
