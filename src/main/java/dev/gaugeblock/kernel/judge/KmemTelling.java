package dev.gaugeblock.kernel.judge;

import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.kernel.snapshot.PageOwnerDump;
import dev.gaugeblock.kernel.trace.KmemEvent;
import dev.gaugeblock.kernel.trace.KmemReader;
import dev.gaugeblock.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts into words who has which block, since when; {@code anonymous}: without the names of tasks. */
final class KmemTelling {
    private final KmemReader reader;
    private final LiveOwners owners;
    private final HeldBefore before;
    private final boolean anonymous;

    KmemTelling(KmemReader reader, LiveOwners owners, HeldBefore before, boolean anonymous) {
        this.before = before;
        this.reader = reader;
        this.owners = owners;
        this.anonymous = anonymous;
    }

    /** What an event broke. */
    KmemFinding finding(KmemEvent event, String rule, String says, String message, List<Block> blocks) {
        List<KmemFinding.Party> parties = new ArrayList<>();
        blocks.forEach(block -> parties.add(owner(block)));
        KmemFinding.Party by = new KmemFinding.Party(
                event.pfn(),
                event.frames(),
                event.line(),
                who(event.task(), event.cpu(), event.stamp()),
                stack(event.stack()));
        return new KmemFinding(rule, says, message, event.line(), event.text(anonymous), by, parties);
    }

    /** Who has a block. */
    KmemFinding.Party owner(Block block) {
        if (HeldBefore.isBefore(block.since())) {
            PageOwnerDump.Held held = before.of(block.since());
            String who = held.who().isEmpty() || anonymous ? "" : Printable.of(held.who()) + ", ";
            return new KmemFinding.Party(
                    block.pfn(), block.frames(), 0, who + "before the trace, by page_owner", chain(held.stack()));
        }
        LiveOwners.Row row = owners.of(block.since());
        return new KmemFinding.Party(
                block.pfn(),
                block.frames(),
                block.since(),
                row == null ? "" : who(row.task(), row.cpu(), row.stamp()),
                row == null ? "" : stack(row.stack()));
    }

    /** "frame 0x2f", or "frames 0x40..0x43". */
    static String frames(long pfn, long frames) {
        return frames == 1
                ? String.format(Locale.ROOT, "frame 0x%x", pfn)
                : String.format(Locale.ROOT, "frames 0x%x..0x%x", pfn, pfn + frames - 1);
    }

    private String who(int task, int cpu, long stamp) {
        List<String> words = new ArrayList<>();
        if (task >= 0 && !anonymous) {
            words.add(task(task));
        }
        if (cpu >= 0) {
            words.add("CPU " + cpu);
        }
        if (stamp >= 0) {
            words.add("at " + time(stamp));
        }
        return String.join(", ", words);
    }

    /** A task, such that what it calls itself does nothing to a terminal. */
    String task(int task) {
        return anonymous || task < 0 ? "" : Printable.of(reader.tasks().text(task));
    }

    /** The task that asked for a block; empty if nobody knows, or is to. */
    String task(Block block) {
        if (HeldBefore.isBefore(block.since())) {
            return anonymous ? "" : Printable.of(before.of(block.since()).who());
        }
        LiveOwners.Row row = owners.of(block.since());
        return row == null ? "" : task(row.task());
    }

    /** The call chain that asked for a block; empty if nobody knows. */
    String stack(Block block) {
        if (HeldBefore.isBefore(block.since())) {
            return chain(before.of(block.since()).stack());
        }
        LiveOwners.Row row = owners.of(block.since());
        return row == null ? "" : stack(row.stack());
    }

    /** A call chain, a line for each call; empty if there is none. */
    String stack(int stack) {
        return stack < 0 ? "" : chain(reader.stacks().text(stack).strip());
    }

    /** A program's own calls stand in its file, whose name is often that of its task. */
    private String chain(String calls) {
        return anonymous ? calls.replaceAll("(?m) *\\((?!\\[kernel)[^)\n]*[/\\[][^)\n]*\\) *$", "") : calls;
    }

    /** A stamp as its clock prints it. */
    String time(long stamp) {
        return reader.shape().isCounter()
                ? Long.toString(stamp)
                : String.format(Locale.ROOT, "%d.%06d", stamp / 1_000_000_000, stamp % 1_000_000_000 / 1000);
    }
}
