package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.PerCpuPageset;
import dev.gaugeblock.mm.Watermark;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.oracle.trace.Answers;
import dev.gaugeblock.oracle.trace.Build;
import dev.gaugeblock.oracle.trace.Constants;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.EventForm;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.Script;
import java.util.List;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Replays events on the reference allocator and gives its answers to them. It takes the arguments from the event and
 * has no look at the event's answers.
 */
public final class Reference implements EventReplay {
    private static final Script NO_SCRIPT = Script.parse(List.of());

    private final Build build;
    private MachineSetup setup;

    /** The machine once it is booted, else {@code null}. */
    private @Nullable Machine machine;

    /** A reference whose machines run a kernel of the given build. */
    public Reference(Build build) {
        this.build = build;
        this.setup = new MachineSetup(build);
    }

    /**
     * Carries out one event, which {@link Operation#problem} has found nothing wrong with.
     *
     * @throws IllegalArgumentException if it asks for something that its machine does not have
     * @throws BeyondReferenceException if the reference cannot say what would happen
     */
    public Answers apply(Operation operation, Event event) {
        try {
            Machine running = machine;
            if (running != null) {
                running.surroundings.begin(NO_SCRIPT);
            }
            return dispatch(operation, event);
        } catch (ClassCastException e) {
            throw ruins("a list leads into another one: its links are broken");
        } catch (IllegalStateException e) {
            throw ruins(e.getMessage());
        }
    }

    /** A list that leads nowhere, or a block across its zone's edge: the original goes on with whatever is there. */
    private static BeyondReferenceException ruins(@Nullable String found) {
        return new BeyondReferenceException(
                "the memory of the machine is in ruins after misuse in this event or before: " + found);
    }

    @Override
    public EventForm form(Event event) {
        Operation operation = Operation.named(event.operation());
        if (operation == null) {
            throw new BeyondReferenceException(Operation.whyNotReplayed(event.operation()));
        }
        return operation.form;
    }

    @Override
    public Answers apply(Event event) {
        return apply(Objects.requireNonNull(Operation.named(event.operation()), "form() comes first"), event);
    }

    /** The booted machine, or {@code null}. */
    @Override
    public @Nullable Machine machine() {
        return machine;
    }

    private Answers dispatch(Operation operation, Event event) {
        return switch (operation) {
            case RESET -> reset();
            case BURST -> throw new BeyondReferenceException("a burst of threads is asked of running programs alone");
            case ZONES -> answered(() -> setup().zones(event.integers("sizes"), event.integer("node_start")));
            case NCPU -> answered(() -> setup().cpus(event.integer("n")));
            case HOLES -> answered(() -> setup().holes(event.integers("holes")));
            case RESERVE -> answered(() -> setup().reserve(event.integer("pfn"), event.integer("count")));
            case BOOT -> boot(event);
            case BOOTQ -> bootQuietly(event);
            case SETUP -> tune(() -> booted().tuning.initialise(booted().process(0)));
            case MINFREE -> tune(() -> booted().tuning.setMinFreeKbytes(event.integer("kb"), booted().process(0)));
            case RATIO -> ratio(event.integers("ratio_set"));
            case INFO -> StateAnswers.parameters(booted());
            case WM -> marks(event);
            case LMR -> reserves(event);
            case PCP -> bounds(event);
            case ALLOC -> alloc(event);
            case FREE -> free(event);
            case FREECOLD -> call(() -> booted().allocator.freeCold(frame(event), process(event)));
            case GET -> get(event);
            case DRAIN -> call(() -> booted().allocator.drain(process(event)));
            case RMQUEUE -> takeFromBuddyLists(event);
            case BUDDYFREE -> freeToBuddyLists(event);
            case WMOK -> testWatermark(event);
            case WMRAW -> inventCounts(event);
            case KSWAPD -> kswapd(event);
            case SETPAGE -> poke(event);
            case DIGEST -> StateAnswers.digest(booted());
            case DUMP -> StateAnswers.dump(booted());
            case PAGE -> StateAnswers.page(booted(), frame(event));
            case STAT -> StateAnswers.statistics(booted());
            case CONSTS -> new Answers().putAll(Constants.values());
            case KMAP, KUNMAP, KWAITERS, KADDR, KDUMP, KDIGEST, KATOMIC, KUNATOMIC, KTOPAGE, WTIDX ->
                new HighmemReplay(booted()).apply(operation, event);
            case LRU, FREEPAGES, DR, BP -> new ReclaimReplay(booted()).apply(operation, event);
            case BADNESS -> OomReplay.badness(event);
            case SELBAD -> OomReplay.choice(event);
            case KCONST -> Constants.highmem(build);
            case XFSCONST -> new Answers().putAll(Constants.ofBuffers());
            case XFSGFP -> Formulas.bufferMemory(event);
            case WTSIZE -> Formulas.waitTableSize(event);
            case HASH -> Formulas.hash(event);
            case SQRT -> Formulas.squareRoot(event);
        };
    }

    // Setting machines up

    private Answers reset() {
        setup = new MachineSetup(build);
        machine = null;
        return new Answers();
    }

    private MachineSetup setup() {
        if (machine != null) {
            throw new IllegalArgumentException("the machine is booted already: \"reset\" comes first");
        }
        return setup;
    }

    private Machine booted() {
        Machine running = machine;
        if (running == null) {
            throw new IllegalArgumentException("no machine is booted: \"boot\" or \"bootq\" comes first");
        }
        return running;
    }

    private Answers boot(Event event) {
        Machine made = setup().machine();
        machine = made;
        Answers answers = attempt(() -> made.free(event.text("mode")));
        boolean booted = !answers.has("r");
        KernelCalls.addTrace(made, answers);
        return booted ? answers.putAll(StateAnswers.parameters(made)).putAll(StateAnswers.digest(made)) : answers;
    }

    private Answers bootQuietly(Event event) {
        Machine made = setup().machine();
        machine = made;
        return attempt(() -> made.free(event.text("mode")));
    }

    private Answers tune(Runnable change) {
        Answers answers = attempt(change);
        return answers.has("r") ? answers : answers.putAll(StateAnswers.parameters(booted()));
    }

    private Answers ratio(int[] dmaAndNormal) {
        return tune(
                () -> booted().tuning.setRatio(dmaAndNormal[Zone.DMA], dmaAndNormal[Zone.NORMAL], booted().process(0)));
    }

    private Answers marks(Event event) {
        int[] v = event.integers("v");
        zone(event).marks.set(v[0], v[1], v[2]);
        return new Answers();
    }

    private Answers reserves(Event event) {
        int[] v = event.integers("v");
        for (int classZone = 0; classZone < Zone.COUNT; classZone++) {
            zone(event).marks.setLowmemReserve(classZone, v[classZone]);
        }
        return new Answers();
    }

    private Answers bounds(Event event) {
        int[] v = event.integers("v");
        for (int cpu = 0; cpu < booted().cpuCount(); cpu++) {
            PerCpuPageset pageset = zone(event).pageset(cpu);
            (event.flag("temp") ? pageset.coldAtRest() : pageset.hotAtRest()).setBounds(v[0], v[1], v[2]);
        }
        return new Answers();
    }

    // The allocator's own operations

    private Answers alloc(Event event) {
        int gfp = event.integer("gfp");
        Task task = booted().task(event.integer("cpu"), event.integer("task"));
        Script script = Script.of(event);
        booted().requireFits(script);
        booted().surroundings.begin(script);
        Answers answers = (gfp & Gfp.ZONE_MASK) == (Gfp.DMA | Gfp.HIGHMEM)
                // There is no such zonelist; the original would read past the end of its array.
                ? putFlags(new Answers().put("r", "INVALID"), task)
                : alloc(gfp, event.integer("order"), task);
        return KernelCalls.addTrace(booted(), answers).put("fp", booted().freePages());
    }

    private Answers alloc(int gfp, int order, Task task) {
        Answers block = new Answers();
        Answers ending =
                attempt(() -> putFlags(putFrame(block, booted().allocator.alloc(gfp, order, task)), task));
        return ending.putAll(block);
    }

    private static Answers putFlags(Answers answers, Task task) {
        return answers.put("pf", task.memalloc ? 1 : 0);
    }

    private Answers free(Event event) {
        return call(() -> booted().allocator.free(frame(event), event.integer("order"), process(event)));
    }

    private Answers get(Event event) {
        return new Answers().put("count", booted().allocator.get(frame(event), booted().process(0)));
    }

    private Answers takeFromBuddyLists(Event event) {
        Zone zone = zone(event);
        if (zone.spanned == 0) {
            throw new IllegalArgumentException("zone " + zone.name() + " has no frames, and so no free lists");
        }
        PageFrame block = booted().allocator.takeUnprepared(zone, event.integer("order"), booted().process(0));
        return putFrame(new Answers(), block).put("fp", booted().freePages());
    }

    private Answers freeToBuddyLists(Event event) {
        return call(
                () -> booted().allocator.freeUnreferenced(frame(event), event.integer("order"), booted().process(0)));
    }

    // Questions and pokes

    private Answers testWatermark(Event event) {
        Zone zone = zone(event);
        boolean ok = Watermark.isOk(
                zone,
                zone.counts.freePages.peek(),
                event.integer("order"),
                event.integer("mark"),
                event.integer("cls"),
                (event.flag("cth") ? Watermark.CAN_TRY_HARDER : 0) | (event.flag("high") ? Watermark.GFP_HIGH : 0),
                booted().process(0));
        return new Answers().put("r", ok ? 1 : 0);
    }

    /** Puts invented numbers into zone 0; its lists stay as they are. */
    private Answers inventCounts(Event event) {
        Zone zone = booted().node.zone(Zone.DMA);
        int[] blocks = event.integers("nr_free");
        zone.counts.freePages.init(event.integer("free_pages"));
        zone.marks.setLowmemReserve(Zone.DMA, event.integer("reserve"));
        for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
            zone.counts.freeBlocks(order).init(blocks[order]);
        }
        return new Answers();
    }

    private Answers kswapd(Event event) {
        booted().surroundings.setKswapdSleeps(event.flag("sleeping"));
        Answers answers =
                new Answers().put("max_order", booted().node.kswapdMaxOrder.peek());
        if (event.has("set_max")) {
            booted().node.kswapdMaxOrder.init(event.integer("set_max"));
        }
        return answers;
    }

    private Answers poke(Event event) {
        PageFrame frame = frame(event);
        frame.poke(event.number("set"), event.number("clear"));
        if (event.has("mapcount")) {
            frame.pokeMapcount(event.integer("mapcount"));
        }
        if (event.has("mapping")) {
            frame.pokeMapping(event.number("mapping"));
        }
        if (event.has("private")) {
            frame.pokePrivate(event.number("private"));
        }
        return new Answers();
    }

    // What the above have in common

    private Zone zone(Event event) {
        return booted().node.zone(event.integer("zone"));
    }

    private PageFrame frame(Event event) {
        return booted().memory.frame(event.integer("pfn"));
    }

    private Task process(Event event) {
        return booted().process(event.integer("cpu"));
    }

    private static Answers answered(Runnable change) {
        change.run();
        return new Answers();
    }

    /** Runs an operation of the allocator that answers {@code fp}. */
    private Answers call(Runnable kernelCode) {
        return KernelCalls.addTrace(booted(), attempt(kernelCode)).put("fp", booted().freePages());
    }

    /** Runs kernel code; the answers are those of a BUG, or none. */
    private Answers attempt(Runnable kernelCode) {
        return KernelCalls.attempt(booted(), kernelCode);
    }

    private static Answers putFrame(Answers answers, @Nullable PageFrame block) {
        return block == null ? answers.putNull("r") : answers.put("r", block.pfn);
    }
}
