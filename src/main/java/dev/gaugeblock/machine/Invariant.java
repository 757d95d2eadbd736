package dev.gaugeblock.machine;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that says whether an invariant holds of the object it belongs to.
 *
 * <p>The method takes no argument, changes nothing, and returns {@code null} where the invariant holds, otherwise a
 * sentence that names what is wrong. It stands in the class whose data it is about. The catalogue is read from these
 * annotations, and whoever checks invariants calls every method that carries one.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Invariant {
    /** {@return the catalogue id, lower case with hyphens, unique} */
    String id();

    /** {@return the rule in one sentence} */
    String says();

    /** {@return what must be free for the data to be at rest: one of the constants below} */
    String guardedBy();

    /** The lock of the zone that the object belongs to. */
    String ZONE_LOCK = "zone.lock";

    /** Interrupts of the CPU that the object belongs to: free while they are on. */
    String INTERRUPTS = "cpu.interrupts";

    /** Every zone's lock and every CPU's interrupts. */
    String ALL = "every zone.lock and cpu.interrupts";

    /** {@code zone.lru_lock} of the zone that the object belongs to. */
    String LRU_LOCK = "zone.lru_lock";

    /** The lock of the kmap window. */
    String KMAP_LOCK = "kmap_lock";

    /**
     * The locks around page buffers: of the hash chains, the delayed writes, the completions, the page cache and the
     * device.
     */
    String BUFFER_LOCKS = "every lock around page buffers";

    /** Data that no other task touches: they are always at rest when a scheduling point is reached. */
    String NOTHING = "nothing";

    /** Nothing is in the middle of an operation: no frame is on its way between a list and its new owner. */
    String IDLE = "no operation in progress";
}
