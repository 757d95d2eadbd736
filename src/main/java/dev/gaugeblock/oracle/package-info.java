/**
 * Files of events, and the judge that holds them against the reference allocator.
 *
 * <p>Read {@link dev.gaugeblock.oracle.ExactCheck} first, which has the whole of it in one loop; then
 * {@code Operation}, the declaration of what an event may say, and {@code Reference}, which carries events out. The
 * files are described in {@code spec/events.md}.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.oracle;
