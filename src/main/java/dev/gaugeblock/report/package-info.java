/**
 * What people and build servers read: text, tables, JUnit XML.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * package {@code api} will be the only promise.
 */
package dev.gaugeblock.report;
