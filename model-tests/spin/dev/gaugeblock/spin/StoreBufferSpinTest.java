package dev.gaugeblock.spin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.shapes.MemoryShape;
import dev.gaugeblock.explore.shapes.ShapeMachine;
import dev.gaugeblock.explore.state.MemoryModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's store buffers against a model of them in Promela, by the shapes of the literature. */
@EnabledIfSystemProperty(named = "gaugeblock.spin", matches = "true")
class StoreBufferSpinTest {
    private static final Path MODEL = Path.of("model-tests/spin/store-buffers.pml");
    /** As many as the model has room for. */
    private static final int CPUS = 4;

    @TempDir
    private Path folder;

    private int runs;

    @TestFactory
    Stream<DynamicTest> shouldEndAsTheModelDoes() {
        return MemoryShape.ALL.stream()
                .map(shape -> DynamicTest.dynamicTest(shape.name(), () -> {
                    for (MemoryModel memory : MemoryModel.values()) {
                        assertEquals(
                                ends(shape, memory, Files.readString(MODEL)),
                                ShapeMachine.ends(shape, memory, Reduction.DPOR),
                                shape.name() + " under " + memory);
                    }
                }));
    }

    /** A model whose loads do not see their own CPU's stores is another machine. */
    @Test
    void shouldDifferWhereTheModelIsWrong() throws Exception {
        MemoryShape forwards = MemoryShape.ALL.get(MemoryShape.ALL.size() - 1);
        String wrong = Files.readString(MODEL).replace("-> loaded[r] = value[c * SIZE + i] :: else", "-> skip :: else");
        assertNotEquals(
                ends(forwards, MemoryModel.X86_TSO, wrong),
                ShapeMachine.ends(forwards, MemoryModel.X86_TSO, Reduction.DPOR));
    }

    /** The programs of docs/findings.md: what they count is up to the processor, but not that a fence mends it. */
    @ParameterizedTest
    @ValueSource(strings = {"order-unheard", "two-zones"})
    void shouldNeverGoWrongWithAFence(String program) throws Exception {
        Path source = Path.of("model-tests/c", program + ".c").toAbsolutePath();
        Spin.run(folder, List.of("cc", "-O2", "-Wall", "-Werror", "-pthread", "-o", program, source.toString()));
        List<String> lines = Spin.run(folder, List.of("./" + program, "20000"));
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.get(1).matches("fence 1: of 20000 rounds, .*: 0"), lines.toString());
    }

    private SortedSet<String> ends(MemoryShape shape, MemoryModel memory, String model) throws Exception {
        Path here = Files.createDirectory(folder.resolve("spin" + runs++));
        Spin.Found found = Spin.search(model, header(shape, memory), here);
        assertEquals("", found.error());
        SortedSet<String> ends = new TreeSet<>();
        for (String outcome : found.outcomes()) {
            int[] numbers = Stream.of(outcome.replace("| ", "").split(" "))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            int[] registers = Arrays.copyOf(numbers, numbers.length - MemoryShape.WORDS.size());
            int[] words = Arrays.copyOfRange(numbers, registers.length, numbers.length);
            ends.add(shape.end(registers, words));
        }
        return ends;
    }

    private static String header(MemoryShape shape, MemoryModel memory) {
        int cpus = shape.cpus().size();
        StringBuilder header = new StringBuilder("#define HANDLERS 0\n#define CPUS " + cpus + "\n#define REGISTERS "
                + shape.firstRegister(cpus) + "\n#define WAIT " + (memory.buffersStores() ? 1 : 0) + "\n");
        for (int cpu = 0; cpu < CPUS; cpu++) {
            header.append("#define PROGRAM").append(cpu);
            int register = cpu < cpus ? shape.firstRegister(cpu) : 0;
            String separator = " ";
            for (MemoryShape.Access access : cpu < cpus ? shape.cpus().get(cpu) : List.<MemoryShape.Access>of()) {
                header.append(separator).append(statement(access, cpu, register));
                register += access.kind() == MemoryShape.Kind.LOAD ? 1 : 0;
                separator = "; ";
            }
            header.append(cpu < cpus ? "\n" : " skip\n");
        }
        return header.toString();
    }

    private static String statement(MemoryShape.Access access, int cpu, int register) {
        String store = "store(" + access.word() + ", " + access.value() + ")";
        return switch (access.kind()) {
            case STORE -> store;
            case LOAD -> "load(" + access.word() + ", " + register + ")";
            case XCHG -> "xchg(" + access.word() + ", " + access.value() + ")";
            case BARRIER -> "mb()";
            case LOCKED -> "lock(" + (2 + cpu) + "); " + store + "; unlock(" + (2 + cpu) + ")";
        };
    }
}
