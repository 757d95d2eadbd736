package dev.gaugeblock.machines;

/** Who asks: its CPU, and the four things about it that an allocation looks at. */
record ModelTask(int cpu, boolean realTime, boolean inInterrupt, boolean memalloc, boolean memdie) {
    static ModelTask process(int cpu) {
        return new ModelTask(cpu, false, false, false, false);
    }

    /** With the bits that events have: 1 real-time, 2 in interrupt, 4 PF_MEMALLOC, 8 TIF_MEMDIE. */
    static ModelTask of(int cpu, int bits) {
        return new ModelTask(cpu, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
    }
}
