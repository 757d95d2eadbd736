package dev.gaugeblock.kernel.log;

import dev.gaugeblock.kernel.rule.FreeBlocks;
import dev.gaugeblock.kernel.rule.ZoneType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a report prints of one zone. Filled while it is read; amounts are in kB as printed, until {@link #pages} is
 * asked.
 */
public final class ZoneDump {
    private static final long KB_OF_A_PAGE = 4;
    private static final long KB_OF_LARGEST = 4096;

    private final int node;
    private final ZoneType type;
    private final Map<String, Long> amounts = new LinkedHashMap<>();
    private final List<Long> reserve = new ArrayList<>();
    private final List<FreeBlocks> lists = new ArrayList<>();
    private long firstBlock = KB_OF_A_PAGE;
    private @Nullable Long printedSum;
    private long line;
    private boolean awaitsSum;
    private boolean listsEnded;
    private boolean listsBroken;
    private boolean reserveBroken;
    private boolean protections;
    private boolean seen;
    private boolean empty;

    ZoneDump(int node, ZoneType type) {
        this.node = node;
        this.type = type;
    }

    /** Its node, 0 if the dump does not say. */
    public int node() {
        return node;
    }

    public ZoneType type() {
        return type;
    }

    /** How people call it: {@code Normal}, {@code node 1 Normal}. */
    public String label() {
        return node == 0 ? type.label() : "node " + node + " " + type.label();
    }

    /** Whether its line with {@code free:} was found. */
    public boolean isSeen() {
        return seen;
    }

    /** Whether it has no memory at all. */
    public boolean isEmpty() {
        Long present = amounts.get("present");
        Long managed = amounts.get("managed");
        Long free = amounts.get("free");
        if (free != null && free > 0) {
            return false;
        }
        return empty || present != null && present == 0 || managed != null && managed == 0;
    }

    /** An amount, in pages; {@code null} if it is not printed, or cannot be read. */
    public @Nullable Long pages(String name) {
        Long amount = amounts.get(name);
        return amount == null ? null : amount / firstBlock;
    }

    /** The size of a page: that of its smallest free blocks, 4 kB if they are not printed. */
    public long kilobytesOfAPage() {
        return firstBlock;
    }

    /** The printed reserves, in pages, one for each kind of zone of the build; empty if there are none. */
    public List<Long> reserve() {
        return reserveBroken ? List.of() : reserve;
    }

    /**
     * Whether the reserves are those of kernels up to 2.6.10, where a zone keeps its mark from requests for itself,
     * too.
     */
    public boolean hasProtections() {
        return protections;
    }

    /** The free blocks of each order; {@code null} if they are not printed, or cannot be read. */
    public @Nullable List<FreeBlocks> lists() {
        return lists.isEmpty() || listsBroken ? null : lists;
    }

    /** Pages in the free blocks. */
    public long listed() {
        long sum = 0;
        for (int order = 0; order < lists.size(); order++) {
            sum += lists.get(order).count() << order;
        }
        return sum;
    }

    /** By how many pages the free blocks differ from {@code free}: the dump is not one moment. */
    public long margin(long free) {
        Long sum = printedSum;
        return Math.max(Math.abs(listed() - free), sum == null ? 0 : Math.abs(sum / firstBlock - free));
    }

    /** Whether the blocks add up to the sum behind them. A sum that is not printed is not compared. */
    public boolean addsUp() {
        Long sum = printedSum;
        return sum == null || sum == listed() * firstBlock;
    }

    // What the reader fills in

    boolean hasLists() {
        return !lists.isEmpty();
    }

    boolean hasReserve() {
        return !reserve.isEmpty();
    }

    void see() {
        seen = true;
    }

    /** The line that was read of it last. */
    long line() {
        return line;
    }

    void readIn(long number) {
        line = number;
    }

    /** Whether its free blocks ended with {@code =}, and their sum is still to come. */
    boolean awaitsSum() {
        return awaitsSum && !listsEnded;
    }

    void awaitSum() {
        awaitsSum = true;
    }

    boolean isListed() {
        return empty || !lists.isEmpty();
    }

    void setEmpty() {
        empty = true;
    }

    /** Notes an amount; {@code false} if it is another one than before, and neither can be believed. */
    boolean put(String name, long kilobytes) {
        Long before = amounts.putIfAbsent(name, kilobytes);
        if (before != null && before != kilobytes) {
            amounts.remove(name);
            return false;
        }
        return true;
    }

    void forget(String name) {
        amounts.remove(name);
    }

    void setProtections() {
        protections = true;
    }

    void addReserve(long pages) {
        reserve.add(pages);
    }

    void breakReserve() {
        reserveBroken = true;
    }

    /** The next order's blocks; {@code false} if they are not of twice the size of the last. */
    boolean addBlocks(long count, long kilobytes) {
        if (listsEnded) {
            return false;
        }
        if (lists.isEmpty()) {
            firstBlock = kilobytes;
        } else if (kilobytes != firstBlock << lists.size()) {
            listsBroken = true;
            return false;
        }
        lists.add(new FreeBlocks(count, ""));
        return true;
    }

    /** The letters behind the last blocks. */
    void setTypes(String types) {
        if (!lists.isEmpty() && !listsEnded) {
            FreeBlocks last = lists.get(lists.size() - 1);
            lists.set(lists.size() - 1, new FreeBlocks(last.count(), types));
        }
    }

    /**
     * Whether the first orders are missing. Where pages are larger than 4 kB, the largest blocks are larger than 4 MB,
     * so that the one is not taken for the other.
     */
    boolean lacksSmallest() {
        return !lists.isEmpty() && firstBlock != KB_OF_A_PAGE && firstBlock << lists.size() - 1 <= KB_OF_LARGEST;
    }

    void breakLists() {
        firstBlock = lacksSmallest() ? KB_OF_A_PAGE : firstBlock;
        listsBroken = true;
    }

    void endLists(long kilobytes) {
        printedSum = kilobytes;
        listsEnded = true;
    }

    boolean isListsEnded() {
        return listsEnded;
    }
}
