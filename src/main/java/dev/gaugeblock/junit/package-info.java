/**
 * Litmus tests and events as tests of somebody's own project, which runs JUnit 5: a dependency, and a class with
 * {@link dev.gaugeblock.junit.LitmusTests} or {@link dev.gaugeblock.junit.ContractTraces} ({@code docs/junit.md}).
 */
package dev.gaugeblock.junit;
