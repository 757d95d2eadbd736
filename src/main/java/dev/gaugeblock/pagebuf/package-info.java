/**
 * Page buffers, the metadata buffers of XFS, on pages of the reference allocator (behaviour 13).
 *
 * <p>Read {@link dev.gaugeblock.pagebuf.PageBuf} first, and {@link dev.gaugeblock.pagebuf.PageBufFlags} beside it.
 * {@link dev.gaugeblock.pagebuf.BufferTarget} finds, makes, holds and frees buffers;
 * {@link dev.gaugeblock.pagebuf.BufferIo} reads and writes them; {@link dev.gaugeblock.pagebuf.DelayedWrites} keeps
 * those that are to be written later. What lies around them, a device, the page cache, and the threads that complete
 * I/O, are small classes of their own.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.pagebuf;
