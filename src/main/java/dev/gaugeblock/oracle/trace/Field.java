package dev.gaugeblock.oracle.trace;

import org.checkerframework.checker.nullness.qual.Nullable;

/** A declared field of an event: an argument or an answer. */
public record Field(String name, FieldType type, Presence presence) {
    /** When a field must be there. */
    public enum Presence {
        ALWAYS,
        /** It is left out where it does not apply, which is for whoever compares it to judge. */
        SOMETIMES,
        /** Only an operation that was given up half-way, with BUG, STUCK or BLOCKED, does without. */
        UNLESS_GIVEN_UP,
        /** Only an operation on a buffer that is not there, with NOBUF, does without. */
        UNLESS_NO_BUFFER
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

    static Field unlessNoBuffer(String name, FieldType type) {
        return new Field(name, type, Presence.UNLESS_NO_BUFFER);
    }

    /** Whether an event with this result must have the field. */
    boolean isRequired(@Nullable Object result) {
        return switch (presence) {
            case ALWAYS -> true;
            case SOMETIMES -> false;
            case UNLESS_GIVEN_UP -> !"BUG".equals(result) && !"STUCK".equals(result) && !"BLOCKED".equals(result);
            case UNLESS_NO_BUFFER -> !"NOBUF".equals(result);
        };
    }
}
