package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.Zone;
import java.util.ArrayList;
import java.util.List;

/** The settings of a node that say what memory it has, and what others may say of its zones. */
final class ZoneSettings {
    /** What a machine without PAE has at most; larger numbers are mistakes, and would overflow sums. */
    static final int MAX_FRAMES = MemoryLayout.MOST_FRAMES;

    /** What each node may say only once. */
    final Once once = new Once();

    private final int lowest;
    private int start;
    private final int[] frames = new int[Zone.COUNT];
    private final int[] holes = new int[Zone.COUNT];
    private final List<Mention> mentions = new ArrayList<>();

    private record Mention(Line line, Token name, int zone) {}

    /**
     * Settings of a node that has no zones yet.
     *
     * @param lowest the number that its first frame has at least, and if no line says more
     */
    ZoneSettings(int lowest) {
        this.lowest = lowest;
        this.start = lowest;
    }

    /** Whether no line was read yet. */
    boolean isUntouched() {
        return once.isEmpty();
    }

    /** {@code start PFN}. */
    void readStart(Line line) {
        once.require(line, "start");
        Token first = line.peek();
        start = line.number("a frame number", lowest, MAX_FRAMES - 1);
        zones(line, first);
    }

    /** {@code zone ZONE FRAMES [holes N]}. */
    void readZone(Line line) {
        Token name = line.peek();
        int zone = readName(line);
        once.require(line, "zone " + name.text());
        Token size = line.peek();
        frames[zone] = line.number("a number of frames", 1, MAX_FRAMES);
        zones(line, size);
        if (line.take("holes")) {
            holes[zone] = line.number("a number of holes", 0, frames[zone]);
        }
    }

    /** The next token as a zone, 0..2, that the node has to have, though its own line may follow. */
    int readExisting(Line line) {
        Token name = line.peek();
        int zone = readName(line);
        mentions.add(new Mention(line, name, zone));
        return zone;
    }

    /** The next token as a zone, 0..2. */
    private static int readName(Line line) {
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
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            layout.holes(zone, holes[zone]);
        }
        for (Mention mention : mentions) {
            if (frames[mention.zone()] == 0) {
                throw mention.line().expected("a zone that the machine has", mention.name());
            }
        }
        return layout;
    }

    /** The zones and where they lie, as far as they are known; an error at {@code cause} if they do not fit. */
    MemoryLayout zones(Line line, Token cause) {
        try {
            return new MemoryLayout(start, frames[Zone.DMA], frames[Zone.NORMAL], frames[Zone.HIGHMEM]);
        } catch (IllegalArgumentException tooLarge) {
            throw line.error(cause, String.valueOf(tooLarge.getMessage()));
        }
    }
}
