package dev.gaugeblock.reclaim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Gfp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutOfMemoryTest {
    private final SequentialScheduler scheduler = new SequentialScheduler();
    private final Task task = Task.process(Cpu.create(1, scheduler)[0]);
    private final List<String> calls = new ArrayList<>();

    private Process process(int pid, int pages) {
        return new Process(pid, pid, new AddressSpace(pages), scheduler);
    }

    private OutOfMemory kill(Process... processes) {
        OutOfMemory killer = new OutOfMemory(processes, () -> 0, new Noted());
        killer.outOfMemory(Gfp.KERNEL, task);
        return killer;
    }

    @Test
    void shouldKillTheLargestButNotInit() {
        Process largest = process(3, 20);

        OutOfMemory killer = kill(process(1, 100), process(2, 10), largest, process(4, 20));

        assertEquals(List.of("kill 3", "sleep"), calls);
        assertEquals(1, largest.memdie().peek());
        assertEquals(1000, largest.timeSlice());
        assertNull(killer.initSpared());
        assertNull(killer.oneVictimAtATime());
    }

    @Test
    void shouldWaitForOneThatIsDying() {
        Process dying = process(2, 10);
        dying.flags().init(Process.EXITING);

        kill(process(3, 20), dying);

        assertEquals(List.of("sleep"), calls);
    }

    @Test
    void shouldKillTheNextWhenTheFirstIsDead() {
        Process dead = process(2, 50);
        dead.memdie().init(1);
        dead.flags().init(Process.EXITING | Process.DEAD);
        dead.giveUpMemory(task);

        kill(dead, process(3, 20));

        assertEquals(List.of("kill 3", "sleep"), calls);
    }

    @Test
    void shouldKillAChildWithMemoryOfItsOwnFirst() {
        Process parent = process(2, 50);
        parent.addChild(process(3, 1));

        kill(parent);

        assertEquals(List.of("kill 3", "sleep"), calls);
    }

    @Test
    void shouldKillAllThatShareTheMemory() {
        AddressSpace shared = new AddressSpace(50);
        Process one = new Process(2, 2, shared, scheduler);
        Process thread = new Process(3, 2, shared, scheduler);
        Process other = new Process(4, 4, shared, scheduler);

        OutOfMemory killer = kill(one, thread, other);

        assertEquals(List.of("kill 2", "kill 4", "sleep"), calls);
        assertNull(killer.oneVictimAtATime());
    }

    @Test
    void shouldPanicWithNobodyToKill() {
        KernelBug panic = assertThrows(KernelBug.class, () -> kill(process(1, 10)));
        assertEquals("panic", panic.word);
    }

    @Test
    void shouldNotLookForEverWhereNobodyHasMemory() {
        KernelBug bug = assertThrows(KernelBug.class, () -> kill(new Process(2, 2, null, scheduler)));
        assertEquals("no_memory_to_free", bug.word);
    }

    @Test
    void shouldNoticeVictimsThatItMustNotHave() {
        Process init = process(1, 10);
        Process first = process(2, 10);
        Process second = process(3, 10);
        OutOfMemory killer = new OutOfMemory(new Process[] {init, first, second}, () -> 0, new Noted());
        first.memdie().init(1);
        assertNull(killer.oneVictimAtATime());

        second.memdie().init(1);
        init.memdie().init(1);

        assertEquals("process 1 has TIF_MEMDIE", killer.initSpared());
        assertEquals(
                "process 1 and process 2 have TIF_MEMDIE, and both still have their memory", killer.oneVictimAtATime());
    }

    private final class Noted implements VictimsEnd {
        @Override
        public void killed(Process process, Task killer) {
            calls.add("kill " + process.pid);
        }

        @Override
        public void await(Task sleeper) {
            calls.add("sleep");
        }
    }
}
