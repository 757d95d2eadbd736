package dev.gaugeblock.defects;

import dev.gaugeblock.explore.subject.SourceCompiler;
import java.io.IOException;
import java.util.Map;

/** The classes of the allocator with a defect, all of them, without line numbers and names of variables. */
public final class DefectiveClasses {
    /** The class files of the allocator, by their paths. */
    public static final String FILES = "dev/gaugeblock/(machine|mm|highmem|reclaim|pagebuf)/.*\\.class";

    private DefectiveClasses() {}

    /**
     * Compiles them.
     *
     * @return class files by class name
     * @throws DefectException if the patch does not fit, or what it makes does not compile
     */
    public static Map<String, byte[]> of(Defect defect) throws IOException, DefectException {
        try {
            return SourceCompiler.compileBare(PatchedSources.all(defect));
        } catch (SourceCompiler.CompilationException e) {
            throw new DefectException(defect.id() + ": the patched sources do not compile: " + e.getMessage());
        }
    }
}
