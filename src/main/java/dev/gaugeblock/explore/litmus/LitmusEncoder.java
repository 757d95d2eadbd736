package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.explore.harness.program.AllocatorMaker;
import dev.gaugeblock.explore.harness.program.BufferCall;
import dev.gaugeblock.explore.harness.program.DeviceSpec;
import dev.gaugeblock.explore.harness.program.Handling;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.program.ProcessSpec;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.harness.program.Reaction;
import dev.gaugeblock.explore.harness.program.SysctlWrite;
import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.mm.MachineLayout;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Writes a litmus test in the form that {@link dev.gaugeblock.explore.harness.pathfinder.LitmusDecoder} reads. */
public final class LitmusEncoder {
    /** What separates the arguments in a configuration of Java PathFinder, and so may not be in one. */
    private static final String SEPARATORS = ",;";

    private final List<String> lines = new ArrayList<>();

    private LitmusEncoder() {}

    /** The lines, one for each argument of the program. */
    public static List<String> encode(LitmusTest test) {
        LitmusEncoder encoder = new LitmusEncoder();
        encoder.machine(test.machine());
        test.variables().forEach(name -> encoder.line("variable", name));
        test.always()
                .forEach(condition -> encoder.line("always", condition.always().code()));
        encoder.line("before");
        test.before().forEach(encoder::operation);
        if (!test.after().isEmpty()) {
            encoder.line("after");
            test.after().forEach(encoder::operation);
        }
        test.programs().forEach(encoder::program);
        return encoder.lines;
    }

    private void machine(MachineSpec machine) {
        MachineLayout layout = machine.layout;
        MemoryLayout first = layout.node(0);
        HighmemLayout highmem = machine.highmem;
        line(
                "machine",
                machine.cpus,
                first.startPfn(),
                first.spanned(Zone.DMA),
                first.spanned(Zone.NORMAL),
                first.spanned(Zone.HIGHMEM),
                machine.bootMode,
                flag(machine.setUp),
                highmem.lastPkmap(),
                flag(highmem.isPae()),
                flag(highmem.isDebug()));
        otherNodes(machine);
        for (int zone = 0; zone < layout.nodes() * Zone.COUNT; zone++) {
            MemoryLayout node = layout.node(zone / Zone.COUNT);
            int holes = node.spanned(zone % Zone.COUNT) - node.present(zone % Zone.COUNT);
            if (holes > 0) {
                line("holes", zone, holes);
            }
        }
        for (int pfn = layout.startPfn(); pfn < layout.endPfn(); pfn++) {
            if (layout.isReserved(pfn)) {
                line("reserve", pfn, 1);
            }
        }
        for (MachineSpec.ZoneSetting setting : machine.settings) {
            line("set", setting.kind, setting.zone, setting.first, setting.second, setting.third);
        }
        AllocatorMaker allocator = machine.allocator;
        if (allocator != null) {
            line("allocator", allocator.getClass().getName(), allocator.className());
        }
        machine.locks.forEach(lock -> line("spinlock", lock));
        machine.processes.forEach(this::process);
        machine.without.forEach(id -> line("despite", id));
        if (machine.hugetlb) {
            line("hugetlb");
        }
        DeviceSpec device = machine.device;
        if (device != null) {
            line("device", flag(device.deferred), flag(device.failing), device.blockSize, device.ranges);
        }
    }

    private void otherNodes(MachineSpec machine) {
        MachineLayout layout = machine.layout;
        for (int i = 1; i < layout.nodes(); i++) {
            MemoryLayout node = layout.node(i);
            line(
                    "node",
                    node.startPfn(),
                    node.spanned(Zone.DMA),
                    node.spanned(Zone.NORMAL),
                    node.spanned(Zone.HIGHMEM));
        }
        for (int cpu = 0; cpu < machine.cpus; cpu++) {
            if (machine.nodeOfCpu[cpu] > 0) {
                line("home", cpu, machine.nodeOfCpu[cpu]);
            }
        }
        for (int from = 0; layout.isNuma() && from < layout.nodes(); from++) {
            for (int to = 0; to < layout.nodes(); to++) {
                line("distance", from, to, layout.distance(from, to));
            }
        }
    }

    private void process(@Nullable ProcessSpec process) {
        if (process != null) {
            line("process", process.pid, process.pages, flag(process.exits));
        }
    }

    private void program(Program program) {
        if (program.kswapd) {
            line("kswapd", program.cpu);
            return;
        }
        line(
                "program",
                program.cpu,
                flag(program.interrupt),
                flag(program.realTime),
                flag(program.memalloc),
                flag(program.memdie));
        if (!program.name.isEmpty()) {
            line("task", program.name);
        }
        if (program.handling != Handling.ONCE) {
            line("strikes", program.handling.least, program.handling.most, flag(program.handling.interruptible));
        }
        process(program.process);
        for (int i = 0; i < program.length(); i++) {
            operation(program.operation(i));
        }
        for (Reaction reclaim : program.reclaims()) {
            line("reclaim", flag(reclaim.progress));
            operations(reclaim);
        }
        for (Reaction kill : program.kills()) {
            line("kill");
            operations(kill);
        }
        if (program.process != null) {
            line("exit");
            operations(program.process.exit());
        }
    }

    private void operations(Reaction reaction) {
        for (int i = 0; i < reaction.length(); i++) {
            operation(reaction.operation(i));
        }
    }

    private void operation(LitmusOperation operation) {
        BufferCall call = operation.buffer;
        if (call != null) {
            line("buffer", call.kind, operation.target, call.block, call.length, call.flags, operation.text);
            return;
        }
        SysctlWrite write = operation.sysctl;
        if (write != null) {
            line("sysctl", write.kind, write.first, write.second, operation.text);
            return;
        }
        line("do", operation.kind, operation.target, operation.gfp, operation.order, operation.detail, operation.text);
    }

    private static int flag(boolean yes) {
        return yes ? 1 : 0;
    }

    private void line(Object... words) {
        String line = Stream.of(words).map(Object::toString).collect(Collectors.joining(" "));
        if (line.chars().anyMatch(c -> SEPARATORS.indexOf(c) >= 0)) {
            throw new IllegalArgumentException(
                    "\"" + line + "\" cannot be passed to Java PathFinder: it holds one of " + SEPARATORS);
        }
        lines.add(line);
    }
}
