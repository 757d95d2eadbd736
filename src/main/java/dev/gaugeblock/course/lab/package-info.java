/**
 * Labs as their grade.json describes them, and what a seed makes of one.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.course.lab;
