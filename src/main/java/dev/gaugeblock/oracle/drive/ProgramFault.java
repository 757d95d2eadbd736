package dev.gaugeblock.oracle.drive;

/** A program that is judged does not keep to the protocol of {@code docs/oracle.md}. */
final class ProgramFault extends Exception {
    private static final long serialVersionUID = 1L;

    /** What it did instead. */
    enum Kind {
        CRASH("crash"),
        HANG("hang"),
        GARBAGE("garbage"),
        OUT_OF_TURN("out-of-turn"),
        FLOOD("flood");

        /** The name that reports give it. */
        final String id;

        Kind(String id) {
            this.id = id;
        }
    }

    final Kind kind;

    ProgramFault(Kind kind, String what) {
        super(what);
        this.kind = kind;
    }
}
