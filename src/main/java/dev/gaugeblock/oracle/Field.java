package dev.gaugeblock.oracle;

/** A declared field of an event: an argument or an answer. */
record Field(String name, FieldType type, Presence presence) {
    /** When a field must be there. */
    enum Presence {
        ALWAYS,
        /** It is left out where it does not apply, which is for whoever compares it to judge. */
        SOMETIMES,
        /** Only an operation that was given up half-way, with BUG, STUCK or BLOCKED, does without. */
        UNLESS_GIVEN_UP
    }

    static Field required(String name, FieldType type) {
        return new Field(name, type, Presence.ALWAYS);
    }

    static Field optional(String name, FieldType type) {
        return new Field(name, type, Presence.SOMETIMES);
    }

    static Field unlessGivenUp(String name, FieldType type) {
        return new Field(name, type, Presence.UNLESS_GIVEN_UP);
    }

    boolean isRequired(boolean givenUp) {
        return presence == Presence.ALWAYS || presence == Presence.UNLESS_GIVEN_UP && !givenUp;
    }
}
