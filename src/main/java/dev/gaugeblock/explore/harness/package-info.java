/**
 * The small concurrent programs of litmus tests, and the machine that they run on. Like the allocator itself this code is
 * explored, so it keeps to what Java PathFinder executes faithfully.
 */
package dev.gaugeblock.explore.harness;
