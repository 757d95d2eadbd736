package dev.gaugeblock.contract;

/** What an event leads to: the next {@link State}, or a {@link Breach}. */
public sealed interface Judgement permits State, Breach {}
