package dev.gaugeblock.course.lab;

/** A lab that cannot be read; the message says which part, and why. */
public final class LabException extends Exception {
    private static final long serialVersionUID = 1L;

    public LabException(String message) {
        super(message);
    }
}
