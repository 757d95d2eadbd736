package dev.gaugeblock.explore.subject;

import dev.gaugeblock.explore.audit.Hooks;
import dev.gaugeblock.explore.harness.foreign.UnreadableStateException;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.BitSet;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The state of somebody's allocator, read from all its fields, and from those of all that hangs on it. Objects are
 * numbered in the order in which they are come to, so two states that differ in nothing but where their objects lie
 * write the same numbers.
 */
final class ReflectedState {
    private static final int NULL = -1;
    private static final int KNOWN = -2;
    private static final int NEW = -3;

    private final StateSink out;
    private final Map<Object, Integer> numbers = new IdentityHashMap<>();

    private ReflectedState(StateSink out) {
        this.out = out;
    }

    /**
     * Writes the state of an allocator; what says itself what state it is in, as words do, is asked for it.
     *
     * @throws UnreadableStateException for an object of a class of Java's that cannot be read
     */
    static void write(Object allocator, StateSink out) {
        new ReflectedState(out).value(allocator, allocator.getClass().getName());
    }

    private void value(@Nullable Object value, String place) {
        if (value == null) {
            out.put(NULL);
        } else if (!simple(value) && !ofMachine(value)) {
            Integer number = numbers.putIfAbsent(value, numbers.size());
            out.put(number == null ? NEW : KNOWN);
            if (number == null) {
                contents(value, place);
            } else {
                out.put(number);
            }
        }
    }

    /** What has a value and no identity. */
    private boolean simple(Object value) {
        if (value instanceof Character character) {
            out.put(character);
        } else if (value instanceof Boolean truth) {
            out.put(truth ? 1 : 0);
        } else if (value instanceof Double number) {
            out.put(Double.doubleToRawLongBits(number));
        } else if (value instanceof Float number) {
            out.put(Float.floatToRawIntBits(number));
        } else if (value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte) {
            out.put(((Number) value).longValue());
        } else if (value instanceof Enum<?> constant) {
            out.put(constant.ordinal());
        } else if (value instanceof String text) {
            out.put(text.length());
            text.chars().forEach(out::put);
        } else {
            return false;
        }
        return true;
    }

    /** What the machine's own state has already, or what has none. */
    private boolean ofMachine(Object value) {
        if (value instanceof Task task) {
            out.name(task);
        } else if (value instanceof Cpu cpu) {
            out.put(cpu.id);
        } else if (!(value instanceof Scheduler || value instanceof SpinLock || value instanceof Class<?>)) {
            return false;
        }
        return true;
    }

    private void contents(Object value, String place) {
        if (value instanceof Stateful stateful) {
            stateful.writeState(out);
        } else if (value.getClass().isArray()) {
            int length = Array.getLength(value);
            out.put(length);
            for (int i = 0; i < length; i++) {
                Hooks.looks(value, i);
                value(Array.get(value, i), place);
            }
        } else if (value instanceof Collection<?> || value instanceof Map<?, ?> || value instanceof BitSet) {
            Hooks.looks(value, Hooks.WHOLE);
            collection(value, place);
        } else if (Fields.areOf(value.getClass())) {
            for (Field field : Fields.of(value.getClass())) {
                String name = Hooks.target(field);
                Hooks.looks(value, name);
                value(Fields.value(field, value), name);
            }
        } else {
            throw unreadable(value, place);
        }
    }

    private void collection(Object value, String place) {
        if (value instanceof BitSet bits) {
            for (long word : bits.toLongArray()) {
                out.put(word);
            }
            out.put(bits.length());
        } else if (value instanceof Map<?, ?> map) {
            out.put(map.size());
            map.forEach((key, held) -> {
                requireStableOrder(key, place);
                value(key, place);
                value(held, place);
            });
        } else {
            Collection<?> all = (Collection<?>) value;
            out.put(all.size());
            for (Object each : all) {
                if (value instanceof java.util.HashSet<?>) {
                    requireStableOrder(each, place);
                }
                value(each, place);
            }
        }
    }

    /** Where objects lie in memory must not decide in which order they are written. */
    private static void requireStableOrder(@Nullable Object key, String place) {
        boolean isStable =
                key instanceof Number || key instanceof String || key instanceof Character || key instanceof Boolean;
        if (key != null && !isStable) {
            throw new UnreadableStateException(
                    place + " is a map or set of " + key.getClass().getName()
                            + ", whose order changes from run to run: use numbers as keys, or an array or list");
        }
    }

    private static UnreadableStateException unreadable(Object value, String place) {
        return new UnreadableStateException(
                place + " holds a " + value.getClass().getName()
                        + ", whose state nobody can read: use a word of dev.gaugeblock.machine, an array or a collection, or"
                        + " implement dev.gaugeblock.machine.Stateful");
    }
}
