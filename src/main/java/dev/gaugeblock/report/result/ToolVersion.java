package dev.gaugeblock.report.result;

/** The version of this program. */
public final class ToolVersion {
    private ToolVersion() {}

    /** As the jar's manifest has it; classes that are run straight from a build folder have none. */
    public static String text() {
        Package packaged = ToolVersion.class.getPackage();
        String version = packaged == null ? null : packaged.getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
