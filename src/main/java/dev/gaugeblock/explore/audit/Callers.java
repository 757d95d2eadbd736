package dev.gaugeblock.explore.audit;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.stream.Collectors;

/** From where an access is made. */
final class Callers {
    private static final String ROOT = "dev.gaugeblock.";
    private static final int MOST = 4;

    private Callers() {}

    /** The methods that led to the one which makes an access now, innermost first: "mm.PageAllocator.free:160 < ...". */
    static String ofAccess() {
        return StackWalker.getInstance().walk(frames -> frames.dropWhile(Callers::isOurs)
                .skip(1)
                .filter(frame -> frame.getClassName().startsWith(ROOT))
                .takeWhile(frame -> !frame.getClassName().startsWith(ROOT + "explore.execution"))
                .limit(MOST)
                .map(Callers::told)
                .collect(Collectors.joining(" < ")));
    }

    private static boolean isOurs(StackFrame frame) {
        return List.of(Callers.class, Recorder.class, Hooks.class).stream()
                .anyMatch(type -> type.getName().equals(frame.getClassName()));
    }

    private static String told(StackFrame frame) {
        return frame.getClassName().substring(ROOT.length()) + "." + frame.getMethodName() + ":"
                + frame.getLineNumber();
    }
}
