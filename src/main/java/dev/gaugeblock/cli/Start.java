package dev.gaugeblock.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the jar starts with. The libraries of the command line are optional, as whoever depends on the jar for its API
 * has no use for them: so this class must not need any, and says which are missing.
 */
public final class Start {
    private Start() {}

    /** A class of each library that the commands need, and the name that the library goes by. */
    private static Map<String, String> libraries() {
        Map<String, String> libraries = new LinkedHashMap<>();
        libraries.put("picocli.CommandLine", "info.picocli:picocli");
        libraries.put("me.tongfei.progressbar.ProgressBar", "me.tongfei:progressbar");
        libraries.put("com.github.difflib.DiffUtils", "io.github.java-diff-utils:java-diff-utils");
        libraries.put("com.fasterxml.jackson.core.JsonParser", "com.fasterxml.jackson.core:jackson-core");
        libraries.put("org.objectweb.asm.ClassReader", "org.ow2.asm:asm");
        return libraries;
    }

    /** Ends the process as {@link Main} says, or with {@link ExitCode#ENVIRONMENT} if it cannot run. */
    public static void main(String[] args) {
        List<String> missing = missing(Objects.requireNonNull(Start.class.getClassLoader(), "class loader"));
        if (missing.isEmpty()) {
            Main.main(args);
            return;
        }
        System.err.println("gaugeblock: the command line needs libraries that are not on the class path: "
                + String.join(", ", missing));
        System.err.println("Run the jar whose name ends in -all, which has them inside, or put them into the folder lib"
                + " beside this one.");
        System.exit(ExitCode.ENVIRONMENT.code());
    }

    /** The libraries that a loader does not find. */
    static List<String> missing(ClassLoader loader) {
        List<String> missing = new ArrayList<>();
        libraries().forEach((type, library) -> {
            if (loader.getResource(type.replace('.', '/') + ".class") == null) {
                missing.add(library);
            }
        });
        return missing;
    }
}
