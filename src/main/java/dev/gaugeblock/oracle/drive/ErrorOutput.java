package dev.gaugeblock.oracle.drive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a program writes on its standard error: the last of it, for whoever wants to see it when the run is over. */
final class ErrorOutput {
    /** Bytes that are kept. */
    private static final int KEPT = 1 << 16;

    /** Milliseconds to wait for the end: something that the program started may keep its standard error open. */
    private static final int PATIENCE = 1000;

    private final CountDownLatch over = new CountDownLatch(1);
    // Guarded by the object's lock.
    private byte[] last = {};
    private long left;

    private ErrorOutput() {}

    /** Reads from now on: a program whose standard error is full would wait for ever. */
    static ErrorOutput of(InputStream in) {
        ErrorOutput output = new ErrorOutput();
        Thread reader = new Thread(() -> output.read(in), "standard error");
        reader.setDaemon(true);
        reader.start();
        return output;
    }

    private void read(InputStream in) {
        byte[] buffer = new byte[1 << 13];
        try (in) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                add(buffer, count);
            }
        } catch (IOException closed) {
            return; // the program was ended while it wrote
        } finally {
            over.countDown();
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
            boolean isAll = over.await(PATIENCE, TimeUnit.MILLISECONDS);
            synchronized (this) {
                String text = new String(last, StandardCharsets.UTF_8);
                String before = left == 0 ? "" : "(" + left + " bytes before this are left out)\n";
                return before + text + (isAll ? "" : "(something that it started may still write)\n");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
