/**
 * Coursework: defects and variants drawn by a seed, handouts, and the grading of what students hand in.
 *
 * <p>Read {@link dev.gaugeblock.course.Draw} first: what makes two students' tasks different.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.course;
