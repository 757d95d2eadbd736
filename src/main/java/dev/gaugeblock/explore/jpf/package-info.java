/**
 * The engine that starts Java PathFinder on a litmus test and judges what it prints ({@code docs/jpf.md}).
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.explore.jpf;
