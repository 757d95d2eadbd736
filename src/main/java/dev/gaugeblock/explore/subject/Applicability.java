package dev.gaugeblock.explore.subject;

import dev.gaugeblock.api.Subject;
import dev.gaugeblock.explore.harness.condition.Reads;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.litmus.Condition;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.mm.Gfp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether a litmus test can be run on somebody's allocator, or what it needs that the allocator cannot do. */
public final class Applicability {
    private Applicability() {}

    /** What a test needs that an allocator cannot do, in two or three words; empty if the test is applicable. */
    public static String missing(LitmusTest test, SubjectMaker allocator) {
        return allocator.isWhole() ? missing(test, allocator.type()) : "";
    }

    private static String missing(LitmusTest test, Class<?> type) {
        if (test.machine().device != null) {
            return "page buffers";
        }
        if (test.machine().hasLru() || test.programs().stream().anyMatch(program -> program.kswapd)) {
            return "reclaim";
        }
        if (!test.machine().processes.isEmpty()
                || test.programs().stream().anyMatch(program -> program.process != null)) {
            return "OOM killer";
        }
        if (test.programs().stream().anyMatch(program -> program.reactions().length > 0)) {
            return "reclaim";
        }
        for (LitmusOperation operation : operations(test)) {
            String missing = missing(operation, type);
            if (!missing.isEmpty()) {
                return missing;
            }
        }
        return missingForConditions(test, type);
    }

    /** Of those conditions that it is held to. */
    private static String missingForConditions(LitmusTest test, Class<?> type) {
        for (Condition condition : test.conditions()) {
            Reads reads = Reads.of(condition.formula());
            if (!reads.zones().isEmpty() && !Subject.Counting.class.isAssignableFrom(type)) {
                return "free counts";
            }
            if (reads.leaveListsOut()) {
                return "free counts that leave per-CPU lists out";
            }
        }
        return "";
    }

    private static List<LitmusOperation> operations(LitmusTest test) {
        List<LitmusOperation> all = new ArrayList<>(test.before());
        all.addAll(test.after());
        for (Program program : test.programs()) {
            all.addAll(Arrays.asList(program.allOperations()));
        }
        return all;
    }

    private static String missing(LitmusOperation operation, Class<?> type) {
        return switch (operation.kind) {
            case LitmusOperation.ALLOC ->
                operation.detail == LitmusOperation.OWN_NODE ? missingFor(operation.gfp) : "allocation on a node";
            case LitmusOperation.FREE, LitmusOperation.LOCK, LitmusOperation.UNLOCK, LitmusOperation.MB -> "";
            case LitmusOperation.FREE_COLD, LitmusOperation.PUT -> operation.order == 0 ? "" : "free of a part";
            case LitmusOperation.GET -> Subject.References.class.isAssignableFrom(type) ? "" : "references";
            case LitmusOperation.DRAIN -> Subject.Draining.class.isAssignableFrom(type) ? "" : "drain";
            case LitmusOperation.SYSCTL -> "sysctls";
            case LitmusOperation.FREE_AS -> "free of the wrong order";
            case LitmusOperation.LOCK_PAGE, LitmusOperation.UNLOCK_PAGE, LitmusOperation.WAIT_PAGE -> "page locks";
            case LitmusOperation.START_WRITEBACK, LitmusOperation.END_WRITEBACK, LitmusOperation.WAIT_WRITEBACK ->
                "writeback";
            case LitmusOperation.BUFFER -> "page buffers";
            case LitmusOperation.ATTACH_HEADS, LitmusOperation.DROP_HEADS -> "buffer heads";
            case LitmusOperation.KMAP, LitmusOperation.KUNMAP, LitmusOperation.READ, LitmusOperation.WRITE ->
                Subject.Mapping.class.isAssignableFrom(type) ? "" : "kmap";
            default -> "atomic kmap";
        };
    }

    private static String missingFor(int gfp) {
        return (gfp & Gfp.ZERO) != 0 ? "zeroed frames" : (gfp & Gfp.COMP) != 0 ? "compound blocks" : "";
    }
}
