package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.oracle.trace.Answers;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.reclaim.NodeBalance;
import dev.gaugeblock.reclaim.PageReclaim;
import dev.gaugeblock.reclaim.ZoneLru;
import java.util.ArrayList;
import java.util.List;

/** Replays the events about reclaim on a booted machine. */
final class ReclaimReplay {
    /** How often balance_pgdat may start over before it is given up: for ever, most likely. */
    private static final int MOST_RESTARTS = 3;

    private final Machine machine;

    ReclaimReplay(Machine machine) {
        this.machine = machine;
    }

    /** Carries out one event; as {@link Reference#apply}. */
    Answers apply(Operation operation, Event event) {
        return switch (operation) {
            case LRU -> setCounts(event);
            case FREEPAGES -> setFreePages(event);
            case DR -> reclaim(event);
            case BP -> balance(event);
            default -> throw new IllegalArgumentException(operation.spelling + " is not about reclaim");
        };
    }

    private Answers setCounts(Event event) {
        Zone zone = zone(event);
        ZoneLru lru = machine.lru[zone.number];
        lru.active.init(event.integer("active"));
        lru.inactive.init(event.integer("inactive"));
        zone.pagesScanned.init(event.integer("pages_scanned"));
        zone.allUnreclaimable.init(event.flag("all_unreclaimable") ? 1 : 0);
        if (event.has("scan")) {
            lru.scanActive.init(event.integers("scan")[0]);
            lru.scanInactive.init(event.integers("scan")[1]);
        }
        if (event.has("prio")) {
            zone.tempPriority.init(event.integers("prio")[0]);
            zone.prevPriority.init(event.integers("prio")[1]);
        }
        return new Answers();
    }

    private Answers setFreePages(Event event) {
        zone(event).counts.freePages.init(event.integer("n"));
        return new Answers();
    }

    private Answers reclaim(Event event) {
        int gfp = event.integer("gfp");
        if ((gfp & Gfp.ZONE_MASK) == (Gfp.DMA | Gfp.HIGHMEM)) {
            throw new IllegalArgumentException("gfp " + gfp + " asks for zonelist 3, which does not exist");
        }
        ScriptedShrinkers scripted = new ScriptedShrinkers(machine, event.integers("q"));
        PageReclaim reclaim = new PageReclaim(machine.allocator, machine.lru, scripted, scripted, scripted);
        int progress = reclaim.tryToFreePages(
                machine.node.zonelist(gfp & Gfp.ZONE_MASK), gfp, event.integer("order"), machine.process(0));
        return zones(new Answers().put("r", progress));
    }

    private Answers balance(Event event) {
        ScriptedShrinkers scripted = new ScriptedShrinkers(machine, event.integers("q"));
        NodeBalance balance = new NodeBalance(
                machine.node, machine.lru, scripted, scripted, machine.allocator.observer(), new RestartCounter());
        Answers answers = new Answers();
        try {
            answers.put("r", balance.balance(event.integer("nr"), event.integer("order"), machine.process(0)));
        } catch (StartsOverException e) {
            answers.put("r", "LOOP");
        }
        return zones(answers);
    }

    private Answers zones(Answers answers) {
        List<Object> zones = new ArrayList<>();
        for (int index = 0; index < Zone.COUNT; index++) {
            zones.add(state(machine.node.zone(index)).values());
        }
        return KernelCalls.addTrace(machine, answers).put("z", zones);
    }

    private Answers state(Zone zone) {
        ZoneLru lru = machine.lru[zone.number];
        return new Answers()
                .put("temp", zone.tempPriority.peek())
                .put("prev", zone.prevPriority.peek())
                .put("act", lru.active.peek())
                .put("inact", lru.inactive.peek())
                .put("scan_act", lru.scanActive.peek())
                .put("scan_inact", lru.scanInactive.peek())
                .put("scanned", zone.pagesScanned.peek())
                .put("unrecl", zone.allUnreclaimable.peek())
                .put("free", zone.counts.freePages.peek());
    }

    private Zone zone(Event event) {
        return machine.node.zone(event.integer("zone"));
    }

    /** balance_pgdat started over once too often. */
    private static final class StartsOverException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Gives a balance_pgdat up that starts over again and again: before it does, it offers its CPU to others. */
    private static final class RestartCounter extends SequentialScheduler {
        private int restarts;

        @Override
        public void condResched(Task task) {
            restarts++;
            if (restarts > MOST_RESTARTS) {
                throw new StartsOverException();
            }
        }
    }
}
