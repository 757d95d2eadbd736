package dev.gaugeblock.kernel.judge;

import java.util.List;

/**
 * What two snapshots and the events between them say. Ranges have their ends in them; where events lie beside a marker,
 * they are in or out.
 *
 * @param from number of the first
 * @param to number of the second
 * @param counters whether both have vmstat, and no event was lost between
 * @param unseenLow pages that were handed out without an event, at least
 * @param unseenHigh at most
 * @param freesLow frees that vmstat counts less those of the trace, in pages, at least
 * @param freesHigh at most
 * @param replayed how many events of the free lists were replayed; -1 if there was nothing to begin with
 * @param compacted whether compaction ran between
 * @param zones how the free blocks came out
 * @param says what follows, each a sentence
 */
public record SnapshotPair(
        int from,
        int to,
        boolean counters,
        long unseenLow,
        long unseenHigh,
        long freesLow,
        long freesHigh,
        long replayed,
        boolean compacted,
        List<ZoneOutcome> zones,
        List<String> says) {
    /**
     * How the free blocks of a zone came out.
     *
     * @param zone its name
     * @param exact whether there are as many of each order as buddyinfo says
     * @param pagesTooMany free pages of the replay less those of buddyinfo
     */
    public record ZoneOutcome(String zone, boolean exact, long pagesTooMany) {}
}
