package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small traces for tests: lines without their number, with single quotation marks. */
public final class Traces {
    /** 64 frames of DMA from 0 on, 64 of Normal, 64 of HighMem; a window of 2 slots; all free. */
    public static final List<String> BOOTED = List.of(
            "'op':'zones','sizes':[64,64,64],'node_start':0", "'op':'ncpu','n':2", "'op':'bootq','mode':'blocks'");

    private Traces() {}

    /** A file with a header, and with the events numbered. */
    public static Path write(Path file, List<String> before, String... events) throws IOException {
        List<String> lines = new ArrayList<>(
                List.of("{'header':1,'scenario':'s','desc':'d','binary':'b','last_pkmap':2,'hugetlb':false,"
                        + "'debug_highmem':false,'pae_window':false,'source':'test','config':{}}"));
        List<String> all = new ArrayList<>(before);
        all.addAll(List.of(events));
        for (int i = 0; i < all.size(); i++) {
            lines.add("{'i':" + i + "," + all.get(i) + "}");
        }
        return Files.write(
                file, lines.stream().map(line -> line.replace('\'', '"')).toList());
    }

    static FileVerdict judge(Path folder, List<String> before, String... events) throws IOException {
        return ContractCheck.check(
                write(folder.resolve("trace.jsonl"), before, events), Contract.Failures.RESOURCE_AWARE, false);
    }

    public static String alloc(int gfp, int order, Object result) {
        return "'op':'alloc','cpu':0,'gfp':" + gfp + ",'order':" + order + ",'task':0,'r':" + result;
    }

    public static String free(int pfn, int order) {
        return "'op':'free','cpu':0,'pfn':" + pfn + ",'order':" + order;
    }

    /** With the times of call and return. */
    static String at(int call, int end, String event) {
        return event + ",'t0':" + call + ",'t1':" + end;
    }
}
