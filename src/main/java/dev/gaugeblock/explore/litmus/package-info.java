/** Litmus tests as text: their grammar ({@code docs/litmus.md}), and what a test file says. */
package dev.gaugeblock.explore.litmus;
