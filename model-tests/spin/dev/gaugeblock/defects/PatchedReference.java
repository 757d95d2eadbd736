package dev.gaugeblock.defects;

import dev.gaugeblock.cli.Main;
import java.io.IOException;

/** A command run by the whole program with a defect in it. */
public final class PatchedReference {
    private PatchedReference() {}

    /** Runs the command; returns its exit code. */
    public static int run(String defect, String... command)
            throws IOException, DefectException, ReflectiveOperationException {
        for (Defect each : Defects.shipped()) {
            if (each.id().equals(defect)) {
                PatchedProgram program = new PatchedProgram(PatchedSources.compile(each));
                Object code = program.loadClass(Main.class.getName())
                        .getMethod("run", String[].class)
                        .invoke(null, (Object) command);
                return (Integer) code;
            }
        }
        throw new IllegalArgumentException("there is no defect " + defect);
    }
}
