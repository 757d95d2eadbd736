/**
 * What students are given: an allocator with a defect that nothing in it names.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.course.handout;
