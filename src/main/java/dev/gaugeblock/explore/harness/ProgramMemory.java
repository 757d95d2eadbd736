package dev.gaugeblock.explore.harness;

import dev.gaugeblock.mm.Zonelist;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What one program remembers of its requests for memory. Nobody but the program touches it. */
final class ProgramMemory {
    /** How often memory had been freed when it last looked. */
    int freesSeen;

    /** How often it has called reclaim, and the OOM killer. */
    int reclaims;

    int kills;

    /** Where its last request looks that had to reclaim; {@code null} if there was none, or nobody can be killed. */
    @Nullable
    Zonelist zones;

    /** The order that this request wants. The operation says both, so they are no part of a state. */
    int order;

    /** A request has to reclaim. */
    void wants(Zonelist where, int howMuch) {
        zones = where;
        order = howMuch;
    }
}
