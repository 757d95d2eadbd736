package dev.gaugeblock.explore.subject;

/** Somebody's allocator cannot be taken for one: there is no such class, or it is not what it should be. */
public final class SubjectException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With a message that names the class, what is wrong, and what to do. */
    public SubjectException(String message) {
        super(message);
    }

    SubjectException(String message, Throwable cause) {
        super(message, cause);
    }
}
