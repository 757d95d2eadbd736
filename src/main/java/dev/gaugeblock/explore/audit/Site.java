package dev.gaugeblock.explore.audit;

/**
 * A place in the explored code that touches data.
 *
 * @param type the class, by its binary name
 * @param method the method's name
 * @param line the source line; 0 if the class file has none
 * @param target what is touched: "PageFrame.flags", "an element of int[]", "a list"
 * @param writes whether it is written
 * @param makes whether the method is a constructor of the class
 * @param ghost whether what is touched is a ghost
 * @param inGhost whether the method is one
 * @param ofWord whether what is touched is a part of a word of {@code machine}
 */
public record Site(
        String type,
        String method,
        int line,
        String target,
        boolean writes,
        boolean makes,
        boolean ghost,
        boolean inGhost,
        boolean ofWord) {

    /** "mm.PageChecks.checkFree:62". */
    public String place() {
        String root = "dev.gaugeblock.";
        return (type.startsWith(root) ? type.substring(root.length()) : type) + "." + method + ":" + line;
    }

    /** Whether a class is initialised here: once for all executions, and before anybody can touch what it has. */
    public boolean initializesClass() {
        return method.equals("<clinit>");
    }
}
