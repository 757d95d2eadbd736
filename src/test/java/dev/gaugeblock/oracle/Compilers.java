package dev.gaugeblock.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;

/** Compilers of other languages, which a machine may lack: then a test is skipped and says so, but not in CI. */
public final class Compilers {
    private Compilers() {}

    /** Goes on only where there is such a compiler; in CI, which has {@code CI} in its environment, there must be. */
    public static void require(String compiler) throws InterruptedException {
        boolean isThere = isThere(compiler);
        String lacking = "NOT TESTED: there is no compiler named " + compiler + " on this machine";
        boolean isCi = System.getenv("CI") != null;
        assertTrue(isThere || !isCi, lacking + ", and CI is set, where nothing may be left out");
        assumeTrue(isThere, lacking);
    }

    private static boolean isThere(String compiler) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(compiler, "--version");
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            return builder.start().waitFor() == 0;
        } catch (IOException none) {
            return false;
        }
    }

    /** Runs a compiler, which must find nothing wrong. */
    public static void run(List<String> command) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), command::toString);
    }
}
