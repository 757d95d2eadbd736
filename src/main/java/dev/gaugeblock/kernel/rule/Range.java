package dev.gaugeblock.kernel.rule;

/** A number of pages of which only bounds are known. */
public record Range(long least, long most) {
    public static final Range NONE = new Range(0, 0);

    public static Range exactly(long pages) {
        return new Range(pages, pages);
    }

    public boolean isExact() {
        return least == most;
    }
}
