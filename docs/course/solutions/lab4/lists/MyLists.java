import dev.gaugeblock.api.FreeLists;
import dev.gaugeblock.api.ZoneDescription;
import dev.gaugeblock.machine.Task;
import java.util.ArrayList;
import java.util.List;

/** The free blocks of a zone, a list for each order: what comes last goes first, and the lower half is handed out. */
public final class MyLists implements FreeLists {
    private int start;
    private final List<List<Integer>> lists = new ArrayList<>();

    @Override
    public void begin(ZoneDescription zone) {
        start = zone.first();
        for (int order = 0; order < MAX_ORDER; order++) {
            lists.add(new ArrayList<>());
        }
    }

    @Override
    public int take(int order, Task task) {
        for (int larger = order; larger < MAX_ORDER; larger++) {
            if (!lists.get(larger).isEmpty()) {
                int at = lists.get(larger).remove(lists.get(larger).size() - 1);
                for (int half = larger - 1; half >= order; half--) {
                    lists.get(half).add(at + (1 << half));
                }
                return start + at;
            }
        }
        return NONE;
    }

    @Override
    public void free(int first, int order, Task task) {
        int at = first - start;
        int merged = order;
        while (merged < MAX_ORDER - 1 && lists.get(merged).remove((Integer) (at ^ (1 << merged)))) {
            at &= ~(1 << merged);
            merged++;
        }
        lists.get(merged).add(at);
    }
}
