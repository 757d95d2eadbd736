package dev.gaugeblock.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptsTest {
    private final List<String> struck = new ArrayList<>();
    private final Cpu[] cpus = Cpu.create(2, new SequentialScheduler() {
        @Override
        protected void interruptible(Cpu cpu, Task task) {
            struck.add(cpu + (cpu.interrupts.areOff() ? " off" : " on"));
        }
    });
    private final Interrupts interrupts = cpus[0].interrupts;
    private final Task task = Task.process(cpus[0]);

    @Test
    void shouldBeOnAtFirst() {
        assertFalse(interrupts.areOff());
    }

    @Test
    void shouldNest() {
        boolean outer = interrupts.save(task);
        boolean inner = interrupts.save(task);
        assertTrue(outer);
        assertFalse(inner);

        interrupts.restore(inner, task);
        assertTrue(interrupts.areOff());
        interrupts.restore(outer, task);
        assertFalse(interrupts.areOff());
    }

    @Test
    void shouldLetAnInterruptStrikeBeforeTheyGoOffAndWhenTheyComeOn() {
        boolean outer = interrupts.save(task);
        assertEquals(List.of("CPU 0 on"), struck);
        boolean inner = interrupts.save(task);
        interrupts.restore(inner, task);
        assertEquals(List.of("CPU 0 on"), struck);

        interrupts.restore(outer, task);
        assertEquals(List.of("CPU 0 on", "CPU 0 on"), struck);
    }

    @Test
    void shouldRefuseToPutBackWhatNoSaveReturned() {
        boolean outer = interrupts.save(task);
        assertTrue(outer);
        boolean inner = interrupts.save(task);
        assertFalse(inner);
        LockMisuse on = assertThrows(LockMisuse.class, () -> interrupts.restore(true, task));
        assertEquals(
                "CPU 0 restores the interrupts of CPU 0 to on, but the matching save found them off", on.getMessage());
        interrupts.restore(inner, task);
        LockMisuse off = assertThrows(LockMisuse.class, () -> interrupts.restore(false, task));
        assertEquals(
                "CPU 0 restores the interrupts of CPU 0 to off, but the matching save found them on", off.getMessage());
        interrupts.restore(outer, task);
        LockMisuse again = assertThrows(LockMisuse.class, () -> interrupts.restore(true, task));
        assertEquals("CPU 0 restores the interrupt flag of CPU 0, which nobody has saved", again.getMessage());
    }

    @Test
    void shouldLeaveOtherCpusAlone() {
        interrupts.save(task);
        assertTrue(interrupts.areOff());
        assertFalse(cpus[1].interrupts.areOff());
    }

    @Test
    void shouldRefuseATaskOfAnotherCpu() {
        String message = "CPU 1 changes the interrupt flag of CPU 0, but it runs on CPU 1";
        Task foreign = Task.process(cpus[1]);
        assertEquals(
                message,
                assertThrows(LockMisuse.class, () -> interrupts.save(foreign)).getMessage());
        assertFalse(interrupts.areOff());

        interrupts.save(task);
        assertEquals(
                message,
                assertThrows(LockMisuse.class, () -> interrupts.restore(true, foreign))
                        .getMessage());
        assertTrue(interrupts.areOff());
    }

    @Test
    void shouldServeAHandlerOnTheirOwnCpu() {
        interrupts.set(false);
        Task handler = Task.interrupt(cpus[0]);
        assertFalse(interrupts.save(handler));
        interrupts.restore(false, handler);
        assertTrue(interrupts.areOff());
        interrupts.set(true);
        assertFalse(interrupts.areOff());
        assertEquals(List.of(), struck);
    }

    @Test
    void shouldRefuseANegativeCpuNumberOrNode() {
        assertEquals("CPU number -1 is below 0", refusal(-1, 0));
        assertEquals("node -2 of CPU 3 is below 0", refusal(3, -2));
    }

    private static String refusal(int id, int node) {
        return assertThrows(IllegalArgumentException.class, () -> new Cpu(id, node, new SequentialScheduler()))
                .getMessage();
    }
}
