package dev.gaugeblock.explore.audit;

import dev.gaugeblock.explore.execution.AuditRule;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a rule would name and is right all the same. Ghosts are exempt where they stand. */
enum Exemption {
    SAME_PLACE(
            AuditRule.WORD_MISUSED,
            "the words of two page buffers of the same blocks, or of two cached pages of one index",
            "They are announced by one name, so the reduction takes more for dependent than is, and never less. A name with a"
                    + " number of its own would differ between executions that reach the same state."),
    PREVIOUS(
            AuditRule.UNHASHED_STATE,
            "ListLink.previous",
            "It follows from the next of the link before it, which the key has.",
            "mm.ListLink ListLink.previous",
            "mm.PageList ListLink.previous"),
    CHAIN(
            AuditRule.UNHASHED_STATE,
            "PageBuf.chain",
            "It follows from the buffer's first block, which the key has.",
            "pagebuf.BufferTarget PageBuf.chain"),
    PAGES_OF_A_FREED_BUFFER(
            AuditRule.UNHASHED_STATE,
            "BufferMemory.pages and count, of a buffer that is being freed",
            "What it has are references to frames; the key has how many there are, and everybody else who may have one.",
            "pagebuf.BufferMemory BufferMemory.count",
            "pagebuf.BufferMemory BufferMemory.pages"),
    EVENTS(
            AuditRule.UNHASHED_STATE,
            "VmEvents",
            "Programs read the counts only to add to them.",
            "mm.VmEvents$Counts an element of long[]",
            "mm.VmEvents$Counts VmEvents.Counts.freed",
            "mm.VmEvents$Counts VmEvents.Counts.stalls"),
    LISTENERS(
            AuditRule.UNHASHED_STATE,
            "Simulation.listeners",
            "Who listens to a program is the same in every execution.",
            "explore.harness.Simulation an element of Object[]");

    private static final String ROOT = "dev.gaugeblock.";

    private final AuditRule rule;
    private final String what;
    private final String reason;
    /** Where what is read, for the fields of a state. */
    private final List<String> reads;

    private final AtomicBoolean needed = new AtomicBoolean();

    Exemption(AuditRule rule, String what, String reason, String... reads) {
        this.rule = rule;
        this.what = what;
        this.reason = reason;
        this.reads = List.of(reads);
    }

    /** Whether a word of that name may share it with another; if so, the exemption was needed. */
    static boolean sharesName(String name) {
        boolean covers = name.contains(" buffer ") || name.contains(" of page ");
        if (covers) {
            SAME_PLACE.needed.set(true);
        }
        return covers;
    }

    /** Whether what a site reads may be left out of the keys of states; if so, the exemption was needed. */
    static boolean leavesOut(Site site) {
        String read = site.type().substring(ROOT.length()) + " " + site.target();
        for (Exemption exemption : values()) {
            if (exemption.reads.contains(read)) {
                exemption.needed.set(true);
                return true;
            }
        }
        return false;
    }

    /** The line of the table in {@code docs/audit.md}. */
    String row() {
        return "| `" + rule.id() + "` | " + what + " | " + reason + " |";
    }

    /** Whether something would have been found without it, since this program was loaded. */
    boolean wasNeeded() {
        return needed.get();
    }
}
