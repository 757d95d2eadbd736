package dev.gaugeblock.machines;

import dev.gaugeblock.highmem.AtomicKmap;
import dev.gaugeblock.highmem.KmType;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machines.ModelRescue.Held;
import dev.gaugeblock.mm.PageFlags;
import java.util.ArrayList;
import java.util.List;

/** What a session maps, locks, waits for and writes back, and which of that is still to end. */
final class SessionMappings {
    /** A frame in an atomic window. */
    private record Window(int cpu, int type, Held block, long address) {}

    /** Windows of processes, which stay open over several steps. */
    private static final int[] TYPES = {KmType.BOUNCE_READ, KmType.USER1};

    private final Model model;
    private final RealMachine machine;
    private final SystemSession session;
    private final List<Window> windows = new ArrayList<>();
    /** Each with its mapping, its lock, its write-back that is under way. */
    private final List<Held> mapped = new ArrayList<>();

    private final List<Held> locked = new ArrayList<>();
    private final List<Held> written = new ArrayList<>();
    /** Asleep in an operation on it. */
    private final List<Held> awaited = new ArrayList<>();

    SessionMappings(Model model, RealMachine machine, SystemSession session) {
        this.model = model;
        this.machine = machine;
        this.session = session;
    }

    boolean isPossible(SessionStep.Kind kind) {
        return switch (kind) {
            case ATOMIC_MAP -> !session.held().isEmpty() && windows.size() < 2;
            case KUNMAP -> !mapped.isEmpty();
            case ATOMIC_UNMAP -> !windows.isEmpty();
            case UNLOCK_PAGE -> !locked.isEmpty();
            default -> !session.held().isEmpty();
        };
    }

    /** An operation came to its end after a sleep; what it gives is the session's. */
    void ended(String[] words) {
        int pfn = Integer.parseInt(words[1]);
        Held block =
                awaited.stream().filter(each -> each.pfn == pfn).findFirst().orElseThrow();
        awaited.remove(block);
        switch (words[0]) {
            case "kmap" -> mapped.add(block);
            case "lock" -> locked.add(block);
            default -> block.uses--;
        }
    }

    /** Does one of these things, on a CPU, or on one whose process may sleep. */
    String carryOut(SessionStep step, int cpu, int calmCpu) {
        return switch (step.kind()) {
            case KMAP -> kmap(mostlyHigh(step), calmCpu);
            case KUNMAP -> kunmap(SystemSession.pick(mapped, step), cpu);
            case ATOMIC_MAP -> mapAtomically(SystemSession.pick(session.held(), step), cpu);
            case ATOMIC_UNMAP -> unmapAtomically(windows.remove(windows.size() - 1));
            case INTERRUPT_MAP -> mapInInterrupt(SystemSession.pick(session.held(), step), cpu);
            case LOCK_PAGE -> lockPage(SystemSession.pick(session.held(), step), calmCpu);
            case UNLOCK_PAGE -> unlockPage(SystemSession.pick(locked, step), cpu);
            case WAIT_PAGE -> waitForPage(SystemSession.pick(session.held(), step), step, cpu);
            case WRITEBACK -> {
                List<Held> rest = session.held().stream()
                        .filter(each -> !written.contains(each))
                        .toList();
                yield rest.isEmpty() || !written.isEmpty() && step.order() % 2 == 0
                        ? endWriteback(SystemSession.pick(written, step), cpu)
                        : startWriteback(SystemSession.pick(rest, step), cpu);
            }
            default -> throw new IllegalArgumentException(step + " is not about mappings");
        };
    }

    /** Mostly one of three that have no address of their own, if there are any: so that several map the same one. */
    private Held mostlyHigh(SessionStep step) {
        List<Held> high = session.held().stream()
                .filter(block -> model.highmem.isHigh(block.pfn))
                .limit(3)
                .toList();
        return SystemSession.pick(high.isEmpty() || step.order() % 4 == 3 ? session.held() : high, step);
    }

    private String kmap(Held block, int cpu) {
        block.uses++;
        String result = session.both(
                () -> model.highmem.kmap(block.pfn),
                () -> machine.scheduler.run(
                        "kmap " + block.pfn,
                        () -> "mapped:" + machine.highmem.kmap().map(machine.frame(block.pfn), machine.process(cpu))));
        (result.equals("sleeps") ? awaited : mapped).add(block);
        return result;
    }

    private String kunmap(Held block, int cpu) {
        mapped.remove(block);
        block.uses--;
        return session.both(
                () -> model.highmem.kunmap(block.pfn),
                () -> machine.highmem.kmap().unmap(machine.frame(block.pfn), machine.process(cpu)));
    }

    private String mapAtomically(Held block, int cpu) {
        int type = TYPES[(int) windows.stream().filter(each -> each.cpu == cpu).count() % TYPES.length];
        block.uses++;
        String result = mapAtomically(block, type, cpu, machine.current[cpu]);
        windows.add(new Window(cpu, type, block, Long.parseLong(result)));
        return result;
    }

    private String mapAtomically(Held block, int type, int cpu, Task task) {
        AtomicKmap atomic = machine.highmem.atomic();
        int number = KmType.number(type, machine.shape.debugHighmem());
        String result = session.both(
                () -> model.highmem.mapAtomically(block.pfn, type, cpu),
                () -> Long.toString(atomic.map(machine.frame(block.pfn), number, task)));
        requireReached(block, Long.parseLong(result), task);
        return result;
    }

    private void requireReached(Held block, long address, Task task) {
        if (model.highmem.isHigh(block.pfn)) {
            Comparison.same(
                    "the frame at " + address,
                    block.pfn,
                    machine.highmem.atomic().use(address, task));
        }
        Comparison.same(
                "the frame of " + address, block.pfn, machine.highmem.atomic().pfnAt(address));
    }

    private String unmapAtomically(Window window) {
        requireReached(window.block, window.address, machine.current[window.cpu]);
        window.block.uses--;
        unmapAtomically(window, machine.current[window.cpu]);
        return "";
    }

    private void unmapAtomically(Window window, Task task) {
        model.highmem.unmapAtomically(window.block.pfn, window.type, window.cpu);
        int number = KmType.number(window.type, machine.shape.debugHighmem());
        machine.highmem.atomic().unmap(window.address, number, task);
    }

    /** A handler maps a frame, uses it, and is through. */
    private String mapInInterrupt(Held block, int cpu) {
        Task handler = Task.interrupt(machine.cpus[cpu]);
        int before = model.highmem.preempt[cpu];
        String result = mapAtomically(block, KmType.IRQ0, cpu, handler);
        Comparison.same("the handler's preempt count", model.highmem.preempt[cpu] - before, handler.preemptCount);
        unmapAtomically(new Window(cpu, KmType.IRQ0, block, Long.parseLong(result)), handler);
        Comparison.same("the handler's preempt count", 0, handler.preemptCount);
        return result;
    }

    private String lockPage(Held block, int cpu) {
        block.uses++;
        String result = session.both(
                () -> model.highmem.lockPage(block.pfn),
                () -> machine.scheduler.run("lock " + block.pfn, () -> {
                    machine.highmem.waitTable().lock(machine.frame(block.pfn), machine.process(cpu));
                    return "";
                }));
        (result.equals("sleeps") ? awaited : locked).add(block);
        return result;
    }

    private String unlockPage(Held block, int cpu) {
        locked.remove(block);
        block.uses--;
        return session.both(
                () -> model.highmem.clear(block.pfn, ModelBits.LOCKED),
                () -> machine.highmem.waitTable().unlock(machine.frame(block.pfn), machine.process(cpu)));
    }

    private String waitForPage(Held block, SessionStep step, int cpu) {
        boolean forLock = step.order() % 2 == 0;
        String result = session.both(
                () -> model.highmem.waitForPage(block.pfn, forLock ? ModelBits.LOCKED : ModelBits.WRITEBACK),
                () -> machine.scheduler.run("wait " + block.pfn, () -> {
                    machine.highmem
                            .waitTable()
                            .waitUntilClear(
                                    machine.frame(block.pfn),
                                    forLock ? PageFlags.LOCKED : PageFlags.WRITEBACK,
                                    machine.process(cpu));
                    return "";
                }));
        if (result.equals("sleeps")) {
            block.uses++;
            awaited.add(block);
        }
        return result;
    }

    private String startWriteback(Held block, int cpu) {
        block.uses++;
        written.add(block);
        return session.both(
                () -> {
                    model.memory.frame(block.pfn).flags |= ModelBits.WRITEBACK;
                },
                () -> machine.highmem.waitTable().startWriteback(machine.frame(block.pfn), machine.process(cpu)));
    }

    private String endWriteback(Held block, int cpu) {
        written.remove(block);
        block.uses--;
        return session.both(
                () -> model.highmem.clear(block.pfn, ModelBits.WRITEBACK),
                () -> machine.highmem.waitTable().endWriteback(machine.frame(block.pfn), machine.process(cpu)));
    }
}
