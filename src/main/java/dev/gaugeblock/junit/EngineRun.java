package dev.gaugeblock.junit;

import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.support.hierarchical.EngineExecutionContext;

/**
 * A run of tests.
 *
 * @param listener is told what is passed over
 */
record EngineRun(EngineExecutionListener listener) implements EngineExecutionContext {}
