package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.highmem.AddressRecords;
import dev.gaugeblock.highmem.AtomicKmap;
import dev.gaugeblock.highmem.Kmap;
import dev.gaugeblock.highmem.PageAddresses;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.oracle.trace.Answers;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.oracle.trace.Script;
import java.util.ArrayList;
import java.util.List;

/** Replays the events about high memory on a booted machine. */
final class HighmemReplay {
    private static final int IN_INTERRUPT = 2;

    private final Machine machine;
    private final AtomicKmap atomic;
    private final Kmap kmap;
    private final PageAddresses addresses;

    HighmemReplay(Machine machine) {
        this.machine = machine;
        this.atomic = machine.highmem().atomic();
        this.kmap = machine.highmem().kmap();
        this.addresses = machine.highmem().addresses();
    }

    /** Carries out one event; as {@link Reference#apply}. */
    Answers apply(Operation operation, Event event) {
        return switch (operation) {
            case KMAP -> map(event);
            case KUNMAP -> unmap(event);
            case KWAITERS -> pretendWaiters(event);
            case KADDR -> address(frame(event));
            case KDUMP -> dump();
            case KDIGEST -> digest(new Answers());
            case KATOMIC -> mapAtomic(event);
            case KUNATOMIC -> unmapAtomic(event);
            case KTOPAGE -> frameAt(event.number("vaddr"));
            case WTIDX -> waitQueue(frame(event));
            default -> throw new IllegalArgumentException(operation.spelling + " is not about high memory");
        };
    }

    // kmap

    private Answers map(Event event) {
        machine.build().requireWindow();
        PageFrame frame = frame(event);
        Script script = Script.of(event);
        machine.requireFits(script);
        machine.surroundings.begin(script);
        Answers address = new Answers();
        Answers ending = KernelCalls.attempt(machine, () -> address.put("r", kmap.map(frame, machine.process(0))));
        return afterKmap(frame, ending.putAll(address));
    }

    private Answers unmap(Event event) {
        machine.build().requireWindow();
        PageFrame frame = frame(event);
        Task task = machine.task(0, event.flag("irq") ? IN_INTERRUPT : 0);
        return afterKmap(frame, KernelCalls.attempt(machine, () -> kmap.unmap(frame, task)));
    }

    /** Where the frame is now, or after a call that was given up, how the slots were left. */
    private Answers afterKmap(PageFrame frame, Answers ending) {
        KernelCalls.addTrace(machine, ending);
        if (KernelCalls.isGivenUp(ending)) {
            return digest(ending);
        }
        if (frame.isHighmem()) {
            int slot = kmap.slot(addresses.find(frame, machine.process(0)));
            ending.put("nr", slot).put("count", kmap.count(slot));
        }
        return ending.put("last", kmap.hand());
    }

    private Answers pretendWaiters(Event event) {
        machine.build().requireWindow();
        machine.pretendWaiters(event.integer("n"));
        return new Answers();
    }

    private Answers address(PageFrame frame) {
        return new Answers()
                .put("r", addresses.find(frame, machine.process(0)))
                .put("bucket", PageAddresses.bucket(frame));
    }

    private Answers dump() {
        machine.build().requireWindow();
        List<Object> slots = new ArrayList<>();
        for (int slot = 0; slot < machine.build().lastPkmap(); slot++) {
            slots.add(List.of((long) kmap.count(slot), (long) kmap.mappedPfn(slot)));
        }
        List<Object> hash = new ArrayList<>();
        for (int bucket = 0; bucket < 1 << PageAddresses.HASH_ORDER; bucket++) {
            AddressRecords chain = addresses.chainAtRest(bucket);
            if (chain.length() > 0) {
                hash.add(List.of((long) bucket, records(chain)));
            }
        }
        return digest(new Answers().put("slots", slots).put("hash", hash));
    }

    private static List<Object> records(AddressRecords chain) {
        List<Object> records = new ArrayList<>();
        for (int i = 0; i < chain.length(); i++) {
            records.add(List.of((long) chain.pfn(i), chain.address(i)));
        }
        return records;
    }

    private Answers digest(Answers answers) {
        machine.build().requireWindow();
        return answers.put("last", kmap.hand())
                .put("kd", Digest.of(kmap, machine.build().lastPkmap()));
    }

    // kmap_atomic

    private Answers mapAtomic(Event event) {
        PageFrame frame = frame(event);
        int type = event.integer("type");
        Answers address = new Answers();
        Answers ending = KernelCalls.attempt(
                machine,
                () -> machine.countingPreemption(
                        event.integer("cpu"), task -> address.put("r", atomic.map(frame, type, task))));
        return afterAtomic(ending.putAll(address));
    }

    private Answers unmapAtomic(Event event) {
        long address = event.number("vaddr");
        int type = event.integer("type");
        return afterAtomic(KernelCalls.attempt(
                machine,
                () -> machine.countingPreemption(event.integer("cpu"), task -> atomic.unmap(address, type, task))));
    }

    private Answers afterAtomic(Answers ending) {
        KernelCalls.addTrace(machine, ending);
        return KernelCalls.isGivenUp(ending) ? digest(ending) : ending.put("preempt", machine.preemptCount());
    }

    /** The frame of a low or an atomic address; any other would lead outside the array of frames. */
    private Answers frameAt(long address) {
        int pfn = atomic.pfnAt(address);
        if (address < machine.highmem().layout().fixaddrStart()) {
            machine.memory.frame(pfn);
        }
        return new Answers().put("r", pfn);
    }

    // The page wait table

    private Answers waitQueue(PageFrame frame) {
        return new Answers()
                .put("page", frame.structAddress())
                .put("zone", machine.memory.zoneNumber(frame))
                .put("idx", machine.highmem().waitTable().queueIndex(frame));
    }

    private PageFrame frame(Event event) {
        return machine.memory.frame(event.integer("pfn"));
    }
}
