package dev.gaugeblock.machine;

/**
 * What a lock guards, where its own methods named {@code ...Locked} are the only way to read it while anything runs,
 * and each of them that others call says to the task that it looks here ({@link Task#looksInto}), and what its caller
 * learns by that ({@link Task#learns}). So to take the lock teaches nothing, and of what was read in such a method
 * nothing but its result is left when it has returned.
 */
public interface Discreet extends Stateful {}
