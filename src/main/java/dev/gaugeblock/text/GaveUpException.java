package dev.gaugeblock.text;

/** A text was not read to its end, for want of memory or as a bound was set: nothing is known to be wrong with it. */
public final class GaveUpException extends TextFormatException {
    private static final long serialVersionUID = 1L;

    GaveUpException(String file, long line, String problem) {
        super(file, line, 0, problem);
    }

    @Override
    public TextFormatException after(String decided) {
        return new GaveUpException(file(), line(), problem() + BEFORE + decided);
    }
}
