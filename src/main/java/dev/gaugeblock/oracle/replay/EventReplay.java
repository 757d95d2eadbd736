package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.oracle.trace.Answers;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.EventForm;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Replays the events of a file, one after the other, and gives the reference's own answers. */
public interface EventReplay {
    /**
     * The form of an event.
     *
     * @throws BeyondReferenceException if its operation is none that is replayed
     */
    EventForm form(Event event);

    /**
     * Carries out one event, with which {@link EventForm#problem} has found nothing wrong. It has no look at its
     * answers.
     *
     * @throws IllegalArgumentException if it asks for something that is not there
     * @throws BeyondReferenceException if the reference cannot say what would happen
     */
    Answers apply(Event event);

    /** The machine, to be shown beside a wrong answer; {@code null} if there is nothing to show. */
    @Nullable
    Machine machine();
}
