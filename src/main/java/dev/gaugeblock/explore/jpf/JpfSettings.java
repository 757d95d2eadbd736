package dev.gaugeblock.explore.jpf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How Java PathFinder is configured. Each setting that changes what is explored has its reason here;
 * {@code docs/jpf.md} has what was measured.
 */
public final class JpfSettings {
    /** What JPF runs. */
    public static final String TARGET = "dev.gaugeblock.explore.harness.pathfinder.Pathfinder";

    /** What its states may take: those of the largest shipped tests take more than two. */
    static final String HEAP = "8g";

    private static final List<String> JVM_OPTIONS = List.of(
            "--add-exports",
            "java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens",
            "java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-exports",
            "java.base/jdk.internal.access=ALL-UNNAMED",
            "-Xmx" + HEAP,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1");

    private JpfSettings() {}

    /** The settings of every run, in order; a key that ends in {@code +} adds to what JPF has by itself. */
    public static Map<String, String> common() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("target", TARGET);
        // Exact states rather than their hashes: no path is cut by a collision.
        settings.put("vm.storage.class", "gov.nasa.jpf.vm.FullStateSet");
        // Guarded state is touched in ...Locked methods, which assert that the lock is held; a word of the machine,
        // behind
        // its scheduling point, in ...Owned ones; what only invariants read, in ...Ghost ones. No other pattern here:
        // it
        // would hide races.
        settings.put(
                "vm.shared.never_break_methods+",
                ",*.*Locked,*.*Ghost,dev.gaugeblock.machine.*.*Owned,"
                        + "dev.gaugeblock.explore.harness.pathfinder.*.*Owned");
        // Tables of objects, filled at boot. Arrays of numbers are not among them.
        settings.put("vm.shared.never_break_types+", ",[Ldev.gaugeblock.*,[[Ldev.gaugeblock.*");
        // The engine's own scheduler; what only the task itself touches; what nobody changes after boot; what a
        // buffer's
        // owner has. The audit sees all of these but the first.
        settings.put(
                "vm.shared.never_break_fields+",
                ",dev.gaugeblock.explore.harness.pathfinder.*.*,dev.gaugeblock.machine.Task.*,"
                        + "dev.gaugeblock.explore.harness.ProgramMemory.*,dev.gaugeblock.explore.harness.Grants.*,dev.gaugeblock.explore.harness.ProgramMapping.*,"
                        + "dev.gaugeblock.machine.Waiter.asleep,dev.gaugeblock.machine.Waiter.hasWoken,"
                        + "dev.gaugeblock.machine.Waiter.takenOut,"
                        + "dev.gaugeblock.mm.ZoneMarks.*,dev.gaugeblock.mm.PageFrame.*,"
                        + "dev.gaugeblock.reclaim.Process.*,dev.gaugeblock.reclaim.Kswapd.order,"
                        + "dev.gaugeblock.pagebuf.PageBuf.address,dev.gaugeblock.pagebuf.BufferMemory.*,"
                        + "dev.gaugeblock.pagebuf.PageBuf.doneHook,"
                        + "dev.gaugeblock.pagebuf.PageBuf.releaseHook,dev.gaugeblock.pagebuf.PageBuf.strategyHook");
        // A thread holds its own monitor for life: JPF would take that for a lock that protects what it touches.
        settings.put("vm.shared.sync_detection", "false");
        settings.put("vm.shared.skip_static_finals", "true");
        settings.put("cg.break_lock_release", "false");
        settings.put("cg.break_notify", "false");
        // A step with many invariants to check is long; to cut it would be a switch inside an ...Owned method.
        settings.put("vm.max_transition_length", "100000000");
        return settings;
    }

    /** The settings for a path that is told, step by step, into {@code xml}. */
    static Map<String, String> narrated(Path xml) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("vm.tree_output", "false");
        settings.put("report.publisher", "console,xml");
        settings.put("report.xml.file", withoutEnding(xml));
        settings.put("report.xml.property_violation", "error,trace,output");
        return settings;
    }

    /** JPF adds the ending itself. */
    private static String withoutEnding(Path xml) {
        String name = xml.toString();
        return name.substring(0, name.length() - ".xml".length());
    }

    /**
     * The command line.
     *
     * @param classpath where JPF finds the classes that it explores
     * @param more settings besides the common ones
     * @param arguments of the target's main method
     */
    static List<String> command(JpfHome home, String classpath, Map<String, String> more, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.java().toString());
        command.addAll(JVM_OPTIONS);
        command.add("-jar");
        command.add(home.jar().toString());
        command.add("+classpath=" + classpath);
        common().forEach((key, value) -> command.add("+" + key + "=" + value));
        more.forEach((key, value) -> command.add("+" + key + "=" + value));
        command.addAll(arguments);
        return command;
    }
}
