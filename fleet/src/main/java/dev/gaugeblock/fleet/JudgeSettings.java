package dev.gaugeblock.fleet;

import dev.gaugeblock.api.Judging;
import java.io.Serializable;
import java.time.Duration;

/**
 * How traces are judged.
 *
 * @param against {@code contract}, {@code reference} or {@code kernel-profile}
 * @param isOblivious whether allocations may fail at will
 * @param limit in seconds, for each trace
 * @param heap of the JVM in which a trace is judged that a shared one failed at, as {@code -Xmx} takes it
 */
record JudgeSettings(String against, boolean isOblivious, int limit, String heap) implements Serializable {
    static final String EXACT = "--exact";
    static final String KERNEL = "--kernel";
    static final String OBLIVIOUS = "--resource-oblivious";
    static final String LIMIT = "--limit";
    static final String HEAP = "--child-heap";

    private static final int DEFAULT_LIMIT = 60;
    private static final String DEFAULT_HEAP = "512m";

    /** Bytes in a line that an executor reads itself: its memory is for others, too. */
    private static final int LONGEST_LINE = 16 << 20;

    static JudgeSettings of(Arguments arguments) throws UsageException {
        boolean isExact = arguments.has(EXACT);
        boolean isKernel = arguments.has(KERNEL);
        boolean isOblivious = arguments.has(OBLIVIOUS);
        if ((isExact ? 1 : 0) + (isKernel ? 1 : 0) + (isOblivious ? 1 : 0) > 1) {
            throw new UsageException("of " + EXACT + ", " + KERNEL + " and " + OBLIVIOUS + " only one can be");
        }
        String heap = arguments.value(HEAP, DEFAULT_HEAP);
        if (!heap.matches("[1-9]\\d*[kKmMgG]")) {
            throw new UsageException(HEAP + " " + heap + ": a size as 512m or 4g is expected");
        }
        String against = isExact ? "reference" : isKernel ? "kernel-profile" : "contract";
        return new JudgeSettings(against, isOblivious, arguments.positive(LIMIT, DEFAULT_LIMIT), heap);
    }

    /** Whether a file in a folder is a trace, by its name. */
    boolean isTrace(String name) {
        boolean isHidden = name.startsWith(".") || name.startsWith("_");
        return against.equals("kernel-profile") ? !isHidden : name.endsWith(".jsonl") || name.endsWith(".jsonl.gz");
    }

    /** What a row depends on. */
    String state(Found file) {
        return file.bytes() + " bytes of " + file.modified() + ", " + against
                + (isOblivious ? ", failures at will" : "");
    }

    /** A judge that shares its JVM with others, and gives up early. */
    Judging shared() {
        return judging().longestLine(LONGEST_LINE).within(Duration.ofSeconds(limit));
    }

    /** A judge in a JVM of its own, whose word is the last. */
    Judging alone() {
        return judging().within(Duration.ofSeconds(limit)).inItsOwnJvm(heap);
    }

    private Judging judging() {
        Judging judging =
                switch (against) {
                    case "reference" -> Judging.byReference();
                    case "kernel-profile" -> Judging.byKernelProfile();
                    default -> Judging.byContract();
                };
        return isOblivious ? judging.failuresAtWill() : judging;
    }
}
