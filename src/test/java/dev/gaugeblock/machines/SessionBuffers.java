package dev.gaugeblock.machines;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machines.ModelBuffers.Buffer;
import dev.gaugeblock.pagebuf.BufferMacros;
import dev.gaugeblock.pagebuf.BufferTarget;
import dev.gaugeblock.pagebuf.PageBuf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What a session does with page buffers, and which of them are its own. */
final class SessionBuffers {
    /** First block and length: whole pages, parts of pages, over an edge of pages, several pages. */
    static final int[][] PLACES = {
        {0, 8}, {0, 16}, {8, 8}, {4, 8}, {0, 4}, {4, 4}, {0, 24}, {6, 3}, {7, 2}, {0, 2}, {2, 2}, {8, 32}, {1, 1}
    };

    /** Of the macros on flags those that leave a buffer in order; what matters more comes more often. */
    private static final List<String> MACROS = List.of(
            "STALE",
            "STALE",
            "STALE",
            "DELAYWRITE",
            "DELAYWRITE",
            "DATAIO",
            "UNDATAIO",
            "DONE",
            "UNDONE",
            "SUPER_STALE",
            "ZEROFLAGS",
            "MANAGE",
            "UNMANAGE",
            "UNDELAYWRITE");

    private static final int MOST_SLEEPERS = 8;

    private final Model model;
    private final RealMachine machine;
    private final SystemSession session;
    /** Locked and held by the session; extra holds; pins. */
    private final List<Buffer> locked = new ArrayList<>();

    private final List<Buffer> holds = new ArrayList<>();
    private final List<Buffer> pins = new ArrayList<>();
    /** Put off twice, so that the queue has no reference. */
    private final Set<Buffer> astray = new HashSet<>();

    SessionBuffers(Model model, RealMachine machine, SystemSession session) {
        this.model = model;
        this.machine = machine;
        this.session = session;
    }

    /** A get must not run out of memory, as it would wait for ever with its buffer half made. One ahead of need may. */
    private boolean hasMemory() {
        for (int node : machine.shape.cpus()) {
            if (model.memory.zonelist(node, 0).stream()
                    .noneMatch(zone -> zone.freePages > zone.high + zone.reserve[1] + zone.reserve[0] + 12)) {
                return false;
            }
        }
        return true;
    }

    private boolean maySleep() {
        return machine.scheduler.stacks.sleepers() < MOST_SLEEPERS;
    }

    boolean isPossible(SessionStep.Kind kind) {
        return switch (kind) {
            case GET_BUFFER, READ_BUFFER -> maySleep();
            case RELEASE_BUFFER -> !locked.isEmpty();
            case MARK_BUFFER -> !untaken().isEmpty();
            case WRITE_BUFFER -> !locked.isEmpty() && maySleep();
            case HOLD_BUFFER -> !locked.isEmpty() || !holds.isEmpty();
            case PIN_BUFFER -> !locked.isEmpty() || !pins.isEmpty();
            case DAEMON -> astray.isEmpty() && maySleep();
            case DEVICE -> !model.buffers.io.pending.isEmpty() || !model.buffers.io.work.isEmpty();
            default -> true;
        };
    }

    /** Locked, and not what a flush is waiting for: its flags are the flush's already. */
    private List<Buffer> untaken() {
        return locked.stream().filter(buffer -> !isTaken(buffer)).toList();
    }

    private boolean isTaken(Buffer buffer) {
        return buffer.list != null && buffer.list != model.buffers.io.delayed;
    }

    /** From then on the original goes astray with the buffer, and nobody touches it any more. */
    private void leave(Buffer buffer) {
        astray.add(buffer);
        locked.remove(buffer);
        holds.remove(buffer);
        pins.remove(buffer);
    }

    private PageBuf real(Buffer buffer) {
        return machine.buffers.target.live().list().stream()
                .filter(each -> buffer.is(each.block, each.length))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no buffer at " + buffer));
    }

    /** Whether an operation of this kind has come to its end after a sleep; what it gives is the session's. */
    boolean ended(String[] words) {
        switch (words[0]) {
            case "get-buf", "start-buf" -> {
                if (words.length > 2 && !words[2].equals("none") && !words[2].equals("STUCK")) {
                    give(words[1]);
                }
            }
            case "write-buf", "daemon", "flush" -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    private void give(String name) {
        model.buffers.buffers.stream()
                .filter(each -> each.toString().equals(name) && !astray.contains(each))
                .forEach(locked::add);
    }

    String carryOut(SessionStep step, int cpu) {
        Task task = machine.process(cpu);
        return switch (step.kind()) {
            case GET_BUFFER -> get(step, false, cpu, task);
            case READ_BUFFER -> get(step, true, cpu, task);
            case HOLD_BUFFER -> hold(step, cpu, task);
            case RELEASE_BUFFER -> release(take(step), cpu, task);
            case WRITE_BUFFER -> write(take(step), step, cpu, task);
            case MARK_BUFFER -> mark(step, cpu, task);
            case PIN_BUFFER -> pin(step, cpu, task);
            case DAEMON -> daemon(step, cpu, task);
            case DEVICE ->
                model.buffers.io.pending.isEmpty() || !model.buffers.io.work.isEmpty() && step.order() % 2 == 0
                        ? session.both(
                                () -> model.buffers.io.work(cpu),
                                () -> machine.buffers.target.work().run(task))
                        : interrupt(machine.cpus[step.cpu() % machine.cpus.length]);
            case DISK -> disk(step, task);
            default -> throw new IllegalArgumentException(step + " is not about buffers");
        };
    }

    private String both(String name, Supplier<String> expected, Supplier<String> actual) {
        return session.both(() -> model.sleepers.run(name, expected), () -> machine.scheduler.run(name, actual));
    }

    /** The device ends the oldest part of a request, in a handler. */
    private String interrupt(Cpu cpu) {
        Task handler = Task.interrupt(cpu);
        return session.both(() -> model.buffers.io.complete(cpu.id), () -> {
            cpu.interrupts.set(false);
            machine.buffers.device.complete(handler);
            cpu.interrupts.set(true);
        });
    }

    /** Another behaviour of the device, or a page that is up to date no more. */
    private String disk(SessionStep step, Task task) {
        List<ModelPages.Page> pages = model.buffers.pages.pages;
        if (!pages.isEmpty() && step.cpu() % 3 == 0) {
            int place = step.pick() % pages.size();
            pages.get(place).upToDate = false;
            machine.buffers.cache.pages().get(place).setUpToDate(false, task);
            return "";
        }
        ModelBufferIo io = model.buffers.io;
        io.parts = 1 + step.pick() / 2 % 3;
        io.failing = !io.failing && step.pick() % 2 == 0;
        io.later = step.pick() % 7 == 0 ? !machine.shape.deferredDevice() : machine.shape.deferredDevice();
        machine.buffers.device.behave(io.parts, io.failing, io.later);
        return "";
    }

    private Buffer take(SessionStep step) {
        return locked.remove(step.pick() % locked.size());
    }

    private String get(SessionStep step, boolean wantsRead, int cpu, Task task) {
        int[] place = PLACES[SystemSession.pick(machine.shape.buffers(), step)];
        Buffer there = model.buffers.at(place[0], place[1]);
        if (there != null && astray.contains(there)) {
            return "";
        }
        // What is to be written must not be read over.
        boolean read = wantsRead
                && (there == null || there.lock.value > 0 && there.list == null && !there.has(ModelBuffers.DELWRI));
        int flags = (step.pick() % 7 == 0 ? 0 : ModelBuffers.MAPPED)
                | (step.order() % 2 == 0 ? ModelBuffers.TRYLOCK : ModelBuffers.LOCK)
                | (step.bits() == 1 ? ModelBuffers.DONT_BLOCK : 0)
                | (step.bits() == 8 || !hasMemory() ? ModelBuffers.READ_AHEAD : 0);
        boolean leaves = read && step.bits() % 4 == 0 && step.bits() > 0;
        int asked = flags | (leaves ? ModelBuffers.ASYNC : 0) | (!read && step.bits() == 5 ? ModelBuffers.READ : 0);
        BufferTarget real = machine.buffers.target;
        String name = (leaves ? "write-buf " : "get-buf ") + place[0] + "+" + place[1];
        String result = read
                ? both(
                        name,
                        () -> model.buffers.read(place[0], place[1], asked, cpu) == null ? "none" : "given",
                        () -> real.read(place[0], place[1], asked, task) == null ? "none" : "given")
                : both(
                        name,
                        () -> model.buffers.get(place[0], place[1], asked, cpu) == null ? "none" : "given",
                        () -> real.get(place[0], place[1], asked, task) == null ? "none" : "given");
        if (result.equals("given") && !leaves) {
            give(place[0] + "+" + place[1]);
        }
        return result;
    }

    private String hold(SessionStep step, int cpu, Task task) {
        if (locked.isEmpty() || !holds.isEmpty() && step.order() % 2 == 0) {
            Buffer buffer = holds.remove(step.pick() % holds.size());
            PageBuf real = real(buffer);
            return session.both(
                    () -> model.buffers.release(buffer, cpu), () -> machine.buffers.target.release(real, task));
        }
        Buffer buffer = SystemSession.pick(locked, step);
        holds.add(buffer);
        return session.both(() -> buffer.holds++, () -> real(buffer).hold(task));
    }

    private String release(Buffer buffer, int cpu, Task task) {
        PageBuf real = real(buffer);
        return session.both(
                () -> model.buffers.letGo(buffer, cpu), () -> machine.buffers.target.unlockAndRelease(real, task));
    }

    private String write(Buffer buffer, SessionStep step, int cpu, Task task) {
        PageBuf real = real(buffer);
        ModelBufferIo io = model.buffers.io;
        String name = "write-buf " + buffer;
        switch (isTaken(buffer) ? 0 : buffer.list != null ? step.order() % 3 : step.order() % 4) {
            case 0 -> {
                if (isTaken(buffer)) {
                    leave(buffer);
                }
                return both(
                        name,
                        () -> "error:" + io.writeLater(buffer, cpu),
                        () -> "error:" + machine.buffers.target.io().writeLater(real, task));
            }
            case 1 -> {
                return both(
                        name,
                        () -> "error:" + io.writeAsync(buffer, cpu),
                        () -> "error:" + machine.buffers.target.io().writeAsync(real, task));
            }
            case 2 -> {
                buffer.flags |= ModelBuffers.WRITE;
                real.mark(ModelBuffers.WRITE, task);
                return both(
                        name,
                        () -> "error:" + io.write(buffer, cpu),
                        () -> "error:" + machine.buffers.target.io().write(real, task));
            }
            default -> {
                return start(buffer, real, step, cpu, task);
            }
        }
    }

    /** {@code iostart}, with whatever it may be asked for; without ASYNC the buffer is still the session's. */
    private String start(Buffer buffer, PageBuf real, SessionStep step, int cpu, Task task) {
        int direction = step.pick() % 5;
        int flags = (direction < 2 ? ModelBuffers.READ : direction < 4 ? ModelBuffers.WRITE : 0)
                | (step.bits() == 4 ? ModelBuffers.ASYNC : 0);
        boolean leaves = (flags & ModelBuffers.ASYNC) != 0;
        String result = both(
                (leaves ? "write-buf " : "start-buf ") + buffer,
                () -> "error:" + model.buffers.io.start(buffer, flags, cpu),
                () -> "error:" + machine.buffers.target.io().start(real, flags, task));
        if (!leaves && result.startsWith("error")) {
            locked.add(buffer);
        }
        return result;
    }

    private String mark(SessionStep step, int cpu, Task task) {
        Buffer buffer = untaken().get(step.cpu() % untaken().size());
        String macro = MACROS.get(step.pick() % MACROS.size());
        return session.both(
                () -> model.buffers.mark(macro, buffer, cpu),
                () -> BufferMacros.apply(macro, real(buffer), machine.buffers.target, task));
    }

    private String daemon(SessionStep step, int cpu, Task task) {
        if (step.order() % 3 == 0) {
            return both(
                    "daemon",
                    () -> {
                        model.buffers.io.writeOld(cpu);
                        return "";
                    },
                    () -> {
                        machine.buffers.target.delayed().writeOld(task);
                        return "";
                    });
        }
        boolean waits = step.order() % 3 == 1;
        return both(
                "flush",
                () -> "pinned:" + model.buffers.io.flush(waits, cpu),
                () -> "pinned:" + machine.buffers.target.delayed().flush(waits, task));
    }

    private String pin(SessionStep step, int cpu, Task task) {
        if (locked.isEmpty() || !pins.isEmpty() && step.order() % 2 == 0) {
            Buffer buffer = pins.remove(step.pick() % pins.size());
            PageBuf real = real(buffer);
            return session.both(
                    () -> {
                        model.buffers.unpin(buffer);
                        model.buffers.release(buffer, cpu);
                    },
                    () -> {
                        real.unpin(task);
                        machine.buffers.target.release(real, task);
                    });
        }
        Buffer buffer = SystemSession.pick(locked, step);
        pins.add(buffer);
        return session.both(
                () -> {
                    buffer.holds++;
                    buffer.pins++;
                },
                () -> {
                    real(buffer).hold(task);
                    real(buffer).pin(task);
                });
    }
}
