package dev.gaugeblock.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LineFeedTest {
    @Test
    void shouldFindTheFirstLineFeed() {
        Random random = new Random(10);
        byte[] near = {'\n', '\n' + 1, '\n' - 1, 0, (byte) ('\n' | 0x80), (byte) 0xff, 'a'};
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = near[random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(near.length - 1)];
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            int expected = from;
            while (expected < to && bytes[expected] != '\n') {
                expected++;
            }
            assertEquals(expected, LineFeed.find(bytes, from, to));
        }
    }
}
