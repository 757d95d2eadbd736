package dev.gaugeblock.machines;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the model's operations sleep for. Between two actions those that were woken go on, the first one first. */
final class ModelSleepers {
    final Stacks stacks = new Stacks();

    /** A sleep, up to its wake-up. */
    final class Wake {
        boolean due;

        void sleep() {
            due = false;
            stacks.sleep(() -> due);
        }
    }

    /** A count that one can wait for: a lock at 1, an event at 0. */
    final class Count {
        int value;
        private final List<Wake> queue = new ArrayList<>();

        Count(int value) {
            this.value = value;
        }

        boolean tryDown() {
            if (value == 0) {
                return false;
            }
            value--;
            return true;
        }

        void down() {
            Wake me = new Wake();
            while (value == 0) {
                if (!queue.contains(me)) {
                    queue.add(me);
                }
                me.sleep();
            }
            value--;
            queue.remove(me);
            wakeFirst();
        }

        void up() {
            value++;
            wakeFirst();
        }

        private void wakeFirst() {
            if (value > 0 && !queue.isEmpty()) {
                queue.get(0).due = true;
            }
        }
    }

    /** Runs an operation up to its end, or to its sleep: then the answer is "sleeps". */
    String run(String name, Supplier<String> operation) {
        return stacks.run(name, operation);
    }
}
