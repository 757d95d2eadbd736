package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.harness.BufferUses;
import dev.gaugeblock.explore.litmus.BufferFlags;
import dev.gaugeblock.machine.Semaphore;
import dev.gaugeblock.pagebuf.BufferTarget;
import dev.gaugeblock.pagebuf.CachedPage;
import dev.gaugeblock.pagebuf.PageBuf;
import java.util.List;
import java.util.StringJoiner;

/** What a {@link Snapshot} tells of the page buffers of a test with a device. */
final class BufferTelling {
    private final Snapshot snapshot;
    private final BufferUses uses;

    private BufferTelling(Snapshot snapshot, BufferUses uses) {
        this.snapshot = snapshot;
        this.uses = uses;
    }

    static void tell(Snapshot snapshot, BufferUses uses) {
        BufferTelling telling = new BufferTelling(snapshot, uses);
        telling.tellLists(uses.target());
        uses.target().live().sorted().forEach(telling::tellBuffer);
        uses.cache().pages().forEach(telling::tellPage);
        for (PageBuf buffer : uses.referenced()) {
            snapshot.set("programs' references to " + buffer, Integer.toString(uses.referencesTo(buffer)));
        }
    }

    private void tellLists(BufferTarget target) {
        for (int i = 0; i < target.hash().chains(); i++) {
            put(target.hash().chain(i).buffers(), "the hash chain bt_hash[" + i + "]");
        }
        put(target.delayed().buffers(), "the queue of delayed writes");
        put(target.work().buffers(), "the queue of completions for a thread to run");
        put(uses.device().buffers(), "the device's list of what is under way");
    }

    private void put(List<PageBuf> buffers, String list) {
        buffers.forEach(buffer -> snapshot.put(buffer.toString(), list));
    }

    /** Words by the names that the steps have for them. */
    private void tellBuffer(PageBuf buffer) {
        snapshot.set(buffer.toString(), "there");
        for (String flag : BufferFlags.names(buffer.flags())) {
            snapshot.set("PBF_" + flag + " of " + buffer, "set");
        }
        setUnlessZero("hold of " + buffer, buffer.holds());
        setUnlessZero("io_remaining of " + buffer, buffer.ioRemaining());
        setUnlessZero("pin count of " + buffer, buffer.pins());
        setUnlessZero("error of " + buffer, buffer.error());
        snapshot.set(buffer.lock().toString(), lockText(buffer.lock()));
        setUnlessZero(buffer.ioDone().toString(), buffer.ioDone().count());
        snapshot.putWaiters(buffer.pinWaiters());
        if (buffer.pageCount() > 0) {
            snapshot.set("pages of " + buffer, pagesText(buffer));
        }
    }

    private void setUnlessZero(String name, int value) {
        if (value != 0) {
            snapshot.set(name, Integer.toString(value));
        }
    }

    static String lockText(Semaphore lock) {
        return switch (lock.count()) {
            case 0 -> "taken";
            case 1 -> "free";
            default -> "free " + lock.count() + " times over";
        };
    }

    private static String pagesText(PageBuf buffer) {
        StringJoiner text = new StringJoiner(", ");
        for (int i = 0; i < buffer.pageCount(); i++) {
            CachedPage page = buffer.page(i);
            text.add(page == null ? "none" : text(page));
        }
        return text.toString();
    }

    private void tellPage(CachedPage page) {
        snapshot.put(text(page), "the list of pages in the cache");
    }

    private static String text(CachedPage page) {
        return page + " (" + page.frame + ")";
    }
}
