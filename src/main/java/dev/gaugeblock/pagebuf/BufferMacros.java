package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.Task;

/** {@code XFS_BUF_...}: what a file system does with the flags of a buffer whose lock it owns. */
public final class BufferMacros {
    private static final String UN = "UN";

    private BufferMacros() {}

    /**
     * Applies a macro.
     *
     * @param name without the {@code XFS_BUF_}
     * @throws IllegalArgumentException for a name that is none
     */
    public static void apply(String name, PageBuf buffer, BufferTarget target, Task task) {
        switch (name) {
            case "ZEROFLAGS" ->
                buffer.flags.update(PageBufFlags.UPDATE | PageBufFlags.ASYNC | PageBufFlags.DELWRI, 0, task);
            case "UNDELAYWRITE" -> target.delayed().dequeue(buffer, task);
            case "SUPER_STALE" -> makeWorthless(buffer, target, task);
            case "DONE" -> buffer.flags.update(PageBufFlags.NOT_DONE, 0, task);
            case "UNDONE" -> buffer.flags.update(0, PageBufFlags.NOT_DONE, task);
            default -> setOrClear(name, buffer, task);
        }
    }

    /**
     * It is stale, and there is nothing left to read or to write. The queue's reference may have been the last one
     * (s46): then the original still clears its flags, in freed memory, and nobody sees that.
     */
    private static void makeWorthless(PageBuf buffer, BufferTarget target, Task task) {
        buffer.flags.update(0, PageBufFlags.STALE, task);
        target.delayed().dequeue(buffer, task);
        if (!buffer.isFreed()) {
            buffer.flags.update(PageBufFlags.NOT_DONE, 0, task);
        }
    }

    private static void setOrClear(String name, PageBuf buffer, Task task) {
        boolean clear = name.startsWith(UN);
        int flag = flag(clear ? name.substring(UN.length()) : name);
        if (flag == 0) {
            throw new IllegalArgumentException("XFS_BUF_" + name + " is no macro on the flags of a buffer");
        }
        buffer.flags.update(clear ? flag : 0, clear ? 0 : flag, task);
    }

    /** The one flag that a macro of this name sets, and its opposite clears; 0 for none. */
    private static int flag(String name) {
        return switch (name) {
            case "READ" -> PageBufFlags.READ;
            case "WRITE" -> PageBufFlags.WRITE;
            case "ASYNC" -> PageBufFlags.ASYNC;
            case "DELAYWRITE" -> PageBufFlags.DELWRI;
            case "STALE" -> PageBufFlags.STALE;
            case "MANAGE" -> PageBufFlags.FS_MANAGED;
            case "DATAIO" -> PageBufFlags.FS_DATAIOD;
            case "BUSY" -> PageBufFlags.FORCEIO;
            case "FLUSH" -> PageBufFlags.FLUSH;
            default -> 0;
        };
    }
}
