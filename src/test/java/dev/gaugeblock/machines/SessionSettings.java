package dev.gaugeblock.machines;

import dev.gaugeblock.mm.PerCpuPageset;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.reclaim.Process;

/** What a session sets while the system runs: marks, reserves, bounds, sysctls, what reclaim knows, who is exiting. */
final class SessionSettings {
    private final Model model;
    private final RealMachine machine;

    SessionSettings(Model model, RealMachine machine) {
        this.model = model;
        this.machine = machine;
    }

    String carryOut(SessionStep step) {
        return switch (step.pick() % 8) {
            case 0, 1 -> sysctl(step);
            case 2 -> process(step);
            case 3 -> reclaim(step);
            default -> marks(step);
        };
    }

    /** Another process begins to exit, or to swap off. */
    private String process(SessionStep step) {
        int number = step.cpu() % machine.processes.length;
        ModelRescue.Victim victim = model.rescue.victims.get(number);
        if (victim.hasMemory && !victim.dead) {
            victim.exiting |= step.order() % 2 == 0;
            victim.swapsOff |= step.order() % 2 == 1;
            machine.processes[number]
                    .flags()
                    .init((victim.exiting ? Process.EXITING : 0) | (victim.swapsOff ? Process.SWAPOFF : 0));
        }
        return "";
    }

    /** What reclaim knows of a zone, also of one without frames. */
    private String reclaim(SessionStep step) {
        int number = step.cpu() * 7 % machine.shape.zones();
        ModelZone expected = model.memory.zones.get(number);
        Zone zone = machine.allocator.memory().zone(number);
        expected.givenUp = step.order() % 2 == 0;
        expected.pagesScanned = step.pick() % 50;
        zone.allUnreclaimable.init(expected.givenUp ? 1 : 0);
        zone.pagesScanned.init(expected.pagesScanned);
        return "";
    }

    private String marks(SessionStep step) {
        ModelZone expected = model.memory.zones.get(step.cpu() % model.memory.zones.size());
        Zone zone = machine.allocator.memory().zone(step.cpu() % model.memory.zones.size());
        if (step.order() % 2 == 0) {
            expected.min = step.pick() % (step.bits() == 0 ? 7 : step.bits() == 1 ? 60 : 20);
            expected.low = expected.min + step.pick() % 3;
            expected.high = expected.low + step.pick() % 4;
            zone.marks.set(expected.min, expected.low, expected.high);
            int classZone = step.pick() % 3;
            expected.reserve[classZone] = classZone > expected.index ? step.pick() % 5 : 0;
            zone.marks.setLowmemReserve(classZone, expected.reserve[classZone]);
            return "";
        }
        for (int cpu = 0; cpu < machine.cpus.length; cpu++) {
            for (int temperature = 0; temperature < 2; temperature++) {
                ModelZone.Cpu list = expected.cpus[cpu][temperature];
                list.low = step.pick() % 4;
                list.batch = 1 + step.pick() % 3;
                list.high = Math.max(list.frames.size(), list.low + list.batch + step.pick() % 5);
                PerCpuPageset pageset = zone.pageset(cpu);
                (temperature == 0 ? pageset.hotAtRest() : pageset.coldAtRest())
                        .setBounds(list.low, list.high, list.batch);
            }
        }
        return "";
    }

    private String sysctl(SessionStep step) {
        switch (step.order() % 3) {
            case 0 -> {
                model.memory.setMinFree(step.pick() % 60);
                machine.tuning.setMinFreeKbytes(step.pick() % 60, machine.process(0));
            }
            case 1 -> {
                int dma = 1 + step.pick() % 40;
                int normal = 1 + step.pick() % 50;
                model.memory.setRatio(dma, normal);
                machine.tuning.setRatio(dma, normal, machine.process(0));
            }
            default -> {
                model.memory.initialiseMarks();
                machine.tuning.initialise(machine.process(0));
                // The marks of a real machine are too much for one of a few frames.
                model.memory.setMinFree(step.pick() % 60);
                machine.tuning.setMinFreeKbytes(step.pick() % 60, machine.process(0));
            }
        }
        return "";
    }
}
