package dev.gaugeblock.oracle.trace;

import static dev.gaugeblock.oracle.trace.Field.optional;
import static dev.gaugeblock.oracle.trace.Field.required;
import static dev.gaugeblock.oracle.trace.Field.unlessGivenUp;
import static dev.gaugeblock.oracle.trace.FieldType.flag;
import static dev.gaugeblock.oracle.trace.FieldType.list;
import static dev.gaugeblock.oracle.trace.FieldType.number;
import static dev.gaugeblock.oracle.trace.FieldType.object;
import static dev.gaugeblock.oracle.trace.FieldType.oneOf;
import static dev.gaugeblock.oracle.trace.FieldType.outcome;
import static dev.gaugeblock.oracle.trace.FieldType.text;
import static dev.gaugeblock.oracle.trace.FieldType.tuple;

import dev.gaugeblock.contract.Limits;
import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.Zone;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The operations that the reference replays, each with its arguments and its answers. This is their one declaration
 * in the code; {@code spec/events.md} describes the same for people, and a test compares the two.
 *
 * <p>Arguments have ranges. Answers have none: a number that cannot be right is a wrong answer, not a file that
 * cannot be read.
 */
public enum Operation {
    RESET("reset", with()),
    ZONES("zones", with(required("sizes", list(Zone.COUNT, frames())), required("node_start", frames()))),
    NCPU("ncpu", with(required("n", number(1, Limits.MOST_REPLAYED_CPUS)))),
    HOLES("holes", with(required("holes", list(Zone.COUNT, frames())))),
    RESERVE("reserve", with(required("pfn", frames()), required("count", frames()))),
    BOOT("boot", with(bootMode()), mayBug(), with(trace()), parameters(), with(unlessGivenUp("d", text()))),
    BOOTQ("bootq", with(bootMode()), mayBug()),

    SETUP("setup", with(), mayBug(), parameters()),
    MINFREE("minfree", with(required("kb", number(0, Integer.MAX_VALUE))), mayBug(), parameters()),
    RATIO("ratio", with(required("ratio_set", list(2, number(1, Integer.MAX_VALUE)))), parameters()),
    WM("wm", with(zone(), required("v", list(3, frames())))),
    LMR("lmr", with(zone(), required("v", list(Zone.COUNT, frames())))),
    PCP("pcp", with(zone(), required("temp", flag()), required("v", list(3, frames())))),
    INFO("info", with(), parameters()),

    ALLOC(
            "alloc",
            with(
                    cpu(),
                    required("gfp", number(0, Gfp.MASK)),
                    required("order", number(0, Integer.MAX_VALUE)),
                    required("task", number(0, 15)),
                    optional("script", list(text()))),
            with(
                    required("r", outcome("BUG", "STUCK", "INVALID")),
                    optional("bug", text()),
                    unlessGivenUp("pf", number()),
                    trace(),
                    freePages())),
    FREE("free", with(cpu(), pfn(), order()), mayBug(), with(trace(), freePages())),
    FREECOLD("freecold", with(cpu(), pfn()), mayBug(), with(trace(), freePages())),
    GET("get", with(pfn()), with(required("count", number()))),
    DRAIN("drain", with(cpu()), mayBug(), with(trace(), freePages())),
    RMQUEUE("rmqueue", with(zone(), order()), with(required("r", outcome()), freePages())),
    BUDDYFREE("buddyfree", with(pfn(), order()), mayBug(), with(trace(), freePages())),
    BURST(
            "burst",
            with(
                    required("threads", number(1, Limits.MOST_CPUS)),
                    required("operations", number(1, Integer.MAX_VALUE)),
                    required("seed", number(0, Integer.MAX_VALUE))),
            with(optional("r", oneOf("BUG")))),

    WMOK(
            "wmok",
            with(
                    zone(),
                    order(),
                    required("mark", frames()),
                    required("cls", number(0, Zone.COUNT - 1)),
                    required("cth", flag()),
                    required("high", flag())),
            with(required("r", number()))),
    WMRAW(
            "wmraw",
            with(
                    required("free_pages", frames()),
                    required("reserve", frames()),
                    required("nr_free", list(BuddyLists.MAX_ORDER, frames())))),
    KSWAPD(
            "kswapd",
            with(required("sleeping", flag()), optional("set_max", number(0, BuddyLists.MAX_ORDER - 1))),
            with(required("max_order", number()))),
    SETPAGE(
            "setpage",
            with(
                    pfn(),
                    required("set", pageFlags()),
                    required("clear", pageFlags()),
                    optional("mapcount", number(-1, Integer.MAX_VALUE)),
                    optional("mapping", word()),
                    optional("private", word()))),

    DIGEST("digest", with(), with(required("d", text()))),
    DUMP("dump", with(), with(required("zones", list(Zone.COUNT, listsOfAZone())), required("d", text()))),
    PAGE("page", with(pfn()), numbers("flags", "zone", "_count", "_mapcount", "private", "mapping", "index")),
    STAT(
            "stat",
            with(),
            with(required("pgalloc", list(Zone.COUNT, number()))),
            numbers("pgfree", "allocstall", "nr_free_pages", "nr_free_buffer_pages", "nr_free_pagecache_pages")),
    CONSTS("consts", with(), numbers(Constants.names())),

    KMAP(
            "kmap",
            with(pfn(), optional("script", list(text()))),
            with(required("r", outcome("BUG", "BLOCKED")), optional("bug", text())),
            slot(),
            with(trace()),
            with(optional("kd", text()))),
    KUNMAP("kunmap", with(pfn(), required("irq", flag())), mayBug(), slot(), with(trace(), optional("kd", text()))),
    KWAITERS("kwaiters", with(required("n", number(0, 1000)))),
    KADDR("kaddr", with(pfn()), numbers("r", "bucket")),
    KDUMP(
            "kdump",
            with(),
            numbers("last"),
            with(
                    required("slots", list(list(2, number()))),
                    required("hash", list(tuple(number(), list(list(2, number()))))),
                    required("kd", text()))),
    KDIGEST("kdigest", with(), with(required("last", number()), required("kd", text()))),
    KATOMIC(
            "katomic",
            with(cpu(), pfn(), required("type", number(0, Integer.MAX_VALUE))),
            with(required("r", outcome("BUG")), optional("bug", text())),
            preemption()),
    KUNATOMIC(
            "kunatomic",
            with(cpu(), required("vaddr", word()), required("type", number(0, Integer.MAX_VALUE))),
            mayBug(),
            preemption()),
    KTOPAGE("ktopage", with(required("vaddr", number(HighmemLayout.PAGE_OFFSET, 0xffffffffL))), numbers("r")),
    KCONST("kconst", with(), numbers(Constants.highmemNames())),

    LRU(
            "lru",
            with(
                    zone(),
                    required("active", frames()),
                    required("inactive", frames()),
                    required("pages_scanned", frames()),
                    required("all_unreclaimable", flag()),
                    optional("scan", list(2, frames())),
                    optional("prio", list(2, number(0, Zone.DEF_PRIORITY))))),
    FREEPAGES("freepages", with(zone(), required("n", frames()))),
    DR(
            "dr",
            with(required("gfp", number(0, Gfp.MASK)), order(), required("q", list(frames()))),
            with(required("r", number())),
            reclaimed()),
    BP(
            "bp",
            with(required("nr", frames()), order(), required("q", list(frames()))),
            with(required("r", outcome("LOOP"))),
            reclaimed()),
    BADNESS(
            "badness",
            with(
                    required("has_mm", flag()),
                    required("vm", frames()),
                    required("child_vm", frames()),
                    required("nchild", number(0, 1000)),
                    required("utime", jiffies()),
                    required("stime", jiffies()),
                    required("start", number(0, Integer.MAX_VALUE)),
                    required("uptime", number(0, Integer.MAX_VALUE)),
                    required("nice", number(-20, 19)),
                    required("cap", word()),
                    required("uid", word()),
                    required("euid", word()),
                    required("adj", number(-16, 15))),
            numbers("r")),
    SELBAD("selbad", with(required("tasks", list(process()))), with(required("r", outcome("WAIT")))),

    XFSCONST("xfsconst", with(), numbers(Constants.bufferNames())),
    XFSGFP("xfsgfp", with(required("flags", word())), numbers("gfp", "km")),

    WTSIZE("wtsize", with(required("pages", number(0, Integer.MAX_VALUE))), numbers("size", "bits")),
    WTIDX("wtidx", with(pfn()), numbers("page", "zone", "idx")),
    HASH("hash", with(required("val", word()), required("bits", number(1, 31))), numbers("r")),
    SQRT("sqrt", with(required("x", word())), numbers("r"));

    private static final Map<String, Operation> BY_NAME = new HashMap<>();

    static {
        for (Operation operation : values()) {
            BY_NAME.put(operation.spelling, operation);
        }
    }

    /** The name in the files. */
    public final String spelling;

    /** The event's number, its operation and the arguments. */
    public final FieldSet questions;

    public final FieldSet answers;
    public final EventForm form;

    Operation(String spelling, Field[] arguments, Field[]... answers) {
        this.spelling = spelling;
        this.form = new EventForm(spelling, arguments, answers);
        this.questions = form.questions;
        this.answers = form.answers;
    }

    /** The operation of that name, or {@code null} if the reference replays none. */
    public static @Nullable Operation named(String name) {
        return BY_NAME.get(name);
    }

    /** Why {@link #named} knows no operation of that name. */
    public static String whyNotReplayed(String name) {
        return "operation " + JsonText.shown(name) + " is none that the reference knows of";
    }

    private static Field[] with(Field... fields) {
        return fields;
    }

    private static Field[] numbers(String... names) {
        return Arrays.stream(names).map(name -> required(name, number())).toArray(Field[]::new);
    }

    private static FieldType frames() {
        return number(0, Limits.MOST_FRAMES);
    }

    /** A number of 32 bits, unsigned. */
    private static FieldType word() {
        return number(0, 0xffffffffL);
    }

    /** Any of the 20 flags, but none of the zone bits: a frame never changes its zone. */
    private static FieldType pageFlags() {
        return number(0, (PageFlags.NOSAVE_FREE << 1) - 1);
    }

    /** How boot may free the memory. */
    static FieldType bootModes() {
        return oneOf("none", "blocks", "blocksdesc", "pages", "kernel");
    }

    private static Field bootMode() {
        return required("mode", bootModes());
    }

    private static Field zone() {
        return required("zone", number(0, Zone.COUNT - 1));
    }

    private static Field cpu() {
        return required("cpu", number(0, Limits.MOST_REPLAYED_CPUS - 1));
    }

    private static Field pfn() {
        return required("pfn", frames());
    }

    /** Order of a block that exists. */
    private static Field order() {
        return required("order", number(0, BuddyLists.MAX_ORDER - 1));
    }

    private static Field[] mayBug() {
        return with(optional("r", oneOf("BUG")), optional("bug", text()));
    }

    /** Where kmap put a frame, if it has a slot, and where its hand is. */
    private static Field[] slot() {
        return with(optional("nr", number()), optional("count", number()), required("last", number()));
    }

    /** What an atomic mapping leaves behind; after BUG, the slots of kmap instead of the preempt count. */
    private static Field[] preemption() {
        return with(optional("preempt", number()), trace(), optional("last", number()), optional("kd", text()));
    }

    private static Field trace() {
        return optional("tr", list(text()));
    }

    private static Field freePages() {
        return required("fp", list(Zone.COUNT, number()));
    }

    /** The parameters of the whole machine. */
    private static Field[] parameters() {
        return with(
                unlessGivenUp("zones", list(Zone.COUNT, parametersOfAZone())),
                unlessGivenUp("min_free_kbytes", number()),
                unlessGivenUp("ratio", list(2, number())),
                unlessGivenUp("zonelists", list(Zone.COUNT, list(number()))));
    }

    private static FieldType parametersOfAZone() {
        return object(
                required("name", text()),
                required("start", number()),
                required("spanned", number()),
                required("present", number()),
                required("free_pages", number()),
                required("min", number()),
                required("low", number()),
                required("high", number()),
                required("lowmem_reserve", list(Zone.COUNT, number())),
                required("hot", list(3, number())),
                required("cold", list(3, number())),
                required("wait_table_size", number()),
                required("wait_table_bits", number()),
                required("temp_priority", number()),
                required("prev_priority", number()));
    }

    /** What a reclaim called outside, and how it left the zones. */
    private static Field[] reclaimed() {
        FieldType zone =
                object(numbers("temp", "prev", "act", "inact", "scan_act", "scan_inact", "scanned", "unrecl", "free"));
        return with(trace(), required("z", list(Zone.COUNT, zone)));
    }

    /** What a process has run for in one mode: the sum of both fits 31 bits. */
    private static FieldType jiffies() {
        return number(0, 1 << 29);
    }

    /** A process for the OOM killer to choose from. */
    private static FieldType process() {
        return object(
                required("pid", number(0, Integer.MAX_VALUE)),
                required("vm", frames()),
                required("flags", word()),
                required("memdie", flag()));
    }

    private static FieldType listsOfAZone() {
        return object(
                required("free_pages", number()),
                required("free", list(list(number()))),
                required("pcp", list(list(2, list(number())))));
    }
}
