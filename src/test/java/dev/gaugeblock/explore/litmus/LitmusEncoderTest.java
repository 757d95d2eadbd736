package dev.gaugeblock.explore.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gaugeblock.explore.harness.condition.Always;
import dev.gaugeblock.explore.harness.pathfinder.LitmusDecoder;
import dev.gaugeblock.explore.harness.program.BufferCall;
import dev.gaugeblock.explore.harness.program.DeviceSpec;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.program.ProcessSpec;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.harness.program.Reaction;
import dev.gaugeblock.explore.harness.program.SysctlWrite;
import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.Zone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LitmusEncoderTest {
    private static final String EVERYTHING =
            """
            litmus everything
            "Whatever a file can say."
            machine
              cpus 3
              start 16
              zone DMA 8 holes 2
              zone Normal 16 holes 1
              zone HighMem 4
              reserved 17 2
              reserved 40 1
              boot blocks
              setup
              marks Normal 1 2 3
              reserve Normal 4 5 6
              percpu DMA hot 1 4 2
              percpu DMA cold 0 3 1
              pkmap 8
              highmem-debug
              hugetlb
              spinlock A
              spinlock B
              device deferred failing blocks 1024 ranges 2

            before
              x = alloc ATOMIC 1
              drain
            cpu 0 real-time
              p = alloc KERNEL 0
              on reclaim progress
                free x
                drain
              on reclaim nothing
                drain
              on oom
                drain
            cpu 1 memalloc
              q = alloc HIGHUSER 0
              kmap q
              write   q
              kunmap q
            cpu 2 memdie
              lock A
              lock B
              unlock B
              unlock A
              b = read-buf 8 16 LOCK | MAPPED
              mark b DELWRI | STALE
              relse b
              c = find-buf 3 1
            irq 1
              r = alloc ATOMIC 0
              kmap-atomic r IRQ1
              kunmap-atomic r IRQ1
              complete
            despite pcp-count
            despite buddy-links
            """;

    @Test
    void shouldLoseNothingOfTheShippedTests() throws IOException {
        List<LitmusTest> tests = LitmusSuite.shipped().tests();
        assertFalse(tests.isEmpty());
        tests.forEach(LitmusEncoderTest::assertLosesNothing);
    }

    @Test
    void shouldLoseNothingOfWhateverAFileCanSay() {
        assertLosesNothing(LitmusParser.parse("everything.litmus", EVERYTHING));
    }

    @Test
    void shouldLoseNothingOfSeveralNodes() {
        String nodes =
                """
                litmus nodes
                "Three nodes, one without a zone, and a gap."
                machine
                  cpus 3
                  node 0 cpu 2
                    distances 10 20 30
                    zone DMA 4 holes 2
                  node 1
                    distances 20 10 40
                  node 2 cpu 0 1
                    distances 30 40 11
                    start 16
                    zone Normal 8 holes 3
                    marks Normal 1 2 3
                  reserved 17 2
                  reserved 3 1
                cpu 0
                  p = alloc KERNEL 0
                """;
        assertLosesNothing(LitmusParser.parse("nodes.litmus", nodes));
        assertLosesNothing(LitmusParser.parse("nodes.litmus", nodes.replaceAll(" *distances.*\\n", "")));
    }

    @Test
    void shouldTellAMachineWithPaeFromOneWithout() {
        LitmusTest test = LitmusParser.parse("everything.litmus", EVERYTHING);
        MachineSpec machine = test.machine();
        MachineSpec withPae = new MachineSpec(
                machine.nodeOfCpu,
                machine.layout,
                machine.bootMode,
                machine.setUp,
                machine.settings,
                new HighmemLayout(8, true, false),
                machine.locks);

        assertLosesNothing(with(test, withPae, test.variables()));
    }

    @Test
    void shouldLeaveOutTheTextsWhereNobodyReadsThem() {
        LitmusTest test = LitmusParser.parse("everything.litmus", EVERYTHING);

        LitmusDecoder decoded = new LitmusDecoder(LitmusEncoder.encode(test).toArray(String[]::new), false);

        assertEquals("", decoded.programs()[1].operation(2).text);
        assertEquals(test.programs().get(1).operation(2).kind, decoded.programs()[1].operation(2).kind);
    }

    @Test
    void shouldRefuseATextThatJpfWouldTakeApart() {
        LitmusTest test = LitmusParser.parse("everything.litmus", EVERYTHING);
        for (String name : List.of("a,b", "a;b")) {
            List<String> names = new ArrayList<>(test.variables());
            names.set(0, name);
            assertEquals(
                    "\"variable " + name + "\" cannot be passed to Java PathFinder: it holds one of ,;",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> LitmusEncoder.encode(with(test, test.machine(), names)))
                            .getMessage());
        }
    }

    private static LitmusTest with(LitmusTest test, MachineSpec machine, List<String> variables) {
        return new LitmusTest(
                test.file(),
                test.name(),
                test.story(),
                machine,
                variables,
                test.before(),
                test.programs(),
                test.after(),
                test.sometimes(),
                test.never(),
                test.always(),
                test.outcomes(),
                test.knownBad(),
                test.knownBadWhereStoresWait(),
                test.knownSince(),
                test.reduction(),
                test.notJudged(),
                test.source());
    }

    private static void assertLosesNothing(LitmusTest test) {
        LitmusDecoder decoded = new LitmusDecoder(LitmusEncoder.encode(test).toArray(String[]::new), true);
        assertEquals(
                described(test.machine(), test.variables(), test.before(), test.programs())
                        + test.always().stream()
                                .map(condition -> condition.always().code())
                                .toList()
                        + test.after(),
                described(
                                decoded.machine(),
                                List.of(decoded.variables()),
                                List.of(decoded.before()),
                                List.of(decoded.programs()))
                        + Stream.of(decoded.always()).map(Always::code).toList()
                        + List.of(decoded.after()),
                test.name());
    }

    /** All that an engine takes from a test; not by the encoder, which could forget the same as the decoder. */
    private static String described(
            MachineSpec machine, List<String> variables, List<LitmusOperation> before, List<Program> programs) {
        StringBuilder all = new StringBuilder();
        all.append(machine.cpus).append(machine.bootMode).append(machine.setUp);
        all.append(machine.settings).append(machine.locks).append(variables).append(machine.without);
        all.append(Arrays.toString(machine.nodeOfCpu));
        for (int i = 0; i < machine.layout.nodes(); i++) {
            MemoryLayout node = machine.layout.node(i);
            all.append("\nnode ").append(node.startPfn());
            for (int zone = 0; zone < Zone.COUNT; zone++) {
                all.append("\nzone ").append(node.spanned(zone)).append('-').append(node.present(zone));
            }
            all.append("\nnuma ").append(machine.layout.isNuma());
            for (int to = 0; machine.layout.isNuma() && to < machine.layout.nodes(); to++) {
                all.append("\ndistance ").append(machine.layout.distance(i, to));
            }
        }
        for (int pfn = machine.layout.startPfn(); pfn < machine.layout.endPfn(); pfn++) {
            all.append(machine.layout.isReserved(pfn) ? "\nreserved " : "\nframe ")
                    .append(pfn);
        }
        machine.processes.forEach(process -> describe(all, process));
        all.append("\npkmap ").append(machine.highmem.lastPkmap());
        all.append(machine.highmem.isPae()).append(machine.highmem.isDebug());
        DeviceSpec device = machine.device;
        all.append(
                device == null
                        ? "\nno device"
                        : "\ndevice " + device.deferred + device.failing + device.blockSize + device.ranges);
        before.forEach(operation -> describe(all, operation));
        for (Program program : programs) {
            all.append('\n').append(program.title()).append(program.interrupt).append(program.realTime);
            all.append(program.memalloc).append(program.memdie);
            for (int i = 0; i < program.length(); i++) {
                describe(all, program.operation(i));
            }
            program.reclaims()
                    .forEach(reclaim -> describe(all.append("\nreclaim ").append(reclaim.progress), reclaim));
            program.kills().forEach(kill -> describe(all.append("\nkill"), kill));
            if (program.process != null) {
                describe(all, program.process);
            }
        }
        return all.toString();
    }

    private static void describe(StringBuilder all, ProcessSpec process) {
        all.append("\nprocess ")
                .append(process.pid)
                .append(' ')
                .append(process.pages)
                .append(process.exits);
        describe(all, process.exit());
    }

    private static void describe(StringBuilder all, Reaction reaction) {
        for (int i = 0; i < reaction.length(); i++) {
            describe(all, reaction.operation(i));
        }
    }

    private static void describe(StringBuilder all, LitmusOperation operation) {
        all.append("\n  ")
                .append(operation.kind)
                .append(' ')
                .append(operation.target)
                .append(' ');
        all.append(operation.gfp)
                .append(' ')
                .append(operation.order)
                .append(' ')
                .append(operation.detail);
        BufferCall call = operation.buffer;
        if (call != null) {
            all.append(" buffer ").append(call.kind).append(' ').append(call.block);
            all.append(' ').append(call.length).append(' ').append(call.flags);
        }
        SysctlWrite write = operation.sysctl;
        if (write != null) {
            all.append(" sysctl ").append(write.kind).append(' ').append(write.first);
            all.append(' ').append(write.second);
        }
        all.append(' ').append(operation.text);
    }
}
