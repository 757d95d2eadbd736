package dev.gaugeblock.machines;

import java.util.ArrayList;
import java.util.List;

/** The whole system as {@code spec/behaviour.md} tells of it, made from that text alone. */
final class Model {
    final List<String> trace = new ArrayList<>();
    final ModelSleepers sleepers = new ModelSleepers();
    final ModelMemory memory;
    final ModelRescue rescue;
    final ModelReclaim reclaim;
    final ModelAllocator allocator;
    final ModelHighmem highmem;
    final ModelBuffers buffers;

    Model(SystemShape shape) {
        memory = new ModelMemory(shape, trace);
        rescue = new ModelRescue(memory, trace);
        reclaim = new ModelReclaim(memory, sleepers, trace);
        allocator = new ModelAllocator(memory, reclaim, rescue, trace);
        highmem = new ModelHighmem(memory, sleepers, trace);
        buffers = new ModelBuffers(this);
    }
}
