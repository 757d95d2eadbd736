package dev.gaugeblock.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipStreamTest {
    @Test
    void shouldReadMembersInARow() throws IOException {
        // Sizes on both sides of the buffer's, so that a member ends at its edge, before it and after it.
        byte[] large = new byte[40_000];
        new Random(1).nextBytes(large);
        for (int length = 16_330; length < 16_400; length++) {
            byte[] data = Arrays.copyOf(large, length);
            ByteArrayOutputStream twice = new ByteArrayOutputStream();
            twice.write(gzip(data));
            twice.write(gzip(large));
            byte[] read = read(twice.toByteArray());
            assertEquals(length + large.length, read.length);
            assertArrayEquals(data, Arrays.copyOf(read, length));
        }
    }

    @Test
    void shouldReadTheOptionalFieldsOfAHeader() throws IOException {
        byte[] plain = gzip(new byte[] {1, 2, 3});
        ByteArrayOutputStream full = new ByteArrayOutputStream();
        full.write(new byte[] {0x1f, (byte) 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 0});
        full.write(new byte[] {2, 0, 9, 9, 'n', 0, 'c', 0, 7, 7});
        full.write(plain, 10, plain.length - 10);
        assertArrayEquals(new byte[] {1, 2, 3}, read(full.toByteArray()));
    }

    @Test
    void shouldNoticeEveryTruncation() throws IOException {
        byte[] good = gzip("the same again, the same again".getBytes(StandardCharsets.UTF_8));
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThrows(IOException.class, () -> read(cut), length + " bytes");
        }
    }

    /** Some bits of a header mean nothing; no flipped bit may give other data. */
    @Test
    void shouldNeverGiveOtherDataForDamagedFiles() throws IOException {
        byte[] data = "the same again, the same again".getBytes(StandardCharsets.UTF_8);
        byte[] good = gzip(data);
        int unnoticed = 0;
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] damaged = good.clone();
            damaged[bit / 8] ^= 1 << bit % 8;
            try {
                assertArrayEquals(data, read(damaged), "bit " + bit);
                unnoticed++;
            } catch (IOException noticed) {
                assertFalse(noticed.getMessage().isEmpty());
            }
        }
        assertTrue(unnoticed <= 8 * 7, unnoticed + " bits");
    }

    private static byte[] read(byte[] compressed) throws IOException {
        try (GzipStream stream = new GzipStream(new ByteArrayInputStream(compressed))) {
            return stream.readAllBytes();
        }
    }

    private static byte[] gzip(byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(data);
        }
        return bytes.toByteArray();
    }
}
