/**
 * Litmus tests and events as tests of somebody's own project, which runs JUnit 5: a dependency, and a class with
 * {@link dev.gaugeblock.junit.LitmusTests} or {@link dev.gaugeblock.junit.ContractTraces} ({@code docs/junit.md}).
 *
 * <p>Promised: the annotations keep what they say from version to version ({@code docs/api.md}).
 */
package dev.gaugeblock.junit;
