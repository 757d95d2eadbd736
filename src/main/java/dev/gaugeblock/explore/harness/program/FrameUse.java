package dev.gaugeblock.explore.harness.program;

import dev.gaugeblock.machine.AtomicWord;
import dev.gaugeblock.mm.PageFrame;

/**
 * Who can name which frame, as far as the text of a test tells. Where each variable belongs to one program, which uses
 * it only while it holds a reference, nobody but its user ever comes to the words of a frame: so they are no scheduling
 * points.
 *
 * <p>It is a fact about the whole test, not about the moment: a word that is a point in one interleaving and none in
 * another would keep an engine from seeing that the two differ. The audit holds it against what tasks really touch.
 */
public final class FrameUse {
    private static final int NOBODY = -2;
    private static final int BEFORE = -1;
    /** A reaction counts as a program of its own. */
    private static final int FIRST_REACTION = 1000;

    /** By variable: the one program that names it, or {@link #NOBODY}. */
    private final int[] userOf;
    /** By variable: references that the program holds by it. */
    private final int[] references;
    /** By variable: the order of its block. */
    private final int[] orders;

    private int reactions;
    private boolean isDisciplined = true;

    private FrameUse(int variables) {
        userOf = new int[variables];
        references = new int[variables];
        orders = new int[variables];
        for (int i = 0; i < variables; i++) {
            userOf[i] = NOBODY;
        }
    }

    /**
     * Whether each frame has one user at a time, so that its words are nobody else's.
     *
     * @param before what happens before the programs start: it counts to the program that uses the variable then
     */
    public static boolean isByOneAtATime(LitmusOperation[] before, Program[] programs, int variables) {
        FrameUse use = new FrameUse(variables);
        use.follow(before, BEFORE);
        for (int i = 0; i < programs.length; i++) {
            LitmusOperation[] operations = new LitmusOperation[programs[i].length()];
            for (int at = 0; at < operations.length; at++) {
                operations[at] = programs[i].operation(at);
            }
            use.follow(operations, i);
            use.followReactions(programs[i]);
        }
        return use.isDisciplined;
    }

    /** By variable: whether a program takes or drops references to its block while others use it. */
    public static boolean[] countedByOneUsedByMore(Program[] programs, int variables) {
        boolean[] shared = new boolean[variables];
        for (int variable = 0; variable < variables; variable++) {
            int users = 0;
            boolean counted = false;
            for (Program program : programs) {
                users += program.usesBlock(variable, false) ? 1 : 0;
                counted |= program.usesBlock(variable, true);
            }
            shared[variable] = users > 1 && counted;
        }
        return shared;
    }

    /** Whether a frame has buffer heads at some time, as far as the text tells. */
    public static boolean hasBufferHeads(LitmusOperation[] before, Program[] programs) {
        boolean has = isOfHeads(before);
        for (Program program : programs) {
            has |= isOfHeads(program.allOperations());
        }
        return has;
    }

    private static boolean isOfHeads(LitmusOperation[] operations) {
        boolean is = false;
        for (LitmusOperation operation : operations) {
            is |= operation.isOfHeads();
        }
        return is;
    }

    /** A word that is a frame's. */
    public static boolean isOfAFrame(Object word) {
        return word instanceof AtomicWord && ((AtomicWord) word).owner() instanceof PageFrame;
    }

    /** When a reaction runs is not in the text: so it may only name variables that nothing else names. */
    private void followReactions(Program program) {
        Reaction[] all = program.reactions();
        for (int i = 0; i < all.length; i++) {
            LitmusOperation[] operations = new LitmusOperation[all[i].length()];
            for (int at = 0; at < operations.length; at++) {
                operations[at] = all[i].operation(at);
                if (namesBlock(operations[at]) && userOf[operations[at].target] != NOBODY) {
                    isDisciplined = false;
                }
            }
            follow(operations, FIRST_REACTION + reactions++);
        }
    }

    private void follow(LitmusOperation[] operations, int program) {
        for (int i = 0; i < operations.length; i++) {
            LitmusOperation operation = operations[i];
            if (operation.kind == LitmusOperation.BUFFER) {
                isDisciplined = false; // Frames of page buffers are found by whoever asks the page cache.
            } else if (namesBlock(operation)) {
                take(operation, program);
                isDisciplined &= !operation.isOfHeads(); // Who frees the frame's buddy looks at its words, too.
            }
        }
    }

    private static boolean namesBlock(LitmusOperation operation) {
        return operation.target >= 0
                && operation.kind != LitmusOperation.LOCK
                && operation.kind != LitmusOperation.UNLOCK;
    }

    private void take(LitmusOperation operation, int program) {
        int variable = operation.target;
        boolean isOwn = userOf[variable] == program || userOf[variable] == NOBODY || userOf[variable] == BEFORE;
        userOf[variable] = program;
        if (operation.kind == LitmusOperation.ALLOC) {
            references[variable] = 1;
            orders[variable] = operation.order;
            isDisciplined &= isOwn;
            return;
        }
        isDisciplined &= isOwn && references[variable] > 0;
        if (operation.kind == LitmusOperation.GET) {
            references[variable]++;
        } else if (operation.referenceChange() < 0) {
            references[variable]--;
            isDisciplined &= operation.kind == LitmusOperation.FREE
                    ? operation.order == orders[variable]
                    : operation.kind != LitmusOperation.FREE_AS && orders[variable] == 0;
        }
    }
}
