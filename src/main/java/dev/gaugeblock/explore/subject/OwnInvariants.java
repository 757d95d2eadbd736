package dev.gaugeblock.explore.subject;

import dev.gaugeblock.explore.harness.InvariantCatalogue;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.SpinLock;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The invariants that somebody's classes have, of the objects of one allocator. The guard of one is the name of a
 * {@link SpinLock} in a field of its own class, or {@link Invariant#NOTHING}, {@link Invariant#IDLE}, or, of free
 * lists, {@link Invariant#ZONE_LOCK}.
 */
final class OwnInvariants {
    /** Of nobody. */
    static final OwnInvariants NONE = new OwnInvariants(List.of());

    private final List<Each> all;

    private OwnInvariants(List<Each> all) {
        this.all = all;
    }

    /** An invariant of an object; {@code lock} is {@code null} if no lock guards it. */
    private static final class Each {
        private final InvariantCatalogue.Entry entry;
        private final Object object;
        private final @Nullable SpinLock lock;

        Each(InvariantCatalogue.Entry entry, Object object, @Nullable SpinLock lock) {
            this.entry = entry;
            this.object = object;
            this.lock = lock;
        }

        boolean isAtRest(boolean isIdle) {
            SpinLock guard = lock;
            return guard == null ? isIdle || !entry.guardedBy().equals(Invariant.IDLE) : guard.isFree();
        }
    }

    /**
     * Looks whether the invariants of a class can be checked.
     *
     * @param isWhole whether it belongs to an allocator as a whole, which is in no zone of the reference's
     * @throws SubjectException if one has an id that is taken, a guard that is none, or no method to call
     */
    static void requireSound(Class<?> type, boolean isWhole) throws SubjectException {
        try {
            for (InvariantCatalogue.Entry entry : InvariantCatalogue.join(type)) {
                boolean isInNoZone = isWhole && entry.guardedBy().equals(Invariant.ZONE_LOCK);
                if (isInNoZone || !isWithoutLock(entry) && !hasLock(type, entry.guardedBy())) {
                    throw new SubjectException(wrongGuard(entry));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new SubjectException(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean hasLock(Class<?> type, String field) {
        for (Field each : type.getDeclaredFields()) {
            if (each.getName().equals(field)) {
                return each.getType() == SpinLock.class;
            }
        }
        return false;
    }

    private static boolean isWithoutLock(InvariantCatalogue.Entry entry) {
        String guard = entry.guardedBy();
        return guard.equals(Invariant.NOTHING) || guard.equals(Invariant.IDLE) || guard.equals(Invariant.ZONE_LOCK);
    }

    /** Those of an allocator that has booted, and of the objects of its author's classes that it holds. */
    static OwnInvariants of(Object allocator) {
        List<Each> found = new ArrayList<>();
        for (Object object : Reachable.from(allocator)) {
            for (InvariantCatalogue.Entry entry : InvariantCatalogue.join(object.getClass())) {
                found.add(new Each(entry, object, lockOf(entry, object)));
            }
        }
        return new OwnInvariants(found);
    }

    private static @Nullable SpinLock lockOf(InvariantCatalogue.Entry entry, Object object) {
        if (isWithoutLock(entry)) {
            return null;
        }
        try {
            Field field = entry.subject().getDeclaredField(entry.guardedBy());
            field.setAccessible(true);
            Object lock = field.get(object);
            if (lock instanceof SpinLock) {
                return (SpinLock) lock;
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(wrongGuard(entry), e);
        }
        throw new IllegalArgumentException(wrongGuard(entry));
    }

    private static String wrongGuard(InvariantCatalogue.Entry entry) {
        return "invariant " + entry.id() + " of " + entry.subject().getName() + " is guarded by \"" + entry.guardedBy()
                + "\": expected the name of a SpinLock in a field of that class, \"" + Invariant.NOTHING + "\" or \""
                + Invariant.IDLE + "\"";
    }

    /**
     * Checks those whose guard is free.
     *
     * @param isIdle whether no operation is under way
     * @throws InvariantBroken for the first that does not hold
     */
    void check(boolean isIdle) {
        for (Each each : all) {
            if (each.isAtRest(isIdle)) {
                String wrong = ask(each);
                if (wrong != null) {
                    throw new InvariantBroken(each.entry.id(), wrong);
                }
            }
        }
    }

    private static @Nullable String ask(Each each) {
        try {
            return (@Nullable String) each.entry.method().invoke(each.object);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            return "the state is too broken to check it: " + (cause == null ? e : cause);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("invariant " + each.entry.id() + " cannot be called", e);
        }
    }
}
