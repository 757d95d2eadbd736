package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.mm.Gfp;
import java.util.ArrayList;
import java.util.List;

/** Something to be done; {@code pick} chooses among the blocks that are live by then, or the value that is set. */
record SessionAction(Kind kind, int cpu, int pick, int gfp, int order) {
    enum Kind {
        ALLOC,
        FREE,
        FREE_COLD,
        GET,
        DRAIN,
        KMAP,
        KUNMAP,
        /** kmap_atomic, a use of the address, the same in a second window meanwhile, and the end of both. */
        ATOMIC,
        MIN_FREE,
        RATIO
    }

    /**
     * An action with its block chosen. The n-th action that asks for one keeps it in variable n.
     *
     * @param target the variable, -1 for none
     * @param operations what a program does; none for a change of a sysctl, and for atomic mappings
     */
    record Step(SessionAction action, int cpu, int target, LitmusOperation[] operations) {}

    /** A block that is live as far as can be told beforehand: its request may yet fail. */
    private static final class Held {
        final int variable;
        final int order;
        final boolean mayBeHigh;
        int references = 1;
        int maps;

        Held(int variable, int order, boolean mayBeHigh) {
            this.variable = variable;
            this.order = order;
            this.mayBeHigh = mayBeHigh;
        }
    }

    /** Chooses the blocks. What has no block to be about is left out. */
    static List<Step> plan(List<SessionAction> actions, int cpus) {
        List<Step> steps = new ArrayList<>();
        List<Held> live = new ArrayList<>();
        for (SessionAction action : actions) {
            Step step = action.step(steps.size(), action.cpu % cpus, live);
            if (step != null) {
                steps.add(step);
            }
        }
        return steps;
    }

    private Step step(int variable, int onCpu, List<Held> live) {
        switch (kind) {
            case ALLOC -> {
                live.add(new Held(variable, order, (gfp & Gfp.HIGHMEM) != 0));
                return step(
                        onCpu,
                        variable,
                        LitmusOperation.ALLOC,
                        gfp,
                        order,
                        "v" + variable + " = alloc 0x" + Integer.toHexString(gfp) + " " + order);
            }
            case DRAIN -> {
                return step(onCpu, -1, LitmusOperation.DRAIN, 0, 0, "drain");
            }
            case MIN_FREE, RATIO -> {
                return new Step(this, onCpu, -1, new LitmusOperation[0]);
            }
            default -> {
                List<Held> choice = live.stream().filter(this::suits).toList();
                return choice.isEmpty() ? null : onBlock(onCpu, choice.get(pick % choice.size()), live);
            }
        }
    }

    /** A kunmap is about a block that is mapped, and most mappings are of blocks that may lie in HighMem. */
    private boolean suits(Held block) {
        return switch (kind) {
            case KUNMAP -> block.maps > 0;
            case KMAP, ATOMIC -> block.mayBeHigh || pick % 4 == 0;
            default -> true;
        };
    }

    private Step onBlock(int onCpu, Held block, List<Held> live) {
        String name = " v" + block.variable;
        switch (kind) {
            case FREE, FREE_COLD -> {
                if (block.references == 1 && block.maps > 0) {
                    return null;
                }
                block.references--;
                if (block.references == 0) {
                    live.remove(block);
                }
                boolean cold = kind == Kind.FREE_COLD && block.order == 0;
                return step(
                        onCpu,
                        block.variable,
                        cold ? LitmusOperation.FREE_COLD : LitmusOperation.FREE,
                        0,
                        block.order,
                        (cold ? "free-cold" : "free") + name);
            }
            case GET -> {
                block.references++;
                return step(onCpu, block.variable, LitmusOperation.GET, 0, block.order, "get" + name);
            }
            case KMAP -> {
                block.maps++;
                return step(onCpu, block.variable, LitmusOperation.KMAP, 0, 0, "kmap" + name);
            }
            case KUNMAP -> {
                block.maps--;
                return step(onCpu, block.variable, LitmusOperation.KUNMAP, 0, 0, "kunmap" + name);
            }
            default -> {
                return new Step(this, onCpu, block.variable, new LitmusOperation[0]);
            }
        }
    }

    private Step step(int onCpu, int target, int operation, int bits, int blockOrder, String text) {
        LitmusOperation[] operations = {new LitmusOperation(operation, target, bits, blockOrder, 0, text)};
        return new Step(this, onCpu, target, operations);
    }
}
