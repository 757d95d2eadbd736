package dev.gaugeblock.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the jar starts with. The libraries of the command line are optional, as whoever depends on the jar for its API
 * has no use for them: so this class must not need any, and says which are missing.
 */
public final class Start {
    private Start() {}

    /** A class of each library that the commands need, and the name that the library goes by. */
    private static final Map<String, String> LIBRARIES = new LinkedHashMap<>();

    static {
        LIBRARIES.put("picocli.CommandLine", "info.picocli:picocli");
        LIBRARIES.put("me.tongfei.progressbar.ProgressBar", "me.tongfei:progressbar");
        LIBRARIES.put("com.github.difflib.DiffUtils", "io.github.java-diff-utils:java-diff-utils");
        LIBRARIES.put("com.fasterxml.jackson.core.JsonParser", "com.fasterxml.jackson.core:jackson-core");
        LIBRARIES.put("org.objectweb.asm.ClassReader", "org.ow2.asm:asm");
    }

    /** What the libraries themselves need: a progress bar asks for the width of the terminal. */
    private static final Set<String> BELOW = Set.of("org.jline.terminal.Terminal", "org.jline.nativ.CLibrary");

    /** A class of each library, with those that they need themselves. */
    static Set<String> libraries() {
        Set<String> all = new TreeSet<>(LIBRARIES.keySet());
        all.addAll(BELOW);
        return all;
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
        LIBRARIES.forEach((type, library) -> {
            if (loader.getResource(type.replace('.', '/') + ".class") == null) {
                missing.add(library);
            }
        });
        return missing;
    }
}
