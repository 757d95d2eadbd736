package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.condition.Always;
import dev.gaugeblock.explore.harness.program.AllocatorMaker;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.machine.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a litmus file says.
 *
 * @param file what the test was read from, as its reader would name it
 * @param name lower case with hyphens, the file's name without its ending
 * @param story what the test shows, in a sentence or two
 * @param machine what it runs on
 * @param variables names of the variables; an operation's target is an index into this list
 * @param before operations that CPU 0 runs alone before the programs start
 * @param programs the concurrent programs, in the order of the file
 * @param after operations that CPU 0 runs alone when all programs rest
 * @param sometimes conditions that at least one execution must meet
 * @param never conditions that no execution may meet
 * @param always conditions that every state meets in which the guards of what they look at are free
 * @param outcomes the number of distinct outcomes, if the file states it
 * @param knownBad the violation that this test must show, by invariant id or kind, if it is about a limit of the design
 * @param knownBadWhereStoresWait likewise, but only on a machine whose stores wait in buffers: elsewhere it must not
 *     show
 * @param knownSince since which release that has been known, and where it was fixed, if the file says so
 * @param reduction under which the test is explored where nobody asks for another; empty where any will do
 * @param notJudged lines of the file that this test does not hold anybody to, as the file has them
 * @param source the lines of the file, for whoever points at one
 */
public record LitmusTest(
        String file,
        String name,
        String story,
        MachineSpec machine,
        List<String> variables,
        List<LitmusOperation> before,
        List<Program> programs,
        List<LitmusOperation> after,
        List<Condition> sometimes,
        List<Condition> never,
        List<Condition> always,
        OptionalInt outcomes,
        Optional<String> knownBad,
        Optional<String> knownBadWhereStoresWait,
        Optional<String> knownSince,
        Optional<Reduction> reduction,
        List<String> notJudged,
        List<String> source) {

    /** All that it is held to. */
    public List<Condition> conditions() {
        return Stream.of(sometimes, never, always).flatMap(List::stream).toList();
    }

    /** Whether some condition is about who has slept. */
    public boolean asksWhoSlept() {
        return conditions().stream().anyMatch(Condition::asksWhoSlept);
    }

    /** Whether a program assigns a variable that another uses. */
    public boolean handsOver() {
        Program[] all = programs.toArray(new Program[0]);
        return IntStream.range(0, variables.size()).anyMatch(variable -> Program.isHandedOver(variable, all));
    }

    /**
     * Boots its machine anew and runs the operations of {@code before}; its programs have still to run.
     *
     * @throws RuntimeException or {@link AssertionError} for whatever goes wrong on the way
     */
    public Simulation boot(Scheduler scheduler) {
        Simulation booted = new Simulation(
                machine,
                before.toArray(new LitmusOperation[0]),
                programs.toArray(new Program[0]),
                variables.toArray(new String[0]),
                always.stream().map(Condition::always).toArray(Always[]::new),
                scheduler);
        booted.endWith(after.toArray(new LitmusOperation[0]));
        return booted;
    }

    /**
     * The same test for an allocator that keeps to the contract alone: nobody is held to sometimes, never and outcomes,
     * and the known violation need not occur. To what the test says is always so, it is held.
     */
    public LitmusTest forContract() {
        List<String> lines = new ArrayList<>();
        sometimes.forEach(condition -> lines.add("sometimes " + condition.text()));
        never.forEach(condition -> lines.add("never " + condition.text()));
        outcomes.ifPresent(number -> lines.add("outcomes " + number));
        knownBad.ifPresent(known -> lines.add("known-bad " + known));
        if (knownBad.isEmpty()) {
            knownBadWhereStoresWait.ifPresent(known -> lines.add("known-bad " + known + " under x86-tso"));
        }
        return new LitmusTest(
                file,
                name,
                story,
                machine,
                variables,
                before,
                programs,
                after,
                List.of(),
                List.of(),
                always,
                OptionalInt.empty(),
                knownBad,
                knownBadWhereStoresWait,
                knownSince,
                reduction,
                lines,
                source);
    }

    /** The same test where the violation that it is known for must not show. */
    public LitmusTest withoutKnownBad() {
        return new LitmusTest(
                file,
                name,
                story,
                machine,
                variables,
                before,
                programs,
                after,
                sometimes,
                never,
                always,
                outcomes,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                reduction,
                notJudged,
                source);
    }

    /** The same test for a machine whose stores wait in buffers. */
    public LitmusTest whereStoresWait() {
        return with(file, machine, knownBad.or(() -> knownBadWhereStoresWait));
    }

    /** The same test on a machine with the allocator of somebody else. */
    public LitmusTest on(AllocatorMaker allocator) {
        return with(file, machine.withAllocator(allocator), knownBad);
    }

    /** The same test with more invariants of the catalogue switched off, by their ids. */
    public LitmusTest without(List<String> invariants) {
        return with(
                file,
                machine.without(Stream.concat(machine.without.stream(), invariants.stream())
                        .distinct()
                        .toList()),
                knownBad);
    }

    /** The same test under another name of its file. */
    public LitmusTest in(String otherFile) {
        return with(otherFile, machine, knownBad);
    }

    private LitmusTest with(String itsFile, MachineSpec itsMachine, Optional<String> known) {
        return new LitmusTest(
                itsFile,
                name,
                story,
                itsMachine,
                variables,
                before,
                programs,
                after,
                sometimes,
                never,
                always,
                outcomes,
                known,
                knownBadWhereStoresWait,
                knownSince,
                reduction,
                notJudged,
                source);
    }
}
