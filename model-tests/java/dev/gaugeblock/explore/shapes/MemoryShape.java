package dev.gaugeblock.explore.shapes;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * One of the small programs by which the literature tells memory models apart: accesses of a few CPUs to the words x
 * and y, which are 0 at first. An access is {@code x=1}, a plain store; {@code r=y}, a load; {@code xchg x=1}, a store
 * by a locked operation; {@code mb}; or {@code locked x=1}, a plain store under a spin lock of the CPU's own.
 *
 * @param name as the literature has it, and behind it what is between the accesses of each CPU
 * @param asked an end, as far as it matters: loads as {@code CPU:number=value}, from 0, and words as {@code x=value}
 * @param inSc whether all seeing every store at once can lead there
 * @param inTso whether x86-TSO can
 * @param cpus the accesses of each CPU
 */
public record MemoryShape(String name, String asked, boolean inSc, boolean inTso, List<List<Access>> cpus) {
    /** What an access does. */
    public enum Kind {
        STORE,
        LOAD,
        XCHG,
        BARRIER,
        LOCKED
    }

    /**
     * An access.
     *
     * @param word 0 for x, 1 for y; of a barrier, -1
     * @param value that is stored; else 0
     */
    public record Access(Kind kind, int word, int value) {
        private static Access parse(String text) {
            if (text.equals("mb")) {
                return new Access(Kind.BARRIER, -1, 0);
            }
            if (text.startsWith("r=")) {
                return new Access(Kind.LOAD, WORDS.indexOf(text.substring(2)), 0);
            }
            String store = text.substring(text.indexOf(' ') + 1);
            Kind kind = text.startsWith("xchg ") ? Kind.XCHG : text.startsWith("locked ") ? Kind.LOCKED : Kind.STORE;
            return new Access(kind, WORDS.indexOf(store.substring(0, 1)), Integer.parseInt(store.substring(2)));
        }

        @Override
        public String toString() {
            return switch (kind) {
                case STORE -> WORDS.get(word) + "=" + value;
                case LOAD -> "r=" + WORDS.get(word);
                case XCHG -> "xchg " + WORDS.get(word) + "=" + value;
                case BARRIER -> "mb";
                case LOCKED -> "locked " + WORDS.get(word) + "=" + value;
            };
        }
    }

    /** Names of the words. */
    public static final List<String> WORDS = List.of("x", "y");

    /** Owens, Sarkar and Sewell, TPHOLs 2009; Maranget, Sarkar and Sewell, 2012; and how kswapd is left an order. */
    public static final List<MemoryShape> ALL = List.of(
            of("SB", "0:0=0 1:0=0", false, true, "x=1; r=y", "y=1; r=x"),
            of("SB, mb in both", "0:0=0 1:0=0", false, false, "x=1; mb; r=y", "y=1; mb; r=x"),
            of("SB, mb in one", "0:0=0 1:0=0", false, true, "x=1; mb; r=y", "y=1; r=x"),
            of("SB, xchg in both", "0:0=0 1:0=0", false, false, "xchg x=1; r=y", "xchg y=1; r=x"),
            of("SB, under locks", "0:0=0 1:0=0", false, true, "locked x=1; r=y", "locked y=1; r=x"),
            of("order left for kswapd", "0:0=0 1:0=0", false, true, "x=1; r=y", "xchg y=1; r=x"),
            of("order left for kswapd, mb", "0:0=0 1:0=0", false, false, "x=1; mb; r=y", "xchg y=1; r=x"),
            of("MP", "1:0=1 1:1=0", false, false, "x=1; y=1", "r=y; r=x"),
            of("MP, mb in both", "1:0=1 1:1=0", false, false, "x=1; mb; y=1", "r=y; mb; r=x"),
            of("LB", "0:0=1 1:0=1", false, false, "r=x; y=1", "r=y; x=1"),
            of("LB, mb in both", "0:0=1 1:0=1", false, false, "r=x; mb; y=1", "r=y; mb; x=1"),
            of("R", "1:0=0 y=2", false, true, "x=1; y=1", "y=2; r=x"),
            of("R, mb in the first", "1:0=0 y=2", false, true, "x=1; mb; y=1", "y=2; r=x"),
            of("R, mb in the second", "1:0=0 y=2", false, false, "x=1; y=1", "y=2; mb; r=x"),
            of("R, xchg in the second", "1:0=0 y=2", false, false, "x=1; y=1", "xchg y=2; r=x"),
            of("2+2W", "x=1 y=1", false, false, "x=1; y=2", "y=1; x=2"),
            of("2+2W, mb in both", "x=1 y=1", false, false, "x=1; mb; y=2", "y=1; mb; x=2"),
            of("IRIW", "2:0=1 2:1=0 3:0=1 3:1=0", false, false, "x=1", "y=1", "r=x; r=y", "r=y; r=x"),
            of("IRIW, mb", "2:0=1 2:1=0 3:0=1 3:1=0", false, false, "x=1", "y=1", "r=x; mb; r=y", "r=y; mb; r=x"),
            of("n6: its own store first", "0:0=1 0:1=0 x=1", false, true, "x=1; r=x; r=y", "y=2; x=2"));

    /** Two or three CPUs with a few accesses each; no end of it is asked for. */
    static MemoryShape random(Random random) {
        List<String> kinds =
                List.of("x=1", "y=1", "x=2", "y=2", "r=x", "r=y", "r=x", "r=y", "mb", "xchg x=2", "locked y=1");
        String[] cpus = new String[2 + random.nextInt(2)];
        for (int cpu = 0; cpu < cpus.length; cpu++) {
            List<String> accesses = new ArrayList<>();
            int length = 1 + random.nextInt(cpus.length == 2 ? 4 : 2);
            for (int i = 0; i < length; i++) {
                accesses.add(kinds.get(random.nextInt(kinds.size())));
            }
            cpus[cpu] = String.join("; ", accesses);
        }
        return of("made up", "", false, false, cpus);
    }

    private static MemoryShape of(String name, String asked, boolean inSc, boolean inTso, String... cpus) {
        List<List<Access>> all = Stream.of(cpus)
                .map(cpu -> Stream.of(cpu.split("; ")).map(Access::parse).toList())
                .toList();
        return new MemoryShape(name, asked, inSc, inTso, all);
    }

    /** Where each CPU's loads are told, one after the other: which register is the first of each. */
    public int firstRegister(int cpu) {
        return (int) cpus.subList(0, cpu).stream()
                .flatMap(List::stream)
                .filter(access -> access.kind() == Kind.LOAD)
                .count();
    }

    /** How many loads a CPU has. */
    public int registers(int cpu) {
        return firstRegister(cpu + 1) - firstRegister(cpu);
    }

    /** An end as text: what each load of each CPU gave, and what the words hold. */
    public String end(int[] registers, int[] words) {
        List<String> parts = new ArrayList<>();
        for (int cpu = 0; cpu < cpus.size(); cpu++) {
            for (int i = 0; i < registers(cpu); i++) {
                parts.add(cpu + ":" + i + "=" + registers[firstRegister(cpu) + i]);
            }
        }
        for (int word = 0; word < words.length; word++) {
            parts.add(WORDS.get(word) + "=" + words[word]);
        }
        return String.join(" ", parts);
    }

    /** Whether an end is one that was asked for. */
    public boolean isAsked(String end) {
        return List.of(end.split(" ")).containsAll(List.of(asked.split(" ")));
    }
}
