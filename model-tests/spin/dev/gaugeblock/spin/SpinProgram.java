package dev.gaugeblock.spin;

import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.program.MachineSpec.ZoneSetting;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.harness.program.Reaction;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a litmus test as the {@code program.h} that {@code gaugeblock.pml} includes. */
final class SpinProgram {
    /** What the model says of a litmus operation: {@code #define}s of {@code gaugeblock.pml}. */
    private static final Map<Integer, String> KINDS = Map.of(
            LitmusOperation.ALLOC, "ALLOC",
            LitmusOperation.FREE, "FREE",
            LitmusOperation.GET, "GET",
            LitmusOperation.DRAIN, "DRAIN",
            LitmusOperation.KMAP, "KMAP",
            LitmusOperation.KUNMAP, "KUNMAP");

    private static final int MAX_FRAMES = 64;

    private final LitmusTest test;
    private final StringBuilder constants = new StringBuilder();
    private final List<String> boot = new ArrayList<>();
    private int operations;
    private int tasks;

    /** The test has something that the model does not know; the message says what. */
    static final class BeyondTheModelException extends Exception {
        private static final long serialVersionUID = 1;

        BeyondTheModelException(String message) {
            super(message);
        }
    }

    private SpinProgram(LitmusTest test) {
        this.test = test;
    }

    /** The header's text. */
    static String of(LitmusTest test) throws BeyondTheModelException {
        return new SpinProgram(test).header();
    }

    private String header() throws BeyondTheModelException {
        MachineSpec machine = test.machine();
        MemoryLayout memory = machine.layout.node(0);
        requireThat(machine.layout.nodes() == 1, "several nodes");
        requireThat(machine.device == null, "page buffers");
        requireThat(machine.processes.isEmpty(), "processes");
        requireThat(machine.locks.isEmpty(), "spin locks of the test's own");
        requireThat(test.knownBad().orElse("deadlock").equals("deadlock"), "violations but deadlocks");
        requireThat(test.after().isEmpty(), "operations behind all programs");
        requireThat(!machine.setUp, "watermarks that boot computes");
        requireThat(machine.bootMode.equals("blocks"), "boot " + machine.bootMode);
        requireThat(memory.startPfn() == 0, "memory that does not start at frame 0");
        int zone = onlyZone(memory);
        int frames = memory.spanned(zone);
        requireThat(memory.present(zone) == frames, "holes");
        requireThat(frames <= MAX_FRAMES, "more than " + MAX_FRAMES + " frames");
        for (int pfn = 0; pfn < frames; pfn++) {
            requireThat(!memory.isReserved(pfn), "reserved frames");
        }
        define("CPUS", machine.cpus);
        define("FRAMES", frames);
        define("ORDERS", Integer.SIZE - Integer.numberOfLeadingZeros(frames));
        define("VARS", Math.max(1, test.variables().size()));
        settings(frames);
        define("HIGHMEM", zone == Zone.HIGHMEM ? 1 : 0);
        define("SLOTS", machine.highmem.lastPkmap());
        define("ZONE", quoted(Zone.name(zone)));
        define(
                "NAMES",
                "{" + test.variables().stream().map(SpinProgram::quoted).collect(Collectors.joining(",")) + "}");
        freeBlocks(frames);
        programs(zone);
        define(
                "HANDLERS",
                test.programs().stream().filter(program -> program.interrupt).count());
        define("TASKS", tasks);
        define("OPERATIONS", operations);
        return constants + "inline boot() {\n  " + String.join(";\n  ", boot) + "\n}\n";
    }

    private int onlyZone(MemoryLayout memory) throws BeyondTheModelException {
        int only = -1;
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            if (memory.spanned(zone) > 0) {
                requireThat(only < 0, "several zones");
                only = zone;
            }
        }
        return only;
    }

    /** Bounds and marks as the original has them for a small zone, unless the test says otherwise. */
    private void settings(int frames) throws BeyondTheModelException {
        int[] bounds = {2, 6, 1};
        int[] marks = {0, 0, 0};
        for (ZoneSetting setting : test.machine().settings) {
            int[] numbers = {setting.first, setting.second, setting.third};
            switch (setting.kind) {
                case ZoneSetting.HOT -> bounds = numbers;
                case ZoneSetting.MARKS -> marks = numbers;
                default -> requireThat(false, "\"" + setting + "\"");
            }
        }
        requireThat(bounds[2] > 0, "a batch of no frame");
        requireThat(bounds[1] + bounds[2] <= 4 * MAX_FRAMES && frames < 1024, "lists that long");
        define("LOW", bounds[0]);
        define("HIGH", bounds[1]);
        define("BATCH", bounds[2]);
        define("MARK_MIN", marks[0]);
        define("MARK_LOW", marks[1]);
    }

    /** The largest blocks, from frame 0 on: of each order at most one. */
    private void freeBlocks(int frames) {
        int pfn = 0;
        while (pfn < frames) {
            int size = Integer.highestOneBit(frames - pfn);
            boot.add("free_block(" + Integer.numberOfTrailingZeros(size) + ", " + pfn + ")");
            pfn += size;
        }
    }

    private void programs(int zone) throws BeyondTheModelException {
        Program[] all = test.programs().toArray(new Program[0]);
        for (int variable = 0; variable < test.variables().size(); variable++) {
            if (Program.isHandedOver(variable, all)) {
                boot.add("handed[" + variable + "] = 1");
            }
        }
        boolean waits = !test.before().isEmpty();
        List<String> runs = new ArrayList<>();
        boot.add("begun = " + (waits ? 0 : 1));
        if (waits) {
            int first = operations;
            Program boots = programOf(0, false);
            for (LitmusOperation operation : test.before()) {
                add(operation, zone, false);
            }
            add("START", 0, 0, "0");
            addAll(boots, zone);
            runs.add(run(0, first, 0, false));
        }
        for (Program program : test.programs()) {
            requireThat(!program.kswapd && program.process == null, "kswapd or processes");
            requireThat(program.name.isEmpty(), "several tasks or handlers of a CPU");
            requireThat(
                    program.handling.least == 1 && program.handling.most == 1, "a handler that does not strike once");
            requireThat(!program.memalloc && !program.memdie, "memalloc or memdie");
            requireThat(program.reclaims().isEmpty() && program.kills().isEmpty(), "reactions");
            if (!program.interrupt && !(waits && program.cpu == 0)) {
                int first = operations;
                addAll(program, zone);
                runs.add(run(program.cpu, first, 0, waits));
            }
        }
        int handled = tasks;
        List<Program> handlers =
                test.programs().stream().filter(program -> program.interrupt).toList();
        for (Program handler : handlers) {
            int first = operations;
            addAll(handler, zone);
            int nobody = handled + handlers.size() + 1;
            runs.add(run(handler.cpu, first, pidOf(handler.cpu, runs, nobody), false));
        }
        boot.addAll(runs);
    }

    private Program programOf(int cpu, boolean interrupt) {
        for (Program program : test.programs()) {
            if (program.cpu == cpu && program.interrupt == interrupt) {
                return program;
            }
        }
        return new Program(
                cpu, interrupt, false, false, false, new LitmusOperation[0], new Reaction[0], new Reaction[0]);
    }

    /** Spin numbers processes in the order in which they are started; init is 0. */
    private static int pidOf(int cpu, List<String> runs, int nobody) {
        for (int i = 0; i < runs.size(); i++) {
            if (runs.get(i).matches("run task\\(\\d+, " + cpu + ", .*")) {
                return i + 1;
            }
        }
        return nobody;
    }

    private String run(int cpu, int first, int interrupted, boolean waits) {
        return "run task(" + tasks++ + ", " + cpu + ", " + first + ", " + operations + ", " + interrupted + ", "
                + (waits ? 1 : 0) + ")";
    }

    private void addAll(Program program, int zone) throws BeyondTheModelException {
        for (int i = 0; i < program.length(); i++) {
            boolean urgent = program.realTime && !program.interrupt;
            requireThat(!program.interrupt || !isMapping(program.operation(i)), "kmap in an interrupt");
            add(program.operation(i), zone, urgent);
        }
    }

    private static boolean isMapping(LitmusOperation operation) {
        return operation.kind == LitmusOperation.KMAP || operation.kind == LitmusOperation.KUNMAP;
    }

    private void add(LitmusOperation operation, int zone, boolean urgent) throws BeyondTheModelException {
        String kind = KINDS.get(operation.kind);
        requireThat(kind != null, "\"" + operation + "\"");
        if (isMapping(operation) && zone != Zone.HIGHMEM) {
            return; // a low frame has an address anyway
        }
        String bits = "0";
        if (operation.kind == LitmusOperation.ALLOC) {
            int gfp = operation.gfp;
            requireThat((gfp & (Gfp.COLD | Gfp.COMP | Gfp.ZERO)) == 0, "\"" + operation + "\"");
            requireThat(zone != Zone.HIGHMEM || (gfp & Gfp.HIGHMEM) != 0, "a request that no zone serves");
            requireThat(zone != Zone.NORMAL || (gfp & Gfp.DMA) == 0, "a request that no zone serves");
            requireThat(1 << operation.order <= MAX_FRAMES, "order " + operation.order);
            boolean waits = (gfp & Gfp.WAIT) != 0;
            bits = (waits ? "WAITS" : "0")
                    + ((gfp & Gfp.HIGH) != 0 ? " | DEEPER" : "")
                    + (urgent || !waits ? " | HARDER" : "");
        }
        add(kind, Math.max(0, operation.target), operation.order, bits);
    }

    private void add(String kind, int variable, int order, String bits) {
        boot.add("operation(" + operations++ + ", " + kind + ", " + variable + ", " + order + ", " + bits + ")");
    }

    private void define(String name, Object value) {
        constants.append("#define ").append(name).append(' ').append(value).append('\n');
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static void requireThat(boolean known, String what) throws BeyondTheModelException {
        if (!known) {
            throw new BeyondTheModelException("the model does not know " + what);
        }
    }
}
