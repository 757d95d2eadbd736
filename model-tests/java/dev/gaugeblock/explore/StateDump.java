package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.ProgramListener;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.machine.Scheduler;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A whole simulation as text, read from its fields by reflection, so that no class can forget to show one. */
public final class StateDump {
    /** Fields that may differ between states that are taken for the same, with the reason. */
    static final Map<String, String> LEFT_OUT = Map.ofEntries(
            Map.entry("Task.doing", "only messages show it"),
            Map.entry("FrameUseRule.droppedBy", "only messages show it"),
            Map.entry("PkmapSlots.givenUpBy", "only messages show it"),
            Map.entry("Refinement.lastStep", "only messages show it"),
            Map.entry("Refinement.refusals", "a wrong refusal may be passed over by dpor+cache: docs/refinement.md"),
            Map.entry("VmEvents.counts", "statistics that nobody reads here"),
            Map.entry(
                    "ProgramMapping.address", "where no operation uses the address any more; compared by the outcomes"),
            Map.entry("ProgramMapping.type", "as the address"),
            Map.entry("ProgramMemory.freesSeen", "forgotten when the next operation begins"),
            Map.entry("Tlb.addresses", "in the order of their use; a CPU that looks one up finds the same"),
            Map.entry("Tlb.pfns", "as addresses"),
            Map.entry("Simulation.listeners", "the explorer's own"));

    private static final Set<Class<?>> NOT_ENTERED = Set.of(Scheduler.class, ProgramListener.class, Class.class);

    private final Map<Object, Integer> numbers = new IdentityHashMap<>();
    private final Deque<Object> toVisit = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();

    private StateDump() {}

    public static String of(Simulation simulation) throws IllegalAccessException {
        StateDump dump = new StateDump();
        dump.name(simulation);
        while (!dump.toVisit.isEmpty()) {
            dump.describe(dump.toVisit.remove());
        }
        return dump.text.toString();
    }

    private void name(Object value) {
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else if (NOT_ENTERED.stream().noneMatch(type -> type.isInstance(value))) {
            Integer number = numbers.get(value);
            if (number == null) {
                number = numbers.size();
                numbers.put(value, number);
                toVisit.add(value);
            }
            text.append('#').append(number);
        }
        text.append(' ');
    }

    private void describe(Object object) throws IllegalAccessException {
        text.append('\n').append(object.getClass().getSimpleName()).append(": ");
        if (object instanceof Collection<?>) {
            ((Collection<?>) object).forEach(this::name);
        } else if (object.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(object); i++) {
                name(Array.get(object, i));
            }
        } else {
            for (Field field : fields(object.getClass())) {
                text.append(field.getName()).append('=');
                name(field.get(object));
            }
        }
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> declaring = type; declaring != Object.class; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                String name = declaring.getSimpleName() + "." + field.getName();
                if (!Modifier.isStatic(field.getModifiers()) && !LEFT_OUT.containsKey(name)) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return fields;
    }
}
