package dev.gaugeblock.explore.carriers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/** All kinds of carriers, for tests that hold them against each other. */
public final class EveryCarrier {
    private EveryCarrier() {}

    /** One of each kind that this JDK has, the slowest first: the last is as fast as the fastest. */
    public static List<Carriers> ofThisJdk() {
        List<Carriers> carriers = new ArrayList<>(List.of(new ThreadCarriers(Thread::new)));
        ThreadFactory virtual = Carriers.virtualThreadsOrNull();
        if (virtual != null) {
            carriers.add(new ThreadCarriers(virtual));
        }
        Carriers continuations = ContinuationCarriers.orNull();
        if (continuations != null) {
            carriers.add(continuations);
        }
        return carriers;
    }
}
