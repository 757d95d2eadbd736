import dev.gaugeblock.api.FreeLists;
import dev.gaugeblock.api.ZoneDescription;
import dev.gaugeblock.machine.Task;

/**
 * The buddy lists with a mistake: a block that has merged with its buddy is put into no list, and so both are lost.
 */
public final class UpperBuddy implements FreeLists {
    private ZoneDescription zone;
    /** By offset from the zone's first frame: the order of the free block that begins there, or NONE. */
    private int[] orderAt;

    @Override
    public void begin(ZoneDescription description) {
        zone = description;
        orderAt = new int[zone.frames()];
        for (int i = 0; i < orderAt.length; i++) {
            orderAt[i] = NONE;
        }
    }

    @Override
    public int take(int order, Task task) {
        for (int larger = order; larger < MAX_ORDER; larger++) {
            for (int at = 0; at < orderAt.length; at++) {
                if (orderAt[at] == larger) {
                    orderAt[at] = NONE;
                    return zone.first() + split(at, larger, order);
                }
            }
        }
        return NONE;
    }

    /** Gives the lower halves back until a block of the wanted order is left. */
    private int split(int offset, int order, int wanted) {
        int at = offset;
        for (int half = order - 1; half >= wanted; half--) {
            orderAt[at] = half;
            at += 1 << half;
        }
        return at;
    }

    @Override
    public void free(int first, int order, Task task) {
        int at = first - zone.first();
        int merged = order;
        while (merged < MAX_ORDER - 1 && isFree(at ^ (1 << merged), merged)) {
            orderAt[at ^ (1 << merged)] = NONE;
            at &= ~(1 << merged);
            merged++;
        }
        if (merged == order) {
            orderAt[at] = merged;
        }
    }

    private boolean isFree(int buddy, int order) {
        return buddy < orderAt.length && orderAt[buddy] == order;
    }
}
