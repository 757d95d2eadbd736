package dev.gaugeblock.oracle.drive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a program writes on its standard error: the last of it, for whoever wants to see it when the run is over. */
final class ErrorOutput {
    /** Bytes that are kept. */
    private static final int KEPT = 1 << 16;

    /** Milliseconds to wait for the end: something that the program started may keep its standard error open. */
    private static final int PATIENCE = 1000;

    private final InputStream in;
    private final Thread reader = new Thread(this::read, "standard error");
    // Guarded by the object's lock.
    private byte[] last = {};
    private long left;

    ErrorOutput(InputStream in) {
        this.in = in;
    }

    /** Begins to read: a program whose standard error is full would wait for ever. */
    void begin() {
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        byte[] buffer = new byte[1 << 13];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                add(buffer, count);
            }
        } catch (IOException closed) {
            return; // the program was ended while it wrote
        }
    }

    private synchronized void add(byte[] bytes, int count) {
        byte[] all = Arrays.copyOf(last, last.length + count);
        System.arraycopy(bytes, 0, all, last.length, count);
        int more = Math.max(0, all.length - KEPT);
        last = Arrays.copyOfRange(all, more, all.length);
        left += more;
    }

    /** All of it, or its end and how much went before that, after the program ended. */
    String text() {
        try {
            reader.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            String text = new String(last, StandardCharsets.UTF_8);
            return left == 0 ? text : "(" + left + " bytes before this are left out)\n" + text;
        }
    }
}
