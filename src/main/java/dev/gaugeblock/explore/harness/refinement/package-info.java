/**
 * Refinement: at the linearization point of each operation the contract steps, and at every scheduling point its state
 * is what an abstraction makes of the machine's. {@code FrameContract} needs nothing of an allocator but what was asked
 * and answered; {@code MachineFrames} is the abstraction of ours. Java PathFinder explores this too.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version.
 * The package {@code api} will be the only promise.
 */
package dev.gaugeblock.explore.harness.refinement;
