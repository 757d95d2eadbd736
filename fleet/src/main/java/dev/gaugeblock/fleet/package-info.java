/**
 * Judging and sweeping on Apache Spark, through {@code dev.gaugeblock.api} alone: {@link dev.gaugeblock.fleet.Judge}
 * for traces, {@link dev.gaugeblock.fleet.Sweep} for programs. Read {@link dev.gaugeblock.fleet.Table} first: by it no
 * row is lost, and none comes twice.
 */
package dev.gaugeblock.fleet;
