package dev.gaugeblock.defects;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import com.github.difflib.patch.PatchFailedException;
import dev.gaugeblock.explore.litmus.Shipped;
import dev.gaugeblock.explore.subject.SourceCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The reference sources with a defect's diff applied: those files that have to be compiled, by their path in the
 * project.
 */
final class PatchedSources {
    private static final String FOLDER = "sources";
    /** Lines of context that need not fit, at each end of a hunk: as many as patch(1) forgives. */
    private static final int FUZZ = 2;

    /** What lines of a diff begin with. */
    private static final String MARKS = " +-@\\";

    private static final String OLD_FILE = "--- a/";

    private final Defect defect;
    private final Path root;

    private PatchedSources(Defect defect, Path root) {
        this.defect = defect;
        this.root = root;
    }

    /**
     * Applies the diff.
     *
     * @return the text of each file to be compiled
     * @throws DefectException naming file and hunk, if it does not fit
     */
    static Map<String, String> of(Defect defect) throws IOException, DefectException {
        try (Shipped program = Shipped.open()) {
            return new PatchedSources(defect, program.folder(FOLDER)).apply();
        }
    }

    /** The text of every source of the allocator, with the diff applied; throws as {@link #of} does. */
    static Map<String, String> all(Defect defect) throws IOException, DefectException {
        try (Shipped program = Shipped.open()) {
            PatchedSources sources = new PatchedSources(defect, program.folder(FOLDER));
            Map<String, String> patched = sources.apply();
            sources.addOthers(patched);
            return patched;
        }
    }

    /**
     * The classes of the patched sources.
     *
     * @return class files by class name
     * @throws DefectException if the patch does not fit, or what it makes does not compile
     */
    static Map<String, byte[]> compile(Defect defect) throws IOException, DefectException {
        try {
            return SourceCompiler.compile(of(defect), List.of(), SourceCompiler.forEveryJava());
        } catch (SourceCompiler.CompilationException e) {
            throw new DefectException(defect.id() + ": the patched sources do not compile: " + e.getMessage());
        }
    }

    private Map<String, String> apply() throws IOException, DefectException {
        Map<String, String> patched = new LinkedHashMap<>();
        for (List<String> ofFile : diffsByFile()) {
            String name = ofFile.get(0).substring(OLD_FILE.length()).strip();
            Path source = root.resolve(name);
            if (!Files.isRegularFile(source)) {
                throw new DefectException(defect.id() + ": there is no reference source " + name
                        + "; a defect may change those of machine, mm, highmem, reclaim and pagebuf");
            }
            List<String> lines = Files.readAllLines(source);
            patched.put(name, String.join("\n", patch(name, lines, ofFile)) + "\n");
        }
        if (changesAConstant()) {
            addOthers(patched);
        }
        return patched;
    }

    /** The diff, cut where another file begins. */
    private List<List<String>> diffsByFile() throws DefectException {
        List<List<String>> files = new ArrayList<>();
        for (String line : defect.diff()) {
            if (!line.isEmpty() && MARKS.indexOf(line.charAt(0)) < 0) {
                throw new DefectException(defect.id() + ": expected a line of a unified diff, found \"" + line + "\"");
            }
            if (line.startsWith("--- ")) {
                if (!line.startsWith(OLD_FILE)) {
                    throw new DefectException(defect.id() + ": expected a file as \"" + OLD_FILE
                            + "src/main/java/...\", found \"" + line + "\"");
                }
                files.add(new ArrayList<>());
            }
            files.get(files.size() - 1).add(line);
        }
        return files;
    }

    private List<String> patch(String name, List<String> source, List<String> diff) throws DefectException {
        Patch<String> patch = UnifiedDiffUtils.parseUnifiedDiff(
                diff.stream().map(PatchedSources::withoutPlace).toList());
        if (patch.getDeltas().isEmpty()) {
            throw new DefectException(defect.id() + ": its diff of " + name + " has no hunk");
        }
        List<String> patched = source;
        // From the last hunk to the first, each alone: so a hunk that does not fit can be named, and lines keep their
        // numbers.
        for (int hunk = patch.getDeltas().size(); hunk > 0; hunk--) {
            AbstractDelta<String> delta = patch.getDeltas().get(hunk - 1);
            Patch<String> one = new Patch<>();
            one.addDelta(delta);
            try {
                patched = one.applyFuzzy(patched, FUZZ);
            } catch (PatchFailedException e) {
                throw new DefectException(defect.id() + ": hunk " + hunk + " of "
                        + patch.getDeltas().size() + " does not fit " + name + ": " + mismatch(delta, source));
            }
        }
        return patched;
    }

    /** The head of a hunk without the line that some tools write behind it, which the reader of diffs stumbles over. */
    private static String withoutPlace(String line) {
        return line.startsWith("@@ ") ? line.substring(0, line.lastIndexOf(" @@") + 3) : line;
    }

    /** Where the lines that a hunk expects first differ from those that there are. */
    private static String mismatch(AbstractDelta<String> delta, List<String> source) {
        List<String> expected = delta.getSource().getLines();
        int start = delta.getSource().getPosition();
        int at = 0;
        while (at < expected.size() - 1
                && start + at < source.size()
                && expected.get(at).equals(source.get(start + at))) {
            at++;
        }
        String found =
                start + at < source.size() ? "\"" + source.get(start + at).strip() + "\"" : "the end of the file";
        return "line " + (start + at + 1) + ": expected \"" + expected.get(at).strip() + "\", found " + found;
    }

    /** Compilers copy constants into the classes that use them, so then all classes have to be compiled. */
    private boolean changesAConstant() {
        return defect.diff().stream().anyMatch(line -> line.startsWith("+") && line.contains("static final "));
    }

    private void addOthers(Map<String, String> patched) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                patched.putIfAbsent(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
    }
}
