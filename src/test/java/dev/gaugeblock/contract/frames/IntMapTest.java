package dev.gaugeblock.contract.frames;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class IntMapTest {
    /** Few keys, which agree in many of their low bits. */
    private static final int[] KEYS = {0, 1, 16, 17, 0x10000, 0x10001, 0x7fff0010, 0x7fffffff, 0xfffff};

    @Property(seed = "7")
    void shouldBeAMapThatNeverChanges(@ForAll long seed) {
        Random random = new Random(seed);
        IntMap<Integer> map = IntMap.empty();
        Map<Integer, Integer> expected = new HashMap<>();
        List<IntMap<Integer>> before = new ArrayList<>();
        List<Map<Integer, Integer>> expectedBefore = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            before.add(map);
            expectedBefore.add(new HashMap<>(expected));
            int key = KEYS[random.nextInt(KEYS.length)];
            if (random.nextBoolean()) {
                map = map.with(key, i);
                expected.put(key, i);
            } else {
                map = map.without(key);
                expected.remove(key);
            }
        }
        before.add(map);
        expectedBefore.add(expected);
        for (int i = 0; i < before.size(); i++) {
            assertEquals(expectedBefore.get(i).size(), before.get(i).size());
            for (int key : KEYS) {
                assertEquals(expectedBefore.get(i).get(key), before.get(i).get(key));
            }
        }
    }
}
