package dev.gaugeblock.oracle.trace;

/** A {@code kmap} sleeps once more than its script holds wake-ups: nobody would ever give up a slot. */
public final class BlockedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BlockedException() {
        super("the script has no more of what happens while kmap sleeps");
    }
}
