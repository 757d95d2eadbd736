package dev.gaugeblock.kernel.trace;

import dev.gaugeblock.kernel.log.Oddity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the lines of a trace were, so that none is passed over in silence. */
public final class LineCounts {
    private static final int SHOWN = 3;

    private final Map<KmemKind, Long> events = new EnumMap<>(KmemKind.class);
    private final long[] byKind = new long[KmemKind.values().length];
    private final List<Oddity> oddities = new ArrayList<>();
    private long others;
    private long unread;
    private long notUnderstood;

    void add(KmemKind kind) {
        byKind[kind.ordinal()]++;
    }

    void addOther() {
        others++;
    }

    void addUnread() {
        unread++;
    }

    void addOddity(long line, String text, String why) {
        notUnderstood++;
        if (oddities.size() < SHOWN) {
            oddities.add(new Oddity(line, text, why));
        }
    }

    /** How many events of the allocator there are, by kind. */
    public Map<KmemKind, Long> events() {
        for (KmemKind kind : KmemKind.values()) {
            if (byKind[kind.ordinal()] > 0) {
                events.put(kind, byKind[kind.ordinal()]);
            }
        }
        return events;
    }

    /** How many events of the allocator there are. */
    public long all() {
        long all = 0;
        for (long each : byKind) {
            all += each;
        }
        return all;
    }

    /** Events of others. */
    public long others() {
        return others;
    }

    /** Lines that are no event at all, such as what else was printed. */
    public long unread() {
        return unread;
    }

    /** Lines that look like an event of the allocator, and are not understood. */
    public long notUnderstood() {
        return notUnderstood;
    }

    /** Leaves out of the lines that are not understood what stands before the event: the task is there. */
    public void leaveOutTasks() {
        oddities.replaceAll(oddity -> {
            int event = oddity.text().indexOf("mm_page");
            return new Oddity(oddity.line(), event < 0 ? "" : oddity.text().substring(event), oddity.why());
        });
    }

    /** The first of those. */
    public List<Oddity> oddities() {
        return oddities;
    }
}
