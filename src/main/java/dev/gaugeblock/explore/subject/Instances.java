package dev.gaugeblock.explore.subject;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;

/** Makes objects of somebody's class. */
final class Instances<T> {
    private final Class<? extends T> type;
    private final Constructor<? extends T> constructor;

    /**
     * Of a class.
     *
     * @throws SubjectException if it has no public constructor without parameters
     */
    Instances(Class<? extends T> type) throws SubjectException {
        this.type = type;
        if (!Modifier.isPublic(type.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
            throw new SubjectException(type.getName() + " is not public, or abstract: make it a public class");
        }
        if (type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers())) {
            throw new SubjectException(type.getName() + " is an inner class: make it static");
        }
        try {
            constructor = type.getConstructor();
        } catch (NoSuchMethodException e) {
            throw new SubjectException(
                    type.getName() + " has no public constructor without parameters: each execution makes a new one",
                    e);
        }
    }

    /** A new one. What its constructor throws, which is unchecked, comes through. */
    T make() {
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException) {
                throw (RuntimeException) e.getCause();
            }
            if (e.getCause() instanceof Error) {
                throw (Error) e.getCause();
            }
            throw new IllegalStateException("the constructor of " + type.getName() + " fails", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made", e);
        }
    }
}
