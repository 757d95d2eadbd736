package dev.gaugeblock.explore;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A litmus test made up by jqwik, and made smaller by it: a machine, two or three programs, perhaps a handler. Whatever
 * is taken is given back, and whoever sleeps is woken, so that nothing may go wrong in any interleaving.
 *
 * @param frames of HighMem, from 2
 * @param batch of the per-CPU lists
 * @param programs what each CPU does, phrase by phrase
 * @param handler what the handler of CPU 0 does; empty for none
 */
record GeneratedProgram(int frames, int batch, List<List<Phrase>> programs, List<Phrase> handler) {
    /** What belongs together, about the shared frame p or about a block of one's own. */
    record Phrase(What what, int order) {}

    enum What {
        DRAIN,
        ALLOC,
        ALLOC_AND_FREE,
        ALLOC_AND_FREE_COLD,
        REFER,
        MAP_IN_WINDOW,
        KMAP,
        LOCK_PAGE
    }

    static Arbitrary<GeneratedProgram> any() {
        Arbitrary<List<List<Phrase>>> programs = Combinators.combine(
                        phrases(What.values(), 1, 2), phrases(What.values(), 1, 2), phrases(What.values(), 0, 1))
                .as((one, two, three) -> three.isEmpty() ? List.of(one, two) : List.of(one, two, three));
        What[] withoutSleep = {What.ALLOC_AND_FREE, What.REFER, What.MAP_IN_WINDOW};
        return Combinators.combine(
                        Arbitraries.integers().between(2, 5),
                        Arbitraries.integers().between(1, 2),
                        programs,
                        phrases(withoutSleep, 0, 1))
                .as(GeneratedProgram::new);
    }

    private static Arbitrary<List<Phrase>> phrases(What[] kinds, int least, int most) {
        return Combinators.combine(Arbitraries.of(kinds), Arbitraries.integers().between(0, 1))
                .as(Phrase::new)
                .list()
                .ofMinSize(least)
                .ofMaxSize(most);
    }

    /** The test as a file. */
    String text() {
        List<String> lines = new ArrayList<>(List.of(
                "litmus generated",
                "\"Made up: whatever is taken is given back, and whoever sleeps is woken.\"",
                "machine",
                "  cpus " + programs.size(),
                "  zone HighMem " + frames,
                "  percpu HighMem hot 0 " + (2 * batch) + " " + batch,
                "  pkmap 2",
                "before",
                "  p = alloc HIGHMEM 0"));
        int variables = 0;
        for (int cpu = 0; cpu < programs.size(); cpu++) {
            lines.add("cpu " + cpu);
            for (Phrase phrase : programs.get(cpu)) {
                lines.addAll(operations(phrase, "v" + variables++, "USER0"));
            }
        }
        if (!handler.isEmpty()) {
            lines.add("irq 0");
            for (Phrase phrase : handler) {
                lines.addAll(operations(phrase, "v" + variables++, "IRQ0"));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static List<String> operations(Phrase phrase, String variable, String window) {
        String alloc = "  " + variable + " = alloc HIGHMEM|HIGH ";
        return switch (phrase.what) {
            case DRAIN -> List.of("  drain");
            case ALLOC -> List.of(alloc + phrase.order);
            case ALLOC_AND_FREE -> List.of(alloc + phrase.order, "  free " + variable);
            case ALLOC_AND_FREE_COLD -> List.of(alloc + "0", "  free-cold " + variable);
            case REFER -> List.of("  get p", "  free p");
            case MAP_IN_WINDOW -> List.of("  kmap-atomic p " + window, "  write p", "  kunmap-atomic p " + window);
            case KMAP -> List.of("  kmap p", "  read p", "  kunmap p");
            case LOCK_PAGE -> List.of("  lock-page p", "  unlock-page p");
        };
    }
}
