package dev.gaugeblock.bench;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long the built-in explorer takes to exhaust a test: every invariant checked, assertions on. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-ea"})
@Warmup(iterations = 2)
@Measurement(iterations = 3)
@State(Scope.Benchmark)
public class ExplorerBenchmark {
    @Param({"DPOR", "DPOR_CACHE"})
    public Reduction reduction;

    private static final LitmusTest THREE_CPUS = LitmusParser.parse(
            "three-cpus-two-operations",
            """
            litmus three-cpus-two-operations
            "Three CPUs allocate and free a frame each."
            machine
              cpus 3
              zone DMA 8
            cpu 0
              p = alloc KERNEL 0
              free p
            cpu 1
              q = alloc KERNEL 0
              free q
            cpu 2
              r = alloc KERNEL 0
              free r
            """);

    private static final LitmusTest TWO_CPUS = LitmusParser.parse(
            "two-cpus-four-operations",
            """
            litmus two-cpus-four-operations
            "Two CPUs allocate a frame and a pair each, and free both."
            machine
              cpus 2
              zone DMA 8
            cpu 0
              a = alloc KERNEL 0
              b = alloc KERNEL 1
              free a
              free b
            cpu 1
              c = alloc KERNEL 0
              d = alloc KERNEL 1
              free c
              free d
            """);

    @Benchmark
    public Exploration threeCpusTwoOperations() {
        return exhaust(THREE_CPUS);
    }

    @Benchmark
    public Exploration twoCpusFourOperations() {
        return exhaust(TWO_CPUS);
    }

    private Exploration exhaust(LitmusTest test) {
        try (Explorer explorer = new Explorer(reduction)) {
            Exploration exploration = explorer.explore(test);
            if (exploration.verdict() != Verdict.HOLDS) {
                throw new IllegalStateException(test.name() + " is " + exploration.verdict() + ", not exhausted");
            }
            return exploration;
        }
    }
}
