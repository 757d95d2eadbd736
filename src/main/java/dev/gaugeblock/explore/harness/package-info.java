/**
 * The small concurrent programs of litmus tests, and the machine that they run on. Like the allocator itself this code
 * is explored, so it keeps to what Java PathFinder executes faithfully.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.explore.harness;
