package dev.gaugeblock.explore.audit;

/**
 * One access of an execution, as a finding names it.
 *
 * @param step number of the step that it belongs to, from 1; 0 for what comes before a program's first
 * @param callers the methods that it was made from, innermost first, without the one of the site; empty if that was not taken down
 */
record Access(Site site, String task, int step, String callers) {
    /** "CPU 1 writes PageFrame.flags in step 5 (mm.PageChecks.checkFree:62, called from mm.PageAllocator.free:160)". */
    @Override
    public String toString() {
        return task + (site.writes() ? " writes " : " reads ") + site.target()
                + (step == 0 ? " before its first step" : " in step " + step) + " (" + site.place()
                + (callers.isEmpty() ? "" : ", called from " + callers) + ")";
    }
}
