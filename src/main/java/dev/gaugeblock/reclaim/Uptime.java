package dev.gaugeblock.reclaim;

/** The clock that tells how long the machine has been up. */
public interface Uptime {
    /** Seconds since boot. */
    int seconds();
}
