package dev.gaugeblock.artefacts;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a project gets that depends on Gaugeblock and JUnit, as {@code mvn dependency:tree} prints it. */
final class Dependencies {
    private static final Pattern JUNITS = Pattern.compile("org\\.(junit|opentest4j|apiguardian)\\b.*");
    private static final Pattern OURS =
            Pattern.compile("com\\.fasterxml\\.jackson\\.core:jackson-core:.*|org\\.ow2\\.asm:asm:.*");

    private Dependencies() {}

    /** What is not as it should be: Gaugeblock, two jars that it needs, and JUnit's. */
    static List<String> wrong(List<String> tree, String version) {
        List<String> wrong = new ArrayList<>();
        int ours = 0;
        boolean isThere = false;
        for (String line : tree.subList(1, tree.size())) {
            String artefact = line.replaceFirst("^[ |+\\\\-]+", "");
            if (artefact.startsWith("dev.gaugeblock:gaugeblock:jar:" + version + ":")) {
                isThere = true;
            } else if (OURS.matcher(artefact).matches()) {
                ours++;
            } else if (!JUNITS.matcher(artefact).matches()) {
                wrong.add("the example gets a jar that nobody needs: " + artefact);
            }
        }
        if (!isThere || ours != 2) {
            wrong.add("the example should get gaugeblock " + version + " and two jars with it: " + tree);
        }
        return wrong;
    }
}
