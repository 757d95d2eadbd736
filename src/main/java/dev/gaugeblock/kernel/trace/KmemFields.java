package dev.gaugeblock.kernel.trace;

import org.checkerframework.checker.nullness.qual.Nullable;

/** The fields of an event, {@code key=value}, by their keys: others may stand between those that are wanted. */
final class KmemFields {
    private static final int PAGE = 1;
    private static final int PFN = 2;
    private static final int ORDER = 4;
    private static final int TWICE = 8;
    private static final int MOST_ORDER = 1 << 20;

    private final ByteWords flagWords = new ByteWords(1 << 16);
    private @Nullable RequestFlags[] flags = new @Nullable RequestFlags[0];

    private byte[] bytes = {};
    private int valueFrom;
    private int valueTo;
    private long number;
    private boolean isHexadecimal;

    /**
     * Reads the fields of a line into an event of a known kind.
     *
     * @return why they cannot be read, or {@code null}
     */
    @Nullable
    String read(KmemLine line, KmemEvent event) {
        bytes = line.bytes;
        event.isPageNull = false;
        event.isCold = false;
        event.hasOrder = false;
        event.order = 0;
        event.pageblockOrder = 0;
        event.gfp = null;
        int seen = 0;
        int at = line.bodyFrom;
        while (true) {
            while (at < line.bodyTo && bytes[at] == ' ') {
                at++;
            }
            int from = at;
            while (at < line.bodyTo && bytes[at] != '=' && bytes[at] != ' ') {
                at++;
            }
            if (from == at) {
                return missing(seen, event);
            }
            if (at == line.bodyTo || bytes[at] == ' ') {
                continue; // words between the fields
            }
            at = value(at + 1, line.bodyTo);
            int now = take(line, from, event);
            if (now < 0) {
                return "its " + new String(bytes, from, at - from, java.nio.charset.StandardCharsets.ISO_8859_1)
                        + " is no number that a kernel prints there";
            }
            seen |= (seen & now) != 0 ? TWICE : now;
        }
    }

    /** Finds the value that begins at a place; pointers that are null may be padded. Returns where it ends. */
    private int value(int from, int end) {
        valueFrom = from;
        int at = from;
        while (at < end && bytes[at] == ' ') {
            at++;
        }
        if (at == from || at + 6 > end || bytes[at] != '(') {
            at = from;
        } else {
            valueFrom = at;
        }
        while (at < end && bytes[at] != ' ') {
            at++;
        }
        valueTo = at;
        return at;
    }

    private int take(KmemLine line, int key, KmemEvent event) {
        if (line.startsWith(key, "pfn=")) {
            boolean isNone = isNoFrame();
            if (!isNone && !readNumber(false)) {
                return -1;
            }
            event.pfn = isNone ? KmemEvent.NO_FRAME : number;
            event.isHexadecimal = isHexadecimal;
            return PFN;
        }
        if (line.startsWith(key, "order=") || line.startsWith(key, "alloc_order=")) {
            if (!readNumber(false) || number > MOST_ORDER) {
                return -1;
            }
            event.order = (int) number;
            event.hasOrder = true;
            return ORDER;
        }
        if (line.startsWith(key, "page=")) {
            boolean isNull = bytes[valueFrom] == '(';
            if (!isNull && !readNumber(true)) {
                return -1;
            }
            event.isPageNull = isNull || number == 0;
            return PAGE;
        }
        if (line.startsWith(key, "gfp_flags=")) {
            event.gfp = flags(flagWords.number(bytes, valueFrom, valueTo));
        } else if (line.startsWith(key, "cold=")) {
            event.isCold = true;
        } else if (line.startsWith(key, "pageblock_order=") && readNumber(false)) {
            event.pageblockOrder = (int) Math.min(number, MOST_ORDER);
        }
        return 0;
    }

    private @Nullable RequestFlags flags(int word) {
        if (word >= flags.length) {
            flags = java.util.Arrays.copyOf(flags, Math.max(16, 2 * word + 1));
        }
        RequestFlags known = flags[word];
        if (known == null) {
            known = RequestFlags.read(flagWords.text(word));
            flags[word] = known;
        }
        return known;
    }

    /** 2^64 - 1, the number of no frame, in decimal or hexadecimal. */
    private boolean isNoFrame() {
        String none = valueTo - valueFrom == 20 ? "18446744073709551615" : "0xffffffffffffffff";
        if (valueTo - valueFrom != none.length()) {
            return false;
        }
        for (int i = 0; i < none.length(); i++) {
            if (bytes[valueFrom + i] != none.charAt(i)) {
                return false;
            }
        }
        isHexadecimal = none.length() == 18;
        return true;
    }

    /** Reads the value as a number from 0 on; with 0x, or if it is an address, in hexadecimal. */
    private boolean readNumber(boolean isAddress) {
        int at = valueFrom;
        isHexadecimal = at + 2 < valueTo && bytes[at] == '0' && bytes[at + 1] == 'x';
        at += isHexadecimal ? 2 : 0;
        int base = isHexadecimal || isAddress ? 16 : 10;
        number = 0;
        boolean isAny = at < valueTo;
        for (; at < valueTo; at++) {
            int digit = Character.digit(bytes[at], base);
            if (digit < 0 || !isAddress && number > Long.MAX_VALUE / base - base) {
                return false;
            }
            number = isAddress ? number | digit : number * base + digit;
        }
        return isAny;
    }

    private static @Nullable String missing(int seen, KmemEvent event) {
        if ((seen & TWICE) != 0) {
            return "a field stands in it twice";
        }
        if ((seen & PFN) == 0) {
            return "it has no pfn";
        }
        boolean needsOrder = event.kind != KmemKind.BATCHED;
        return needsOrder && (seen & ORDER) == 0 ? "it has no order" : null;
    }
}
