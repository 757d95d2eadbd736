package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.mm.Gfp;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The bits of an allocation request, as names of {@link Gfp} and hexadecimal numbers joined by {@code |}. */
final class Gfps {
    private static final Map<String, Integer> BY_NAME = byName();
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,8}");

    private Gfps() {}

    /** Reads the bits up to the first token that no {@code |} joins to them. */
    static int read(Line line) {
        Token first = line.peek();
        int gfp = 0;
        do {
            gfp |= bits(line);
        } while (line.take("|"));
        if ((gfp & Gfp.ZONE_MASK) == (Gfp.DMA | Gfp.HIGHMEM)) {
            throw line.error(
                    first,
                    "expected one zone bit, DMA or HIGHMEM, found both: the two together ask for zonelist 3, and there"
                            + " are only 0..2");
        }
        return gfp;
    }

    private static int bits(Line line) {
        Token token = line.next();
        if (HEXADECIMAL.matcher(token.text()).matches()) {
            int bits = Integer.parseUnsignedInt(token.text().substring(2), 16);
            if ((bits & ~Gfp.MASK) != 0) {
                throw line.expected("request bits in 0x0..0x" + Integer.toHexString(Gfp.MASK), token);
            }
            return bits;
        }
        Integer bits = BY_NAME.get(token.text());
        if (bits == null) {
            throw line.expected("request bits (" + String.join(", ", BY_NAME.keySet()) + ", or like 0xd0)", token);
        }
        return bits;
    }

    /** The names, combinations first. */
    static Map<String, Integer> byName() {
        Map<String, Integer> names = new LinkedHashMap<>();
        String[] all = Gfp.names();
        for (int i = 0; i < all.length; i++) {
            names.put(all[i], Gfp.bits(i));
        }
        return Collections.unmodifiableMap(names);
    }
}
