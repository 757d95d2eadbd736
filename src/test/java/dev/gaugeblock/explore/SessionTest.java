package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.oracle.ContractCheck;
import dev.gaugeblock.oracle.FileVerdict;
import dev.gaugeblock.oracle.Ruling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Whatever is asked of the reference, it keeps to the contract, to its invariants, and to its statistics. */
class SessionTest {
    private static final Consumer<Simulation> SOUND = simulation -> {};
    private static final Session.Shape SMALL = new Session.Shape(0, 16, 8, 2, "blocks");

    @Provide
    Arbitrary<Session.Shape> shapes() {
        return Combinators.combine(
                        Arbitraries.of(0, 8, 20),
                        Arbitraries.of(1, 16, 40),
                        Arbitraries.of(0, 6, 16, 48),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of("blocks", "pages", "kernel"))
                .as(Session.Shape::new);
    }

    @Provide
    Arbitrary<List<SessionAction>> actions() {
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(8, Arbitraries.just(SessionAction.Kind.ALLOC)),
                                Tuple.of(4, Arbitraries.just(SessionAction.Kind.FREE)),
                                Tuple.of(3, Arbitraries.just(SessionAction.Kind.KMAP)),
                                Tuple.of(6, Arbitraries.of(SessionAction.Kind.class))),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 9999),
                        gfps(),
                        Arbitraries.frequencyOf(
                                Tuple.of(4, Arbitraries.integers().between(0, 2)),
                                Tuple.of(1, Arbitraries.integers().between(3, 11))))
                .as(SessionAction::new)
                .list()
                .ofMaxSize(60)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    /**
     * Every gfp that a caller may use: not both zone bits, and frames of HighMem are cleared by those alone who may
     * wait.
     */
    private static Arbitrary<Integer> gfps() {
        return Arbitraries.oneOf(
                        Arbitraries.of(
                                0, Gfp.HIGH, Gfp.DMA, Gfp.HIGHMEM, Gfp.HIGHMEM | Gfp.HIGH, Gfp.KERNEL | Gfp.NORETRY),
                        Arbitraries.integers().between(0, Gfp.MASK))
                .map(gfp -> (gfp & Gfp.ZONE_MASK) == Gfp.ZONE_MASK ? gfp & ~Gfp.DMA : gfp)
                .map(gfp -> (gfp & Gfp.HIGHMEM) != 0 && (gfp & Gfp.WAIT) == 0 ? gfp & ~Gfp.ZERO : gfp);
    }

    /** What the sessions must come to often enough, each in two of ten thousand actions. */
    private static final List<String> OUTCOMES = Stream.concat(
                    Arrays.stream(SessionAction.Kind.values()).map(Enum::toString),
                    Stream.of("ALLOC fails", "ALLOC sleeps", "KMAP sleeps"))
            .toList();

    @Property(seed = "7", edgeCases = EdgeCasesMode.NONE)
    void shouldKeepToTheContract(
            @ForAll("shapes") Session.Shape shape, @ForAll("actions") List<SessionAction> actions) {
        Session.run(shape, actions, SOUND).forEach(outcome -> Statistics.collect(outcome));
        Statistics.coverage(
                coverage -> OUTCOMES.forEach(outcome -> coverage.check(outcome).percentage(share -> share > 0.02)));
    }

    // Each part of the judgement finds a defect of its kind.

    private static SessionAction alloc(int order) {
        return new SessionAction(SessionAction.Kind.ALLOC, 0, 0, 0, order);
    }

    private static String found(Consumer<Simulation> defect, SessionAction... actions) {
        assertEquals(actions.length, Session.run(SMALL, List.of(actions), SOUND).size());
        return assertThrows(AssertionError.class, () -> Session.run(SMALL, List.of(actions), defect))
                .getMessage();
    }

    @Example
    void shouldFindAWrongCount() {
        String found = found(
                simulation -> simulation
                        .allocator()
                        .memory()
                        .zone(Zone.NORMAL)
                        .counts
                        .freePages
                        .init(3),
                alloc(1));
        assertTrue(found.startsWith("free_pages is 3") || found.contains("free lists"), found);
    }

    @Example
    void shouldFindALostBlock() {
        String found = found(simulation -> simulation.allocator().alloc(0, 2, simulation.task(0)), alloc(1));
        assertTrue(found.contains("which nobody has"), found);
    }

    @Example
    void shouldFindALiveBlockInTheFreeLists() {
        String found =
                found(simulation -> simulation.allocator().free(simulation.value(0), 1, simulation.task(0)), alloc(1));
        assertTrue(found.contains("frame 0 is free, which 1 holders have"), found);
    }

    @Example
    void shouldFindAWrongStatistic() {
        Consumer<Simulation> countsTwice = simulation -> simulation
                .allocator()
                .free(simulation.allocator().alloc(Gfp.HIGHMEM, 0, simulation.task(0)), 0, simulation.task(0));
        String found = found(countsTwice, alloc(1));
        assertTrue(found.startsWith("pgalloc of HighMem is 1, and should be 0"), found);
    }

    /** What is printed of a failure is a file that {@code check} reads. */
    @Example
    void shouldTellAFailureAsAScriptAndAsEvents() throws IOException {
        SessionAction free = new SessionAction(SessionAction.Kind.FREE, 1, 0, 0, 0);
        String found = found(
                simulation -> {
                    if (simulation.value(2) != null) {
                        simulation.allocator().alloc(0, 0, simulation.task(0));
                    }
                },
                alloc(1),
                free,
                alloc(0));
        assertTrue(found.contains("machine\n  cpus 2\n  zone Normal 16\n  zone HighMem 8\n"), found);
        assertTrue(found.contains("cpu 0\n  v0 = alloc 0x0 1\ncpu 1\n  free v0\ncpu 0\n  v2 = alloc 0x0 0\n"), found);
        Path file = Files.createTempFile("session", ".jsonl");
        try {
            Files.writeString(file, found.substring(found.indexOf("{\"header\"")));
            FileVerdict verdict = ContractCheck.check(file, Contract.Failures.RESOURCE_AWARE, false);
            assertEquals(Ruling.HOLDS, verdict.ruling(), verdict.reason());
            assertEquals(3, verdict.events());
        } finally {
            Files.delete(file);
        }
    }
}
