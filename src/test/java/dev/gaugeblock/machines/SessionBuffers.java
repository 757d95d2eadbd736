package dev.gaugeblock.machines;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.pagebuf.PageBuf;
import java.util.ArrayList;
import java.util.List;

/** What a session does with page buffers, and which of them are its own. */
final class SessionBuffers {
    private static final int BUFFERS = 3;
    private final Model model;
    private final RealMachine machine;
    private final SystemSession session;
    /** Locked and held by the session; extra holds; pins; each by its block. */
    private final List<Integer> locked = new ArrayList<>();

    private final List<Integer> holds = new ArrayList<>();
    private final List<Integer> pins = new ArrayList<>();

    SessionBuffers(Model model, RealMachine machine, SystemSession session) {
        this.model = model;
        this.machine = machine;
        this.session = session;
    }

    /** A get must not run out of memory, as it would wait for ever with its buffer half made. */
    boolean mayGet() {
        for (int node : machine.shape.cpus()) {
            if (model.memory.zonelist(node, 0).stream()
                    .noneMatch(zone -> zone.freePages > zone.high + zone.reserve[1] + zone.reserve[0] + 8)) {
                return false;
            }
        }
        return machine.scheduler.sleepers() < 8;
    }

    boolean hasLocked() {
        return !locked.isEmpty();
    }

    boolean hasHolds() {
        return !holds.isEmpty();
    }

    boolean hasPins() {
        return !pins.isEmpty();
    }

    private PageBuf real(int block) {
        return machine.buffers.target.live().list().stream()
                .filter(buffer -> buffer.block == block)
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no buffer at " + block));
    }

    private ModelBuffers.Buffer expected(int block) {
        ModelBuffers.Buffer buffer = model.buffers.buffers.get(block);
        if (buffer == null) {
            throw new IllegalStateException("the model has no buffer at " + block);
        }
        return buffer;
    }

    /** Whether an operation of this kind has come to its end after a sleep; what it gives is the session's. */
    boolean ended(String[] words) {
        switch (words[0]) {
            case "get-buf", "read-buf" -> locked.add(Integer.parseInt(words[1]));
            case "bwrite", "bawrite", "daemon" -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    String carryOut(SessionStep step, int cpu) {
        Task task = machine.process(Math.max(0, cpu));
        return switch (step.kind()) {
            case GET_BUFFER -> get(step, false, cpu, task);
            case READ_BUFFER -> get(step, true, cpu, task);
            case HOLD_BUFFER -> hold(step, cpu, task);
            case RELEASE_BUFFER -> release(take(step), step, cpu, task);
            case WRITE_BUFFER -> write(take(step), step, cpu, task);
            case PIN_BUFFER -> pin(step, task);
            case DAEMON ->
                session.both(
                        () -> model.buffers.writeOld(task.cpu.id),
                        () -> machine.buffers.target.delayed().writeOld(task));
            case DEVICE ->
                model.buffers.pending.isEmpty() || !model.buffers.work.isEmpty() && step.order() % 2 == 0
                        ? session.both(
                                () -> model.buffers.work(task.cpu.id),
                                () -> machine.buffers.target.work().run(task))
                        : interrupt(machine.cpus[step.cpu() % machine.cpus.length]);
            default -> throw new IllegalArgumentException(step + " is not about buffers");
        };
    }

    /** The device ends the oldest request, in a handler. */
    private String interrupt(Cpu cpu) {
        Task handler = Task.interrupt(cpu);
        return session.both(() -> model.buffers.complete(cpu.id), () -> {
            cpu.interrupts.set(false);
            machine.buffers.device.complete(handler);
            cpu.interrupts.set(true);
        });
    }

    private int take(SessionStep step) {
        return locked.remove(step.pick() % locked.size());
    }

    private String get(SessionStep step, boolean wantsRead, int cpu, Task task) {
        int block = step.pick() % BUFFERS * RealBuffers.LENGTH;
        ModelBuffers.Buffer there = model.buffers.buffers.get(block);
        // What is to be written must not be read over.
        boolean read = wantsRead && (there == null || there.lock > 0 && !there.has(ModelBuffers.DELWRI));
        boolean tryLock = step.order() % 2 == 0;
        String result = session.both(
                () -> model.buffers.get(block, read, tryLock, cpu),
                () -> machine.scheduler.run(
                        (read ? "read-buf " : "get-buf ") + block,
                        () -> machine.buffers.get(block, read, tryLock, task) == null ? "none" : "given"));
        if (result.equals("given")) {
            locked.add(block);
        }
        return result;
    }

    private String hold(SessionStep step, int cpu, Task task) {
        if (locked.isEmpty() || hasHolds() && step.order() % 2 == 0) {
            int block = holds.remove(step.pick() % holds.size());
            PageBuf real = real(block);
            return session.both(
                    () -> model.buffers.release(expected(block), task.cpu.id),
                    () -> machine.buffers.target.release(real, task));
        }
        int block = SystemSession.pick(locked, step);
        holds.add(block);
        return session.both(() -> expected(block).holds++, () -> real(block).hold(task));
    }

    private String release(int block, SessionStep step, int cpu, Task task) {
        PageBuf real = real(block);
        if (step.order() % 4 == 3 && !expected(block).has(ModelBuffers.DELWRI)) {
            expected(block).flags |= ModelBuffers.STALE;
            real.mark(ModelBuffers.STALE, task);
        }
        return session.both(
                () -> model.buffers.letGo(expected(block), cpu),
                () -> machine.buffers.target.unlockAndRelease(real, task));
    }

    private String write(int block, SessionStep step, int cpu, Task task) {
        PageBuf real = real(block);
        return switch (step.order() % 3) {
            case 0 ->
                session.both(
                        () -> model.buffers.writeLater(expected(block)),
                        () -> machine.buffers.target.io().writeLater(real, task));
            case 1 ->
                session.both(
                        () -> model.buffers.writeAsync(expected(block), cpu),
                        () -> machine.scheduler.run("bawrite " + block, () -> {
                            machine.buffers.target.io().writeAsync(real, task);
                            return "";
                        }));
            default ->
                session.both(
                        () -> model.buffers.write(expected(block), cpu),
                        () -> machine.scheduler.run("bwrite " + block, () -> {
                            real.mark(ModelBuffers.WRITE, task);
                            machine.buffers.target.io().write(real, task);
                            return "";
                        }));
        };
    }

    private String pin(SessionStep step, Task task) {
        if (locked.isEmpty() || hasPins() && step.order() % 2 == 0) {
            int block = pins.remove(step.pick() % pins.size());
            PageBuf real = real(block);
            return session.both(
                    () -> {
                        model.buffers.unpin(expected(block));
                        model.buffers.release(expected(block), task.cpu.id);
                    },
                    () -> {
                        real.unpin(task);
                        machine.buffers.target.release(real, task);
                    });
        }
        int block = SystemSession.pick(locked, step);
        pins.add(block);
        return session.both(
                () -> {
                    expected(block).holds++;
                    expected(block).pins++;
                },
                () -> {
                    real(block).hold(task);
                    real(block).pin(task);
                });
    }
}
