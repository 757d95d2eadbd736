package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Result;
import dev.gaugeblock.contract.frames.Block;

/** What calls hand out and give back. */
final class Exchange {
    private Exchange() {}

    /** Whether a call gives something back, or takes a reference. */
    static boolean givesBack(Call call) {
        return call instanceof Call.Free free && free.reception() != Call.Reception.REFUSED
                || call instanceof Call.Give give && give.reception() != Call.Reception.REFUSED
                || call instanceof Call.Kunmap unmap && !unmap.refused()
                || call instanceof Call.AtomicUnmap unmap && !unmap.refused()
                || call instanceof Call.Get;
    }

    /** Whether a call hands out what another one gives back. */
    static boolean handsOut(Call call, Call back) {
        if (call instanceof Call.Kmap map) {
            return back instanceof Call.Kunmap unmap && unmap.pfn() == map.pfn();
        }
        long pfn = given(call);
        return back instanceof Call.Free free && free.pfn() == pfn
                || back instanceof Call.Give give && give.pfn() == pfn
                || back instanceof Call.Get get && get.pfn() == pfn;
    }

    /** The first frame of the block that a call hands out, -1 for none. */
    private static long given(Call call) {
        Result result = call instanceof Call.Alloc alloc
                ? alloc.result()
                : call instanceof Call.Take take ? take.result() : Result.NOTHING;
        return result.kind() == Result.Kind.GIVEN ? result.value() : -1;
    }

    /** Whether a reference to a frame is one to a block. */
    static boolean isPartOf(int pfn, Block block) {
        return block.pfn() == pfn || block.compound() && pfn > block.pfn() && pfn < block.end();
    }
}
