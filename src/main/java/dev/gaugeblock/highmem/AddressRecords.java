package dev.gaugeblock.highmem;

import dev.gaugeblock.machine.Discreet;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageFrame;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A list of records, each a frame and its address: of a chain of the hash, or of the pool of unused ones. Guarded by
 * its lock.
 */
public final class AddressRecords implements Discreet {
    /** {@code page_address_map}. */
    static final class Record {
        /** Not there while the record is unused. */
        @Nullable
        PageFrame frame;

        long address;
    }

    private final SpinLock lock;
    private final List<Record> records = new ArrayList<>();

    AddressRecords(SpinLock lock) {
        this.lock = lock;
    }

    /** The address of a frame, or 0. */
    long findLocked(@GuardSatisfied AddressRecords this, PageFrame frame, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        task.looksInto(this);
        Record record = recordOf(frame);
        long address = record == null ? 0 : record.address;
        task.learns(address);
        return address;
    }

    boolean isEmptyLocked(@GuardSatisfied AddressRecords this, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        task.looksInto(this);
        boolean empty = records.isEmpty();
        task.learns(empty ? 1 : 0);
        return empty;
    }

    Record takeFirstLocked(@GuardSatisfied AddressRecords this, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        task.looksInto(this);
        Record first = records.remove(0);
        task.learns(0);
        return first;
    }

    /** Fills a record in and puts it at the tail. */
    void addLocked(@GuardSatisfied AddressRecords this, Record record, PageFrame frame, long address, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        task.looksInto(this);
        record.frame = frame;
        record.address = address;
        records.add(record);
        task.learns(0);
    }

    /** Takes a frame's first record out; {@code null} if it has none. */
    @Nullable
    Record removeLocked(@GuardSatisfied AddressRecords this, PageFrame frame, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        task.looksInto(this);
        Record record = recordOf(frame);
        if (record != null) {
            records.remove(record);
        }
        task.learns(record == null ? 0 : record.address);
        return record;
    }

    /** A frame's first record; {@code null} if it has none. */
    private @Nullable Record recordOf(@GuardSatisfied AddressRecords this, PageFrame frame) {
        for (Record record : records) {
            if (record.frame == frame) {
                return record;
            }
        }
        return null;
    }

    /** Puts an unused record at the tail. */
    void giveBackLocked(@GuardSatisfied AddressRecords this, Record record, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        task.looksInto(this);
        record.frame = null;
        record.address = 0;
        records.add(record);
        task.learns(0);
    }

    /** Puts an unused record at the head, while the machine boots. */
    void fillBeforeUse(Record record) {
        records.add(0, record);
    }

    /** How many records; as the three below for dumps and invariants, while nothing runs. */
    public int length() {
        return records.size();
    }

    /** An unused record is like any other. */
    @Override
    public void writeState(StateSink out) {
        out.put(records.size());
        for (int i = 0; i < records.size(); i++) {
            out.put(pfn(i));
            out.put(address(i));
        }
    }

    /** Number of a record's frame; -1 for an unused record. */
    public int pfn(int position) {
        PageFrame frame = records.get(position).frame;
        return frame == null ? -1 : frame.pfn;
    }

    /** The address of a record. */
    public long address(int position) {
        return records.get(position).address;
    }
}
