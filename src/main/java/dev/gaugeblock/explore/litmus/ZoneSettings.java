package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.Zone;
import java.util.ArrayList;
import java.util.List;

/** The settings of a machine that say what memory it has, and what others may say of its zones. */
final class ZoneSettings {
    /** What a machine without PAE has at most; larger numbers are mistakes, and would overflow sums. */
    static final int MAX_FRAMES = 1 << 20;

    private int start;
    private final int[] frames = new int[Zone.COUNT];
    private final int[] holes = new int[Zone.COUNT];
    private final List<Reserved> reserved = new ArrayList<>();
    private final List<Mention> mentions = new ArrayList<>();

    private record Reserved(Line line, Token first, int pfn, int count) {}

    private record Mention(Line line, Token name, int zone) {}

    /** {@code start PFN}. */
    void readStart(Line line) {
        Token first = line.peek();
        start = line.number("a frame number", 0, MAX_FRAMES - 1);
        zones(line, first);
    }

    /** {@code zone ZONE FRAMES [holes N]}. */
    void readZone(Line line, int zone) {
        Token size = line.peek();
        frames[zone] = line.number("a number of frames", 1, MAX_FRAMES);
        zones(line, size);
        if (line.take("holes")) {
            holes[zone] = line.number("a number of holes", 0, frames[zone]);
        }
    }

    /** {@code reserved PFN COUNT}. */
    void readReserved(Line line) {
        Token first = line.peek();
        int pfn = line.number("a frame number", 0, MAX_FRAMES - 1);
        int count = line.number("a number of frames", 1, MAX_FRAMES);
        reserved.add(new Reserved(line, first, pfn, count));
    }

    /** The next token as a zone, 0..2, that the machine has to have, though its own line may follow. */
    int readExisting(Line line) {
        Token name = line.peek();
        int zone = readName(line);
        mentions.add(new Mention(line, name, zone));
        return zone;
    }

    /** The next token as a zone, 0..2. */
    static int readName(Line line) {
        Token name = line.next();
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            if (name.is(Zone.name(zone))) {
                return zone;
            }
        }
        throw line.expected("a zone (DMA, Normal, HighMem)", name);
    }

    /**
     * The layout, when all settings are read.
     *
     * @param section the machine's first line, for errors that are about the whole
     */
    MemoryLayout finish(Line section) {
        MemoryLayout layout = zones(section, section.head());
        if (layout.endPfn() == layout.startPfn()) {
            throw section.error(section.head(), "expected at least one zone in the machine, found none");
        }
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            layout.holes(zone, holes[zone]);
        }
        for (Mention mention : mentions) {
            if (frames[mention.zone()] == 0) {
                throw mention.line().expected("a zone that the machine has", mention.name());
            }
        }
        for (Reserved range : reserved) {
            try {
                layout.reserve(range.pfn(), range.count());
            } catch (IllegalArgumentException outside) {
                throw range.line().error(range.first(), outside.getMessage());
            }
        }
        return layout;
    }

    /** The zones and where they lie, as far as they are known; an error at {@code cause} if they do not fit. */
    private MemoryLayout zones(Line line, Token cause) {
        try {
            return new MemoryLayout(start, frames[Zone.DMA], frames[Zone.NORMAL], frames[Zone.HIGHMEM]);
        } catch (IllegalArgumentException tooLarge) {
            throw line.error(cause, tooLarge.getMessage());
        }
    }
}
