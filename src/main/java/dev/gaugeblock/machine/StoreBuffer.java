package dev.gaugeblock.machine;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnderInitialization;
import org.checkerframework.checker.lock.qual.GuardSatisfied;

/**
 * The plain stores of one CPU that no other CPU can see yet: first in, first out (x86-TSO). The CPU's own loads see the
 * newest of them. Whoever runs on the CPU shares it.
 *
 * <p>Only a scheduler that explores what such a machine can do makes one; when the oldest store reaches memory is a
 * choice of that scheduler ({@link #drainOwned}). A locked operation, a full barrier and the taking of an interrupt
 * wait until it is empty.
 */
public final class StoreBuffer implements Stateful {
    private final @NotOnlyInitialized Cpu cpu;
    private final List<StoreTarget> targets = new ArrayList<>();
    private final List<Integer> values = new ArrayList<>();

    /**
     * An empty buffer.
     *
     * @param cpu whose stores wait in it
     */
    StoreBuffer(@UnderInitialization Cpu cpu) {
        this.cpu = cpu;
    }

    /**
     * A store begins to wait, behind those that do.
     *
     * @param target what is stored to
     * @param value what it will hold
     */
    public void putOwned(StoreTarget target, int value) {
        targets.add(target);
        values.add(value);
    }

    /**
     * What a load of this CPU gives.
     *
     * @param target what is loaded
     * @param inMemory what memory holds there
     * @return the newest store that waits here, else what memory holds
     */
    public int newestOwned(StoreTarget target, int inMemory) {
        int at = targets.lastIndexOf(target);
        return at < 0 ? inMemory : values.get(at);
    }

    /** The oldest store reaches memory. There must be one. */
    public void drainOwned() {
        targets.remove(0).landOwned(values.remove(0));
    }

    /**
     * {@return whether a store to a target waits; for schedulers, as the four below}
     *
     * @param target what is stored to
     */
    public boolean holds(StoreTarget target) {
        return targets.contains(target);
    }

    /** {@return whether no store waits} */
    public boolean isEmpty() {
        return targets.isEmpty();
    }

    /** {@return how many stores wait} */
    public int size() {
        return targets.size();
    }

    /**
     * {@return what the store at a place, from 0 for the oldest, is to}
     *
     * @param at its place
     */
    public StoreTarget target(int at) {
        return targets.get(at);
    }

    /**
     * {@return what the store at a place will have its target hold}
     *
     * @param at its place
     */
    public int value(int at) {
        return values.get(at);
    }

    /** By the names of the targets: no two have the same. */
    @Override
    public void writeState(StateSink out) {
        out.put(targets.size());
        for (int i = 0; i < targets.size(); i++) {
            String name = targets.get(i).toString();
            for (int at = 0; at < name.length(); at++) {
                out.put(name.charAt(at));
            }
            out.put(-1);
            out.put(values.get(i));
        }
    }

    @Override
    public String toString(@GuardSatisfied StoreBuffer this) {
        return "store buffer of " + cpu;
    }
}
