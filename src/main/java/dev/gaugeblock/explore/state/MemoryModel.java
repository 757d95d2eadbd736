package dev.gaugeblock.explore.state;

import dev.gaugeblock.explore.litmus.LitmusTest;
import java.util.Optional;

/** What a CPU sees of the stores of another. */
public enum MemoryModel {
    /** All see every store at once, in one order: sequential consistency. */
    SC("sc"),
    /** A plain store waits in its CPU's store buffer, while later loads go ahead: what x86 processors do. */
    X86_TSO("x86-tso");

    private final String text;

    MemoryModel(String text) {
        this.text = text;
    }

    /** The model of that name; empty if there is none. */
    public static Optional<MemoryModel> of(String name) {
        for (MemoryModel model : values()) {
            if (model.text.equals(name)) {
                return Optional.of(model);
            }
        }
        return Optional.empty();
    }

    /** Whether stores wait. */
    public boolean buffersStores() {
        return this == X86_TSO;
    }

    /**
     * How many tasks an exploration has: the programs; behind them the store buffer of each CPU, if there are; and who
     * says that a handler strikes no more, if it is open how often some do.
     */
    public int tasks(LitmusTest test) {
        boolean areOpen = test.programs().stream().anyMatch(program -> program.handling.isOpen());
        return test.programs().size() + (buffersStores() ? test.machine().cpus : 0) + (areOpen ? 1 : 0);
    }

    @Override
    public String toString() {
        return text;
    }
}
