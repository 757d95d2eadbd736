package dev.gaugeblock.machines;

import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machines.ModelRescue.Held;
import dev.gaugeblock.mm.PageFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One machine and its model, to which the same is done, step by step, and which have to stay alike. */
final class SystemSession implements AutoCloseable {
    private static final int MOST_REQUESTS = 64;
    private static final int HIGH_FRAMES = 3;
    private final SystemShape shape;
    private final Model model;
    private final RealMachine machine;
    private final Comparison comparison;
    private final SessionBuffers buffers;
    private final SessionMappings mappings;
    private final SessionSettings settings;
    private final List<String> done = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    /** {@link AssertionError} if the machine does not even boot as the model does. */
    SystemSession(SystemShape shape) {
        this.shape = shape;
        this.model = new Model(shape);
        this.machine = booted(shape);
        this.comparison = new Comparison(machine, model);
        this.buffers = new SessionBuffers(model, machine, this);
        this.mappings = new SessionMappings(model, machine, this);
        this.settings = new SessionSettings(model, machine);
        judged("boot", () -> {
            fillLists();
            takeHigh();
            comparison.check();
        });
    }

    private static RealMachine booted(SystemShape shape) {
        try {
            return new RealMachine(shape, new ArrayList<>());
        } catch (RuntimeException | AssertionError wrong) {
            throw new AssertionError("boot: " + wrong + "\n" + shape, wrong);
        }
    }

    /** What the kernel asked of the world so far, by the first word. */
    List<String> events() {
        return events;
    }

    /** What was done so far, each kind with what came of it. */
    List<String> outcomes() {
        return outcomes;
    }

    @Override
    public void close() {
        machine.scheduler.stacks.close();
        model.sleepers.stacks.close();
    }

    @Override
    public String toString() {
        return "a session after " + done;
    }

    private void judged(String what, Runnable judgement) {
        try {
            judgement.run();
        } catch (RuntimeException | AssertionError wrong) {
            close();
            throw new AssertionError(what + ": " + wrong + "\n" + shape + "\n" + String.join("\n", done), wrong);
        }
    }

    boolean isPossible(SessionStep.Kind kind) {
        return switch (kind) {
            case FREE -> !free(false).isEmpty();
            case FREE_COLD -> !free(true).isEmpty();
            case TO_LRU -> free(true).stream().anyMatch(block -> block.references == 1);
            case GET, FLAGS, WAIT_PAGE -> !held().isEmpty();
            case KMAP, LOCK_PAGE -> !held().isEmpty() && calmCpu(0) >= 0 && machine.scheduler.stacks.sleepers() < 6;
            case ATOMIC_MAP, INTERRUPT_MAP, KUNMAP, ATOMIC_UNMAP, UNLOCK_PAGE -> mappings.isPossible(kind);
            case WRITEBACK -> !held().isEmpty();
            case ALLOC, INTERRUPT_ALLOC, EXHAUST, DRAIN, SETTING -> true;
            default -> calmCpu(0) >= 0 && buffers.isPossible(kind);
        };
    }

    List<Held> held() {
        return model.rescue.held;
    }

    /** Those of which a reference may be dropped. */
    private List<Held> free(boolean single) {
        return held().stream()
                .filter(block -> (block.references > 1 || block.uses == 0) && (!single || block.order == 0))
                .toList();
    }

    /** A CPU, from this one on, whose process may sleep; -1 for none. */
    private int calmCpu(int from) {
        for (int i = 0; i < machine.cpus.length; i++) {
            int cpu = (from + i) % machine.cpus.length;
            if (model.highmem.preempt[cpu] == 0) {
                return cpu;
            }
        }
        return -1;
    }

    static <T> T pick(List<T> list, SessionStep step) {
        return list.get(step.pick() % list.size());
    }

    /** Does one thing on both sides. */
    void perform(SessionStep step) {
        model.trace.clear();
        machine.trace.clear();
        model.rescue.beginOperation();
        judged(step.toString(), () -> {
            String outcome = carryOut(step, step.cpu() % machine.cpus.length);
            if (machine.scheduler.stacks.isAnyDue()) {
                comparison.check();
                settle();
            }
            Comparison.same("what was asked of the world", model.trace, machine.trace);
            comparison.check();
            model.trace.forEach(event -> events.add(event.split("[: ]")[0]));
            done.add(step + " " + outcome);
            outcomes.add(step.kind() + (isFailure(outcome) ? " fails" : outcome.equals("sleeps") ? " sleeps" : ""));
        });
    }

    private static boolean isFailure(String outcome) {
        return outcome.equals("-1") || outcome.equals("STUCK");
    }

    /** Those that were woken go on, and what they have then is theirs. */
    private void settle() {
        model.rescue.beginOperation();
        model.sleepers.stacks.runDue(model.trace, SystemSession::guarded);
        machine.beginOperation(model.rescue.given);
        machine.scheduler.stacks.runDue(machine.trace, SystemSession::guarded);
        for (String event : model.trace) {
            if (event.startsWith("ended:")) {
                String[] words = event.substring("ended:".length()).split(" ");
                if (buffers.ended(words)) {
                    continue;
                }
                mappings.ended(words);
            }
        }
    }

    String both(Supplier<String> expected, Supplier<String> actual) {
        String one = guarded(expected);
        machine.beginOperation(model.rescue.given);
        machine.scheduler.expectSleep(one.equals("sleeps"));
        String other = guarded(actual);
        Comparison.same("the answer", one, other);
        return one;
    }

    private static String guarded(Supplier<String> operation) {
        try {
            return operation.get();
        } catch (ModelRescue.Stuck stuck) {
            return "STUCK";
        } catch (ModelBufferIo.Bug bug) {
            return "BUG";
        } catch (KernelBug bug) {
            return "BUG";
        }
    }

    String both(Runnable expected, Runnable actual) {
        expected.run();
        actual.run();
        return "";
    }

    private String carryOut(SessionStep step, int cpu) {
        return switch (step.kind()) {
            case ALLOC -> alloc(step, cpu, step.bits() & ~2, model.highmem.preempt[cpu] == 0);
            case INTERRUPT_ALLOC -> alloc(step, cpu, step.bits() | 2, false);
            case EXHAUST -> exhaust(step, cpu);
            case FREE -> free(pick(free(false), step), false, ModelAllocator.Asker.of(cpu, step.bits() == 0 ? 0 : 2));
            case FREE_COLD -> free(pick(free(true), step), true, ModelAllocator.Asker.process(cpu));
            case GET -> get(pick(held(), step), cpu);
            case DRAIN -> both(() -> model.memory.drain(cpu), () -> machine.allocator.drain(machine.process(cpu)));
            case TO_LRU -> toLru(step, cpu);
            case SETTING -> settings.carryOut(step);
            case FLAGS -> flags(pick(held(), step), step);
            case KMAP, KUNMAP, ATOMIC_MAP, ATOMIC_UNMAP, INTERRUPT_MAP, LOCK_PAGE, UNLOCK_PAGE, WAIT_PAGE, WRITEBACK ->
                mappings.carryOut(step, cpu, calmCpu(cpu));
            default -> buffers.carryOut(step, calmCpu(cpu));
        };
    }

    private String alloc(SessionStep step, int cpu, int bits, boolean mayWait) {
        int gfp = mayWait ? step.gfp() : step.gfp() & ~SystemShape.gfp("WAIT");
        if (shape.focus() == SystemShape.Focus.MAPPINGS && step.pick() % 3 > 0) {
            gfp = gfp & ~3 | SystemShape.gfp("HIGHMEM");
        }
        if ((gfp & SystemShape.gfp("HIGHMEM")) != 0 && (gfp & SystemShape.gfp("WAIT")) == 0) {
            gfp &= ~SystemShape.gfp("ZERO");
        }
        int request = gfp;
        ModelAllocator.Asker who = ModelAllocator.Asker.of(cpu, bits);
        Task task = machine.task(who);
        String result = both(() -> Integer.toString(model.allocator.alloc(request, step.order(), who)), () -> {
            PageFrame block = machine.allocator.alloc(request, step.order(), task);
            return block == null ? "-1" : Integer.toString(block.pfn);
        });
        if (!isFailure(result)) {
            int owner = step.pick() % 2 == 0 ? 0 : model.rescue.worst();
            held().add(new Held(Integer.parseInt(result), step.order(), owner));
        }
        if (!result.equals("STUCK")) {
            Comparison.same("PF_MEMALLOC afterwards", who.memalloc(), task.memalloc);
        }
        return result;
    }

    /** Requests that cannot wait, until one gets nothing; of what they got, half the time all goes back. */
    private String exhaust(SessionStep step, int cpu) {
        List<Held> got = new ArrayList<>();
        int before;
        do {
            before = held().size();
            SessionStep single = new SessionStep(step.kind(), cpu, 0, step.gfp(), step.order() % 3, step.bits());
            alloc(single, cpu, step.bits() & ~2, false);
            got.addAll(held().subList(before, held().size()));
        } while (held().size() > before && got.size() < MOST_REQUESTS);
        if (step.pick() % 2 == 0) {
            got.forEach(block -> free(block, false, ModelAllocator.Asker.process(cpu)));
        }
        return "got:" + got.size();
    }

    private String free(Held block, boolean cold, ModelAllocator.Asker who) {
        block.references--;
        if (block.references == 0) {
            held().remove(block);
        }
        return both(() -> model.memory.free(block.pfn, block.order, cold, who.cpu()), () -> {
            PageFrame frame = machine.frame(block.pfn);
            if (cold) {
                machine.allocator.freeCold(frame, machine.task(who));
            } else {
                machine.allocator.free(frame, block.order, machine.task(who));
            }
        });
    }

    private String get(Held block, int cpu) {
        block.references++;
        return both(
                () -> Integer.toString(++model.memory.frame(block.pfn).references),
                () -> Integer.toString(machine.allocator.get(machine.frame(block.pfn), machine.process(cpu))));
    }

    private void fillLists() {
        for (int i = 0; i < shape.lru(); i++) {
            int pfn = model.allocator.alloc(0, 0, ModelAllocator.Asker.process(0));
            PageFrame frame = machine.allocator.alloc(0, 0, machine.process(0));
            if (pfn >= 0 && frame != null) {
                Comparison.same("the frame", pfn, frame.pfn);
                toLru(pfn, i % 3 == 0, 0);
            }
        }
    }

    /** Frames to map, where that is what the session is about. */
    private void takeHigh() {
        for (int i = 0; i < HIGH_FRAMES && shape.focus() == SystemShape.Focus.MAPPINGS; i++) {
            alloc(new SessionStep(SessionStep.Kind.ALLOC, 0, 1, SystemShape.gfp("HIGHMEM"), 0, 0), 0, 0, false);
        }
    }

    private String toLru(SessionStep step, int cpu) {
        Held block =
                pick(free(true).stream().filter(each -> each.references == 1).toList(), step);
        held().remove(block);
        return toLru(block.pfn, step.pick() % 2 == 0, cpu);
    }

    private String toLru(int pfn, boolean active, int cpu) {
        ModelZone.Frame expected = model.memory.frame(pfn);
        expected.flags |= active ? ModelBits.LRU | ModelBits.ACTIVE : ModelBits.LRU;
        (active ? expected.zone.active : expected.zone.inactive).add(0, pfn);
        PageFrame frame = machine.frame(pfn);
        int zone = machine.allocator.memory().zoneOf(frame).number;
        if (active) {
            machine.lists[zone].addActive(frame, machine.process(cpu));
        } else {
            machine.lists[zone].addInactive(frame, machine.process(cpu));
        }
        return "";
    }

    /** Flags that others than the allocator set on a frame of theirs; seldom one that must not be left there. */
    private String flags(Held block, SessionStep step) {
        int set = step.gfp() & ModelBits.CLEANED | (step.pick() % 3 == 0 ? ModelBits.DIRTY : 0);
        set |= step.pick() % 11 == 0 ? ModelBits.SWAPCACHE : 0;
        model.memory.frame(block.pfn).flags |= set;
        machine.frame(block.pfn).poke(set, 0);
        return "";
    }
}
