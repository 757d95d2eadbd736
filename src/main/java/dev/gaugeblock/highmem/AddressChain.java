package dev.gaugeblock.highmem;

import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageFrame;
import java.util.ArrayList;
import java.util.List;

/** A list of records, each a frame and its address: a chain of the hash, or the pool of unused ones. Guarded by its lock. */
public final class AddressChain implements Stateful {
    /** {@code struct page_address_map}. */
    static final class Record {
        PageFrame frame;
        long address;
    }

    private final SpinLock lock;
    private final List<Record> records = new ArrayList<>();

    AddressChain(SpinLock lock) {
        this.lock = lock;
        lock.guards(this);
    }

    /** The address of a frame, or 0. */
    long findLocked(PageFrame frame, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        for (Record record : records) {
            if (record.frame == frame) {
                return record.address;
            }
        }
        return 0;
    }

    boolean isEmptyLocked(Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        return records.isEmpty();
    }

    Record takeFirstLocked(Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        return records.remove(0);
    }

    /** Fills a record in and puts it at the tail. */
    void addLocked(Record record, PageFrame frame, long address, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        record.frame = frame;
        record.address = address;
        records.add(record);
    }

    /** Takes a frame's first record out; {@code null} if it has none. */
    Record removeLocked(PageFrame frame, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        for (Record record : records) {
            if (record.frame == frame) {
                records.remove(record);
                return record;
            }
        }
        return null;
    }

    /** Puts an unused record at the tail. */
    void giveBackLocked(Record record, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        record.frame = null;
        record.address = 0;
        records.add(record);
    }

    /** Puts an unused record at the head, while the machine boots. */
    void fillBeforeUse(Record record) {
        records.add(0, record);
    }

    /** How many records; without the lock, as the two below, for dumps and invariants while nothing runs. */
    public int length() {
        return records.size();
    }

    /** An unused record is like any other. */
    @Override
    public void writeState(StateSink out) {
        out.put(records.size());
        for (Record record : records) {
            out.put(record.frame == null ? -1 : record.frame.pfn);
            out.put(record.address);
        }
    }

    /** The frame of a record. */
    public PageFrame frame(int position) {
        return records.get(position).frame;
    }

    /** The address of a record. */
    public long address(int position) {
        return records.get(position).address;
    }
}
