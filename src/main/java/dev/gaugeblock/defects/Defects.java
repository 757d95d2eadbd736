package dev.gaugeblock.defects;

import dev.gaugeblock.explore.litmus.Shipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds defects. */
public final class Defects {
    private static final String FOLDER = "defects";

    private Defects() {}

    /** Whether this program is a student's: it brings no defects along, but one in its allocator. */
    public static boolean isHandout() throws IOException {
        try (Shipped program = Shipped.open()) {
            return !Files.isDirectory(program.folder(FOLDER));
        }
    }

    /**
     * The shipped ones, sorted by id.
     *
     * @throws DefectException also if this program is a handout
     */
    public static List<Defect> shipped() throws IOException, DefectException {
        if (isHandout()) {
            throw new DefectException("this is a handout: its allocator has a defect, and it brings no patches along");
        }
        try (Shipped program = Shipped.open()) {
            return in(program.folder(FOLDER));
        }
    }

    /** For the id of a violation, the ids of the shipped ones that show as one, by their patches; none in a handout. */
    public static Map<String, List<String>> byViolation() throws IOException, DefectException {
        Map<String, List<String>> found = new TreeMap<>();
        if (isHandout()) {
            return found;
        }
        for (Defect defect : shipped()) {
            if (defect.isFix()) {
                continue;
            }
            Set<String> ids = new TreeSet<>();
            defect.foundBy().forEach(claim -> ids.add(claim.id()));
            ids.forEach(id ->
                    found.computeIfAbsent(id, violation -> new ArrayList<>()).add(defect.id()));
        }
        return found;
    }

    /**
     * The classes of the program with a shipped defect in it, as far as they are other than the sound program's.
     *
     * @return class files by class name
     * @throws DefectException if there is no defect of that id, or it cannot be compiled here
     */
    public static Map<String, byte[]> classFiles(String id) throws IOException, DefectException {
        for (Defect defect : shipped()) {
            if (defect.id().equals(id)) {
                return PatchedSources.compile(defect);
            }
        }
        throw new DefectException("there is no defect " + id + ": \"gaugeblock defects\" lists them");
    }

    /** The patches in a folder, sorted by id. */
    public static List<Defect> in(Path folder) throws IOException, DefectException {
        List<Defect> defects = new ArrayList<>();
        for (Path file : patches(folder)) {
            defects.add(Defect.parse(String.valueOf(file.getFileName()), Files.readAllLines(file)));
        }
        return defects;
    }

    /**
     * The patches in a folder of somebody else's, which may lack a header.
     *
     * @throws DefectException also if there is none
     */
    public static List<Defect> foreign(Path folder) throws IOException, DefectException {
        List<Defect> defects = new ArrayList<>();
        for (Path file : patches(folder)) {
            defects.add(Defect.parseForeign(String.valueOf(file.getFileName()), Files.readAllLines(file)));
        }
        if (defects.isEmpty()) {
            throw new DefectException(folder + ": there is no patch (*" + Defect.ENDING + ") in it");
        }
        return defects;
    }

    private static List<Path> patches(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> file.toString().endsWith(Defect.ENDING))
                    .sorted()
                    .toList();
        }
    }
}
