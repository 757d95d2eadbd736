package dev.gaugeblock.kernel.rule;

/**
 * The free blocks of one order, as a dump lists them.
 *
 * @param count how many
 * @param types a letter for each migratetype that has some of them: U unmovable, M movable, E reclaimable, H
 *     highatomic, C CMA, I isolated; empty if the dump does not say
 */
public record FreeBlocks(long count, String types) {}
