/**
 * What frees memory when it is short: reclaim on a request's own time, kswapd, and the choice of the process that the
 * OOM killer ends (behaviour 12).
 *
 * <p>Read {@link dev.gaugeblock.reclaim.ZoneShrinker} first, then its two users,
 * {@link dev.gaugeblock.reclaim.PageReclaim} and {@link dev.gaugeblock.reclaim.NodeBalance}. They decide how hard to
 * try and when to stop; what is then freed is up to the {@link dev.gaugeblock.reclaim.Shrinkers}, of which
 * {@link dev.gaugeblock.reclaim.PageShrinker} is the simplest there can be, over the
 * {@link dev.gaugeblock.reclaim.LruLists}. {@link dev.gaugeblock.reclaim.Kswapd} is the loop around the second driver,
 * and {@link dev.gaugeblock.reclaim.OutOfMemory} what is left when nothing helps.
 *
 * <p>Internal: what is public here is so for the other packages of this project, and may change with every version. The
 * packages {@code api} and {@code machine} are promised.
 */
package dev.gaugeblock.reclaim;
