package dev.gaugeblock.explore.state;

/**
 * A lock was taken while another was held.
 *
 * @param held name of the lock that was held
 * @param taken name of the one that was taken
 * @param who the task, and what it was doing
 */
public record LockOrder(String held, String taken, String who) {}
