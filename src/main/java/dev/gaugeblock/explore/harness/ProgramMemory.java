package dev.gaugeblock.explore.harness;

/** What one program remembers of its requests for memory. Nobody but the program touches it. */
final class ProgramMemory {
    /** How often memory had been freed when it last looked. */
    int freesSeen;

    /** How often it has called reclaim, and the OOM killer. */
    int reclaims;

    int kills;
}
