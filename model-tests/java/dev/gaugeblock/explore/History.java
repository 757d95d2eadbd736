package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.condition.Always;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.story.Counterexample;
import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.highmem.Kmap;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.ZoneMarks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An execution of a litmus test as a trace: its operations on blocks and their mappings, with the steps in which they
 * began and ended.
 */
final class History {
    /** What a step notes when an operation ends in it. */
    private static final Pattern ENDED = Pattern.compile("(.+?)(?:: done| gives (\\S.*))");

    private static final Pattern FREE = Pattern.compile("free(?:-cold)? (\\S+)");
    private static final Pattern NUMBER = Pattern.compile("(\\d+)");
    /** What a step notes when the kmap window changes. */
    private static final Pattern ENTRY = Pattern.compile("entry of slot (\\d+): .* -> (?:frame (\\d+)|nothing)");

    private record Line(int call, int end, String event) {}

    private final LitmusTest test;
    private final List<Line> lines = new ArrayList<>();
    private final List<String> setUp = new ArrayList<>();
    /** What each variable holds: a frame, or nothing. */
    private final Map<Integer, Integer> values = new HashMap<>();

    private final Map<Integer, Integer> orders = new HashMap<>();
    /** The frame in each slot of the kmap window that has one. */
    private final Map<Integer, Integer> entries = new HashMap<>();

    private History(LitmusTest test) {
        this.test = test;
    }

    static History of(LitmusTest test, Counterexample execution) {
        History history = new History(test);
        history.machine();
        history.read(execution.rows());
        return history;
    }

    /** The file of events. */
    List<String> lines() {
        List<String> events = new ArrayList<>(setUp);
        lines.stream()
                .sorted(Comparator.comparingInt(Line::call).thenComparingInt(Line::end))
                .forEach(line -> events.add(line.event + ",'t0':" + line.call + ",'t1':" + line.end));
        List<String> file = new ArrayList<>(List.of("{'header':1,'scenario':'litmus','desc':'an execution','binary':"
                + "'reference','last_pkmap':" + test.machine().highmem.lastPkmap()
                + ",'hugetlb':false,'debug_highmem':false,'pae_window':false,"
                + "'source':'the explorer','declares':{'held':" + frames() + "},'config':{}}"));
        for (int i = 0; i < events.size(); i++) {
            file.add("{'i':" + i + "," + events.get(i) + "}");
        }
        return file.stream().map(line -> line.replace('\'', '"')).toList();
    }

    /** A CPU's lists may hold any number of free frames, also while a request on another is under way. */
    private int frames() {
        return test.machine().layout.endPfn() - test.machine().layout.startPfn();
    }

    // Before the programs start

    private void machine() {
        MachineSpec machine = test.machine();
        MemoryLayout node = machine.layout.node(0);
        setUp.add("'op':'zones','sizes':[" + node.spanned(0) + "," + node.spanned(1) + "," + node.spanned(2)
                + "],'node_start':" + node.startPfn());
        setUp.add("'op':'ncpu','n':" + machine.cpus);
        for (int pfn = machine.layout.startPfn(); pfn < machine.layout.endPfn(); pfn++) {
            if (machine.layout.isReserved(pfn)) {
                setUp.add("'op':'reserve','pfn':" + pfn + ",'count':1");
            }
        }
        setUp.add("'op':'bootq','mode':'" + machine.bootMode + "'");
        Simulation start = simulation(0);
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            ZoneMarks marks = start.allocator().memory().zone(zone).marks;
            setUp.add(
                    "'op':'wm','zone':" + zone + ",'v':[" + marks.min() + "," + marks.low() + "," + marks.high() + "]");
            setUp.add("'op':'lmr','zone':" + zone + ",'v':[" + marks.lowmemReserve(0) + "," + marks.lowmemReserve(1)
                    + "," + marks.lowmemReserve(2) + "]");
        }
        for (int done = 1; done <= test.before().size(); done++) {
            LitmusOperation operation = test.before().get(done - 1);
            Simulation now = simulation(done);
            noteEntries(now.highmem().kmap());
            PageFrame value = operation.kind == LitmusOperation.ALLOC ? now.value(operation.target) : null;
            String event = event(operation, 0, value == null ? "NULL" : value.toString());
            if (event != null) {
                boolean changesCounts = operation.kind == LitmusOperation.ALLOC || isFree(operation);
                setUp.add(changesCounts ? event + freeCounts(now) : event);
            }
        }
    }

    private Simulation simulation(int operationsBefore) {
        return new Simulation(
                test.machine(),
                test.before().subList(0, operationsBefore).toArray(new LitmusOperation[0]),
                test.programs().toArray(new Program[0]),
                test.variables().toArray(new String[0]),
                Always.NOTHING,
                new SequentialScheduler());
    }

    private static String freeCounts(Simulation simulation) {
        List<Integer> counts = new ArrayList<>();
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            counts.add(
                    simulation.allocator().memory().zone(zone).counts.freePages.peek());
        }
        return ",'fp':" + counts.toString().replace(" ", "");
    }

    private static boolean isFree(LitmusOperation operation) {
        return operation.kind == LitmusOperation.FREE || operation.kind == LitmusOperation.FREE_COLD;
    }

    private void noteEntries(Kmap kmap) {
        entries.clear();
        for (int slot = 0; slot < test.machine().highmem.lastPkmap(); slot++) {
            if (kmap.mappedPfn(slot) >= 0) {
                entries.put(slot, kmap.mappedPfn(slot));
            }
        }
    }

    // The programs

    private void read(List<Counterexample.Row> rows) {
        int[] began = new int[test.programs().size()];
        for (int step = 0; step < rows.size(); step++) {
            Counterexample.Row row = rows.get(step);
            for (String note : row.notes()) {
                noteEntry(ENTRY.matcher(note));
                Matcher ended = ENDED.matcher(note);
                if (!ended.matches()) {
                    continue; // a lock was released
                }
                LitmusOperation operation = operation(ended.group(1));
                Program program = test.programs().get(row.program());
                String event = operation == null ? null : event(operation, program.cpu, ended.group(2));
                if (event != null) {
                    lines.add(new Line(began[row.program()], step, event));
                }
                began[row.program()] = step;
            }
        }
    }

    private void noteEntry(Matcher entry) {
        if (entry.matches()) {
            int slot = Integer.parseInt(entry.group(1));
            if (entry.group(2) == null) {
                entries.remove(slot);
            } else {
                entries.put(slot, Integer.parseInt(entry.group(2)));
            }
        }
    }

    /** The address at which a frame is mapped: what the page table says when its kmap ends. */
    private long address(int pfn) {
        for (Map.Entry<Integer, Integer> entry : entries.entrySet()) {
            if (entry.getValue() == pfn) {
                return test.machine().highmem.pkmapAddress(entry.getKey());
            }
        }
        return HighmemLayout.PAGE_OFFSET + (long) PageFrame.SIZE * pfn;
    }

    /** The operation with a text: one of the programs', or a free in the course of a reclaim. */
    private LitmusOperation operation(String text) {
        for (Program program : test.programs()) {
            for (int i = 0; i < program.length(); i++) {
                if (program.operation(i).text.equals(text)) {
                    return program.operation(i);
                }
            }
        }
        Matcher free = FREE.matcher(text);
        int variable = free.matches() ? test.variables().indexOf(free.group(1)) : -1;
        return variable < 0
                ? null
                : new LitmusOperation(LitmusOperation.FREE, variable, 0, orders.getOrDefault(variable, 0), 0, text);
    }

    /**
     * What an operation on blocks or on their mappings says, and takes note of what it does to the variables;
     * {@code null} for any other.
     */
    private String event(LitmusOperation operation, int cpu, String result) {
        int variable = operation.target;
        Integer pfn = values.get(variable);
        switch (operation.kind) {
            case LitmusOperation.ALLOC -> {
                Matcher number = NUMBER.matcher(result);
                Integer frame = number.find() ? Integer.valueOf(number.group()) : null;
                values.put(variable, frame);
                orders.put(variable, operation.order);
                return "'op':'alloc','cpu':" + cpu + ",'gfp':" + operation.gfp + ",'order':" + operation.order
                        + ",'task':0,'r':" + frame;
            }
            case LitmusOperation.FREE, LitmusOperation.FREE_COLD -> {
                return pfn == null
                        ? null
                        : "'op':'free','cpu':" + cpu + ",'pfn':" + pfn + ",'order':" + operation.order;
            }
            case LitmusOperation.GET -> {
                return pfn == null ? null : "'op':'get','pfn':" + pfn;
            }
            case LitmusOperation.KMAP -> {
                return pfn == null ? null : "'op':'kmap','pfn':" + pfn + ",'r':" + address(pfn);
            }
            case LitmusOperation.KUNMAP -> {
                return pfn == null ? null : "'op':'kunmap','pfn':" + pfn + ",'irq':0";
            }
            default -> {
                return null;
            }
        }
    }
}
