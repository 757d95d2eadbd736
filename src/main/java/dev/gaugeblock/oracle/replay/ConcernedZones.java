package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.oracle.trace.Answers;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Which zones to show for a wrong answer: those that it is about if that can be told, else all that have frames. */
public final class ConcernedZones {
    private static final Pattern OF_A_ZONE = Pattern.compile("(?:fp|zones|pgalloc)\\[([012])].*");

    private ConcernedZones() {}

    public static List<Zone> of(Event event, String field, Answers actual, Machine machine) {
        TreeSet<Integer> concerned = new TreeSet<>();
        Matcher ofAZone = OF_A_ZONE.matcher(field);
        if (ofAZone.matches()) {
            concerned.add(Integer.valueOf(Objects.requireNonNull(ofAZone.group(1))));
        } else {
            addZoneNumber(event.get("zone"), concerned);
            addZoneOf(event.get("pfn"), machine.memory, concerned);
            if (event.operation().equals(Operation.ALLOC.spelling)) {
                addZoneOf(event.get("r"), machine.memory, concerned);
                addZoneOf(actual.values().get("r"), machine.memory, concerned);
            }
        }
        List<Zone> zones = new ArrayList<>();
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            boolean shown = concerned.isEmpty() ? machine.node.zone(zone).spanned > 0 : concerned.contains(zone);
            if (shown) {
                zones.add(machine.node.zone(zone));
            }
        }
        return zones;
    }

    private static void addZoneNumber(@Nullable Object zone, TreeSet<Integer> concerned) {
        if (zone instanceof Long number && number >= 0 && number < Zone.COUNT) {
            concerned.add(number.intValue());
        }
    }

    /** The zone of a frame, if there is such a frame: the file's answer may be anything. */
    private static void addZoneOf(@Nullable Object pfn, Memory memory, TreeSet<Integer> concerned) {
        if (pfn instanceof Long number && number >= memory.startPfn() && number < memory.endPfn()) {
            PageFrame frame = memory.frame(number.intValue());
            concerned.add(memory.zoneNumber(frame));
        }
    }
}
