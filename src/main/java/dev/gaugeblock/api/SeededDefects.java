package dev.gaugeblock.api;

import dev.gaugeblock.defects.Defect;
import dev.gaugeblock.defects.DefectException;
import dev.gaugeblock.defects.Defects;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The shipped defects ({@code docs/defects.md}): each makes the reference wrong in one way, as people get it wrong. */
public final class SeededDefects {
    private SeededDefects() {}

    /**
     * The ids of all. (The later fixes of real bugs, which are in the catalogue too, are none.)
     *
     * @return them, sorted
     * @throws IOException if this program's own jar cannot be read
     */
    public static List<String> ids() throws IOException {
        try {
            return Defects.shipped().stream()
                    .filter(each -> !each.isFix())
                    .map(Defect::id)
                    .toList();
        } catch (DefectException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * The classes that are other than the sound program's, for {@link Exploring#seeded}, here or on another machine:
     * every Java from 17 on runs them. This takes a JDK, and java-diff-utils.
     *
     * @param id of a defect
     * @return class files by class name
     * @throws IOException if this program's own jar cannot be read
     * @throws IllegalArgumentException if there is no such defect, or this Java has no compiler
     */
    public static Map<String, byte[]> classFiles(String id) throws IOException {
        try {
            return Defects.classFiles(id);
        } catch (DefectException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
