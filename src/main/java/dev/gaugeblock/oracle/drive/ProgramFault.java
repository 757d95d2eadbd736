package dev.gaugeblock.oracle.drive;

/** A program that is judged does not keep to the protocol of {@code docs/oracle.md}. */
final class ProgramFault extends Exception {
    private static final long serialVersionUID = 1L;

    /** What it did instead. */
    enum Kind {
        CRASH("crash", "CRASH"),
        HANG("hang", "HANG"),
        GARBAGE("garbage", "GARBAGE"),
        OUT_OF_TURN("out-of-turn", "GARBAGE"),
        FLOOD("flood", "GARBAGE");

        /** The name that reports give it. */
        final String id;

        /** What stands in files in place of the answer. */
        final String word;

        Kind(String id, String word) {
            this.id = id;
            this.word = word;
        }
    }

    final Kind kind;

    ProgramFault(Kind kind, String what) {
        super(what);
        this.kind = kind;
    }
}
