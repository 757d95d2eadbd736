package dev.gaugeblock.machines;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Who sleeps, in the order in which they fell asleep; between two actions those that were woken go on, the first one
 * first.
 */
final class ModelSleepers {
    /** One that sleeps, or was woken and is due to go on. */
    final class Sleeper {
        final String name;
        private final Predicate<Sleeper> onwards;
        boolean due;

        private Sleeper(String name, Predicate<Sleeper> onwards) {
            this.name = name;
            this.onwards = onwards;
        }

        /** It found that it has to sleep on: as the last. */
        void sleepAgain() {
            due = false;
            sleeping.add(this);
        }
    }

    private final List<Sleeper> sleeping = new ArrayList<>();

    /**
     * Somebody falls asleep. What it does when woken says whether it came to its end, and if not, that it sleeps again.
     */
    Sleeper park(String name, Predicate<Sleeper> onwards) {
        Sleeper sleeper = new Sleeper(name, onwards);
        sleeping.add(sleeper);
        return sleeper;
    }

    /** All that are due go on, and those that they wake; the ends of operations are noted. */
    void runDue(List<String> trace) {
        while (true) {
            Sleeper next =
                    sleeping.stream().filter(each -> each.due).findFirst().orElse(null);
            if (next == null) {
                return;
            }
            sleeping.remove(next);
            if (next.onwards.test(next)) {
                trace.add("ended:" + next.name);
            }
        }
    }

    int count() {
        return sleeping.size();
    }
}
