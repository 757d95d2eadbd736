/**
 * Grades what students hand in: each question in a process of its own, with limits.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.course.grade;
