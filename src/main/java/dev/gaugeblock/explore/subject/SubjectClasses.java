package dev.gaugeblock.explore.subject;

import java.util.List;
import java.util.Map;

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
