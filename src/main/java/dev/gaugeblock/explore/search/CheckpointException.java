package dev.gaugeblock.explore.search;

import java.io.IOException;

/** A checkpoint that cannot be read, or does not belong to the exploration that shall go on from it. */
public final class CheckpointException extends IOException {
    private static final long serialVersionUID = 1L;

    CheckpointException(String message) {
        super(message);
    }
}
