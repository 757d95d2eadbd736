package dev.gaugeblock.explore;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A litmus test that jqwik makes up and makes smaller: a machine, programs that keep to the rules, and perhaps a
 * handler. So whatever an interleaving of it shows is the allocator's fault.
 *
 * <p>A phrase is a few operations; {@code %} stands for a new variable. The frames p and q and the high frames h and k
 * are everybody's; who drops a reference to p has one from the beginning.
 *
 * @param frames of the zone Normal
 * @param batch of the hot lists
 * @param programs by CPU its phrases
 * @param handler what a handler on CPU 0 does; nothing: there is none
 */
record ConcurrentProgram(int frames, int batch, List<List<String>> programs, List<String> handler) {
    private static final String DROP = "free p";

    private static final List<String> PHRASES = List.of(
            "% = alloc ATOMIC 0",
            DROP,
            "% = alloc ATOMIC 0; free %",
            "% = alloc ATOMIC 1; free %",
            "% = alloc ATOMIC 1",
            "drain",
            "% = alloc ATOMIC 2; free %",
            "% = alloc ATOMIC|COLD 0; free-cold %",
            "% = alloc ATOMIC 0; get %; free %; free %",
            "get q; free q",
            "lock-page q; unlock-page q",
            "wait-page q",
            "kmap h; kunmap h",
            "kmap k; kunmap k",
            "kmap h; read h; kunmap h",
            "kmap-atomic h USER0; write h; kunmap-atomic h USER0");

    private static final List<String> OF_HANDLERS =
            List.of("% = alloc ATOMIC 0", "drain", "% = alloc ATOMIC 0; free %", "get q; free q");

    static Arbitrary<ConcurrentProgram> all() {
        return Combinators.combine(
                        Arbitraries.of(4, 6, 8, 16),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(PHRASES)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(2)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(3),
                        Arbitraries.of(OF_HANDLERS).list().ofMaxSize(1))
                .as(ConcurrentProgram::new);
    }

    private static String operations(List<String> phrases, String prefix) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < phrases.size(); i++) {
            for (String operation : phrases.get(i).split("; ")) {
                text.append("  ").append(operation.replace("%", prefix + i)).append('\n');
            }
        }
        return text.toString();
    }

    /** The litmus file, without anything that its programs do not use. */
    @Override
    public String toString() {
        StringBuilder all = new StringBuilder();
        for (int cpu = 0; cpu < programs.size(); cpu++) {
            all.append("cpu ").append(cpu).append('\n').append(operations(programs.get(cpu), "v" + cpu));
        }
        if (!handler.isEmpty()) {
            all.append("irq 0\n").append(operations(handler, "w"));
        }
        String text = all.toString();
        String before = before(text);
        return "litmus smallest\n\"Made up by jqwik.\"\n\nmachine\n  cpus " + programs.size() + "\n  zone Normal "
                + frames
                + "\n" + (before.contains("HIGHUSER") ? "  zone HighMem 2\n  pkmap 1\n" : "")
                + "  percpu Normal hot 0 " + 2 * batch + " " + batch + "\n"
                + (before.isEmpty() ? "" : "before\n" + before) + text;
    }

    private String before(String text) {
        StringBuilder before = new StringBuilder();
        for (String frame : List.of("h", "k", "p", "q")) {
            if (text.matches("(?s).* " + frame + "\\b.*")) {
                String gfp = frame.compareTo("p") < 0 ? "HIGHUSER" : "ATOMIC";
                before.append("  ")
                        .append(frame)
                        .append(" = alloc ")
                        .append(gfp)
                        .append(" 0\n");
            }
        }
        long drops =
                programs.stream().flatMap(List::stream).filter(DROP::equals).count();
        for (int i = 1; i < drops; i++) {
            before.append("  get p\n");
        }
        return before.toString();
    }
}
