package dev.gaugeblock.fleet;

/** A job was asked for something that it cannot do; the message says what, and what it can. Exit code 2. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
