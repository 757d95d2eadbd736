/**
 * The engine that starts Java PathFinder on a litmus test and judges what it prints ({@code docs/jpf.md}).
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * package {@code api} will be the only promise.
 */
package dev.gaugeblock.explore.jpf;
