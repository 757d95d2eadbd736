package dev.gaugeblock.explore.subject;

import dev.gaugeblock.api.Subject;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The classes of somebody's allocator.
 *
 * @param main name of the class that implements {@link dev.gaugeblock.api.Subject} or
 *     {@link dev.gaugeblock.api.FreeLists}
 * @param classes class files by binary name: that class, and all that it needs and its author brings along
 * @param complaints what in them no explorer can see, each with its class and line; with any, nothing that is explored
 *     shows anything
 */
public record SubjectClasses(String main, Map<String, byte[]> classes, List<String> complaints) {
    /** The class, with a loader of its own, above the running program. */
    public Class<?> load() throws SubjectException {
        return load(new SubjectLoader(classes, SubjectLoader.program()));
    }

    /**
     * Looks at the invariants of all classes, of which {@link #main} need not be the one that has any.
     *
     * @throws SubjectException for one that cannot be checked
     */
    void requireSoundInvariants() throws SubjectException {
        ClassLoader loader = new SubjectLoader(classes, SubjectLoader.program());
        boolean isWhole = Subject.class.isAssignableFrom(load(loader));
        for (String name : new TreeSet<>(classes.keySet())) {
            try {
                OwnInvariants.requireSound(Class.forName(name, false, loader), isWhole);
            } catch (ClassNotFoundException | LinkageError e) {
                throw new SubjectException("class " + name + " cannot be loaded: " + e, e);
            }
        }
    }

    /** The class as a loader has it, which may be an audited program's. */
    public Class<?> load(ClassLoader loader) throws SubjectException {
        try {
            return Class.forName(main, true, loader);
        } catch (ClassNotFoundException e) {
            throw new SubjectException("there is no class " + main, e);
        } catch (LinkageError e) {
            throw new SubjectException("class " + main + " cannot be loaded: " + e, e);
        }
    }
}
