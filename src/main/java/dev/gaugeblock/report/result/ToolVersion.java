package dev.gaugeblock.report.result;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of this program. */
public final class ToolVersion {
    /** Maven puts it into the jar. (Of the manifest, the copies of the program that are explored know nothing.) */
    private static final String PROPERTIES = "/META-INF/maven/dev.gaugeblock/gaugeblock/pom.properties";

    private ToolVersion() {}

    /** As the jar has it; classes that are run straight from a build folder have none. */
    public static String text() {
        Properties properties = new Properties();
        try (InputStream in = ToolVersion.class.getResourceAsStream(PROPERTIES)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + PROPERTIES + " of the program's own jar", e);
        }
        return properties.getProperty("version", "(not packaged)");
    }
}
