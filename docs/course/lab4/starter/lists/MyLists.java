import dev.gaugeblock.api.FreeLists;
import dev.gaugeblock.api.ZoneDescription;
import dev.gaugeblock.machine.Task;

/** The free blocks of a zone. Its lock is held whenever one of these is called, but for begin. */
public final class MyLists implements FreeLists {
    @Override
    public void begin(ZoneDescription zone) {
        throw new IllegalStateException("write me");
    }

    @Override
    public int take(int order, Task task) {
        throw new IllegalStateException("write me");
    }

    @Override
    public void free(int first, int order, Task task) {
        throw new IllegalStateException("write me");
    }
}
