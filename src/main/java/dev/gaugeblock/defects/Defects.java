package dev.gaugeblock.defects;

import dev.gaugeblock.explore.litmus.Shipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds defects. */
public final class Defects {
    private static final String FOLDER = "defects";

    private Defects() {}

    /** The shipped ones, sorted by id. */
    public static List<Defect> shipped() throws IOException, DefectException {
        try (Shipped program = Shipped.open()) {
            return in(program.folder(FOLDER));
        }
    }

    /** Ids of the shipped ones that show, by what their patches say, as a violation with that id. */
    public static List<String> foundBy(String violation) throws IOException, DefectException {
        return shipped().stream()
                .filter(defect ->
                        defect.foundBy().stream().anyMatch(claim -> claim.id().equals(violation)))
                .map(Defect::id)
                .toList();
    }

    /** The patches in a folder, sorted by id. */
    public static List<Defect> in(Path folder) throws IOException, DefectException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> file.toString().endsWith(Defect.ENDING))
                    .sorted()
                    .toList();
        }
        List<Defect> defects = new ArrayList<>();
        for (Path file : files) {
            defects.add(Defect.parse(String.valueOf(file.getFileName()), Files.readAllLines(file)));
        }
        return defects;
    }
}
