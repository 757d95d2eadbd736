package dev.gaugeblock.report;

/** How results go to standard output. */
public enum Format {
    /** For people, as the results come. */
    text,
    /** One document at the end. */
    json,
    /** Workflow commands of a code host, as the results come, and the totals for people. */
    github
}
