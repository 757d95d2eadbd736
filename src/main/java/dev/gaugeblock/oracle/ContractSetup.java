package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.MemoryMap;
import dev.gaugeblock.oracle.trace.ContractForm;
import dev.gaugeblock.oracle.trace.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A machine that is being described and not yet judged, with what the allocator keeps for itself. Methods throw {@link
 * IllegalArgumentException} for what no machine has.
 */
final class ContractSetup {
    private @Nullable MemoryMap memory;
    private int cpus = 1;
    private @Nullable String mostlyOwn;

    void zones(int[] sizes, int start, List<String> names) {
        if (memory != null) {
            throw new IllegalArgumentException("the zones of this machine were given before");
        }
        memory = new MemoryMap(start, sizes, names);
    }

    void cpus(int count) {
        memory();
        cpus = count;
    }

    int cpus() {
        return cpus;
    }

    /** Whether the zones were said. */
    boolean isDescribed() {
        return memory != null;
    }

    /** The memory as it was described; an {@link IllegalArgumentException} if nothing was said yet. */
    MemoryMap memory() {
        MemoryMap described = memory;
        if (described == null) {
            throw new IllegalArgumentException("the machine has no memory yet: \"zones\" comes first");
        }
        return described;
    }

    /** The frames that a boot's answer says are the allocator's own: first frame and how many. */
    List<int[]> own(Event boot) {
        List<int[]> ranges = new ArrayList<>();
        if (!boot.has(ContractForm.OWN)) {
            return ranges;
        }
        for (Object each : (List<?>) Objects.requireNonNull(boot.get(ContractForm.OWN))) {
            List<?> pair = (List<?>) Objects.requireNonNull(each);
            ranges.add(new int[] {integer(pair.get(0)), integer(pair.get(1))});
        }
        long[] owned = memory().framesIn(ranges);
        for (int zone = 0; zone < owned.length; zone++) {
            if (2 * owned[zone] > memory().size(zone)) {
                mostlyOwn = "the allocator keeps " + owned[zone] + " of the " + memory().size(zone) + " frames of zone "
                        + memory().name(zone) + " for itself, more than half: too little is left to judge it by";
            }
        }
        return ranges;
    }

    private static int integer(@Nullable Object number) {
        return Math.toIntExact((Long) Objects.requireNonNull(number));
    }

    /** Why there is little to judge, {@code null} if there is enough. */
    @Nullable
    String mostlyOwn() {
        return mostlyOwn;
    }
}
