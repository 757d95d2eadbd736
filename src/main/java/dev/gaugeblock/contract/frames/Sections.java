package dev.gaugeblock.contract.frames;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sections of a zone, which are made when a frame of theirs is the first to differ from the others; and the journal
 * that takes changes back. While a {@link #mark} is open, a section is copied before its first change after that, and
 * the journal keeps what it was.
 */
final class Sections {
    private final Section[] sections;
    /** A bit for each section, in words of 64: whether it is wholly free, and so the shared one. */
    private final long[] free;

    /** The open marks' changes, oldest first: the index of a section, and what was there before. */
    private final List<Change> journal = new ArrayList<>();

    /** Goes on with each mark. */
    private long clock;
    /** The clock at the last mark that is open, 0 for none: what was made before must be copied. */
    private long lastMark;

    private record Change(int index, Section before) {}

    /** Where changes began that may be taken back, and the {@link #lastMark} before. */
    record Mark(int changes, long outer) {}

    /** So many sections whose frames have all one owner. */
    Sections(int count, Owner owner) {
        sections = new Section[count];
        free = new long[(count + Long.SIZE - 1) / Long.SIZE];
        Arrays.fill(sections, Section.shared(owner));
        for (int i = 0; i < count && owner == Owner.FREE; i++) {
            free[i >> 6] |= 1L << i;
        }
    }

    int size() {
        return sections.length;
    }

    Section get(int index) {
        return sections[index];
    }

    /** A section to change. Who makes it wholly free by that, puts the shared one in its place ({@link #share}). */
    Section writable(int index) {
        Section section = sections[index];
        if (section.stamp >= lastMark) {
            return section;
        }
        Section copy = section.copy(clock);
        put(index, copy);
        return copy;
    }

    /** All of a section belongs to one owner from now on. */
    void share(int index, Owner owner) {
        put(index, Section.shared(owner));
    }

    private void put(int index, Section section) {
        if (lastMark > 0) {
            journal.add(new Change(index, sections[index]));
        }
        restore(index, section);
    }

    private void restore(int index, Section section) {
        sections[index] = section;
        long bit = 1L << index;
        boolean isFree = section == Section.shared(Owner.FREE);
        free[index >> 6] = isFree ? free[index >> 6] | bit : free[index >> 6] & ~bit;
    }

    /** Whether 2^order sections from one on are there and wholly free; the first is a multiple of so many. */
    boolean areFree(int first, int order) {
        if (first + (1 << order) > sections.length) {
            return false;
        }
        if (order < 6) {
            long mask = (1L << (1 << order)) - 1;
            return (free[first >> 6] >>> first & mask) == mask;
        }
        for (int word = first >> 6; word < first + (1 << order) >> 6; word++) {
            if (free[word] != -1L) {
                return false;
            }
        }
        return true;
    }

    // Taking back

    /** What changes from now on can be taken back. Ends with {@link #rollBack} or {@link #keep}, the last one first. */
    Mark mark() {
        Mark mark = new Mark(journal.size(), lastMark);
        clock++;
        lastMark = clock;
        return mark;
    }

    /** Takes back what changed since a mark. */
    void rollBack(Mark mark) {
        for (int i = journal.size() - 1; i >= mark.changes; i--) {
            Change change = journal.remove(i);
            restore(change.index, change.before);
        }
        lastMark = mark.outer;
    }

    /** What changed since a mark stays, unless it is taken back with more. */
    void keep(Mark mark) {
        lastMark = mark.outer;
        if (lastMark == 0) {
            journal.clear();
        }
    }
}
