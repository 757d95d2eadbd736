package dev.gaugeblock.defects;

import dev.gaugeblock.explore.state.MemoryModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A defect as its patch describes it: a header, and a unified diff against the reference sources. The header is lines
 * of the form {@code id: }, {@code story: }, {@code seen: } (where in the world it has happened; only if it has, and
 * that is known) and one {@code found-by: ENGINE SUBJECT ID} for each engine that finds it. A {@code kind: } other
 * than the usual one is told: what a release or another system really had, and what a later release mended of the
 * reference itself, or could have. These last have {@code holds: TEST} in place of {@code found-by: }. Where stores
 * must wait for it, {@code under x86-tso} stands behind what the built-in explorer finds, or what holds.
 *
 * @param id lower case with hyphens, the patch's name without its ending
 * @param kind where it comes from
 * @param story what is wrong, and what comes of it
 * @param seen where it has happened, or empty
 * @param foundBy what must find it: at least one, unless the patch has no header
 * @param diff the unified diff, line by line
 */
public record Defect(String id, Kind kind, String story, String seen, List<Claim> foundBy, List<String> diff) {
    /** Where a patch comes from. */
    public enum Kind {
        /** Made up: how people get such code wrong. */
        SEEDED("seeded"),
        /** What a release of Linux, or another system, really had. */
        HISTORICAL("historical"),
        /** No defect: a bug of the reference itself as a later release has mended it. */
        LATER_FIX("later fix"),
        /** Likewise, but as no release has done: what would mend a bug of the reference, to see that it does. */
        REMEDY("remedy");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** As patches write it. */
        public String label() {
            return label;
        }

        private static Kind labelled(String label, String place) throws DefectException {
            for (Kind kind : values()) {
                if (kind.label.equals(label)) {
                    return kind;
                }
            }
            throw new DefectException(
                    place + ": expected the kind seeded, historical, later fix or remedy, found \"" + label + "\"");
        }
    }

    /** What a test does that a fix is for: the id of its claim. */
    static final String HOLDS = "holds";

    static final String ENDING = ".patch";
    private static final String FORM =
            "expected \"id: \", \"kind: \", \"story: \", \"seen: \", \"found-by: ENGINE SUBJECT ID\", \"holds: TEST\" or the diff"
                    + " (\"--- a/\"), found ";

    /**
     * Reads a patch.
     *
     * @param file its name, for messages; the id must be its name without the ending
     * @throws DefectException for the first line that is not of the form, or a part that is missing
     */
    static Defect parse(String file, List<String> lines) throws DefectException {
        String id = "";
        Kind kind = Kind.SEEDED;
        String story = "";
        String seen = "";
        List<Claim> foundBy = new ArrayList<>();
        int at = 0;
        while (at < lines.size() && !lines.get(at).startsWith("--- ")) {
            String line = lines.get(at);
            at++;
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (line.startsWith("id: ")) {
                id = value;
            } else if (line.startsWith("kind: ")) {
                kind = Kind.labelled(value, file + ":" + at);
            } else if (line.startsWith("holds: ")) {
                foundBy.add(holds(value, file + ":" + at));
            } else if (line.startsWith("story: ")) {
                story = value;
            } else if (line.startsWith("seen: ")) {
                seen = value;
            } else if (line.startsWith("found-by: ")) {
                foundBy.add(claim(value, file + ":" + at));
            } else if (!line.isBlank()) {
                throw new DefectException(file + ":" + at + ": " + FORM + "\"" + line + "\"");
            }
        }
        require(file.equals(id + ENDING), file, "its id is \"" + id + "\", which must be its name without " + ENDING);
        require(!story.isEmpty(), file, "it has no story");
        boolean isFix = mends(kind);
        require(
                !foundBy.isEmpty(),
                file,
                isFix
                        ? "it does not say what holds with it (holds: TEST)"
                        : "it does not say what must find it (found-by: ENGINE SUBJECT ID)");
        require(
                foundBy.stream().allMatch(claim -> claim.id().equals(HOLDS) == isFix),
                file,
                "a later fix or a remedy says what holds with it (holds: TEST), and every other patch what must find it"
                        + " (found-by: ENGINE SUBJECT ID)");
        List<String> explored = foundBy.stream()
                .filter(claim -> claim.engine() == Engine.BUILTIN)
                .map(Claim::subject)
                .toList();
        require(Set.copyOf(explored).size() == explored.size(), file, "it names a litmus test twice for the explorer");
        require(at < lines.size(), file, "it has no diff");
        return new Defect(id, kind, story, seen, List.copyOf(foundBy), List.copyOf(lines.subList(at, lines.size())));
    }

    /**
     * Reads a patch that somebody else has made. Without a header it is called as its file, and says of nothing that it
     * must find it.
     *
     * @throws DefectException if it has a header that is not of the form, or no diff
     */
    static Defect parseForeign(String file, List<String> lines) throws DefectException {
        List<String> withoutGit = lines.stream()
                .filter(line -> !line.startsWith("diff --git ") && !line.matches("index [0-9a-f]+\\.\\.[0-9a-f]+.*"))
                .toList();
        List<String> written = withoutGit.stream().dropWhile(String::isBlank).toList();
        if (written.isEmpty() || !written.get(0).startsWith("--- ")) {
            return parse(file, withoutGit);
        }
        String id = file.substring(0, file.length() - ENDING.length());
        return new Defect(id, Kind.SEEDED, "no story: the patch has no header", "", List.of(), written);
    }

    private static Claim claim(String text, String place) throws DefectException {
        MemoryModel memory = memory(text);
        String[] words = withoutMemory(text, memory).split(" +");
        Engine engine = Engine.labelled(words[0]);
        if (engine == null || words.length != 3 || memory != MemoryModel.SC && engine != Engine.BUILTIN) {
            throw new DefectException(place
                    + ": expected an engine (" + Engine.labels()
                    + "), a litmus test or vectors, and what shows there; behind " + Engine.BUILTIN.label()
                    + " also \"under x86-tso\"; found \"" + text + "\"");
        }
        return new Claim(engine, words[1], words[2], memory);
    }

    private static Claim holds(String text, String place) throws DefectException {
        MemoryModel memory = memory(text);
        String test = withoutMemory(text, memory);
        if (test.contains(" ")) {
            throw new DefectException(
                    place + ": expected a litmus test, and perhaps \"under x86-tso\"; found \"" + text + "\"");
        }
        return new Claim(Engine.BUILTIN, test, HOLDS, memory);
    }

    private static MemoryModel memory(String text) {
        return text.endsWith(Claim.UNDER + MemoryModel.X86_TSO) ? MemoryModel.X86_TSO : MemoryModel.SC;
    }

    private static String withoutMemory(String text, MemoryModel memory) {
        return memory == MemoryModel.SC ? text : text.substring(0, text.lastIndexOf(Claim.UNDER));
    }

    private static boolean mends(Kind kind) {
        return kind == Kind.LATER_FIX || kind == Kind.REMEDY;
    }

    private static void require(boolean holds, String file, String otherwise) throws DefectException {
        if (!holds) {
            throw new DefectException(file + ": " + otherwise);
        }
    }

    /** Whether it is no defect, but mends one. */
    public boolean isFix() {
        return mends(kind);
    }

    /**
     * Whether an engine must find it where all see every store at once; one that a patch without a header makes may be
     * for any, a fix is for none.
     */
    public boolean isFor(Engine engine) {
        return !isFix()
                && (foundBy.isEmpty() || claims(engine).stream().anyMatch(claim -> claim.memory() == MemoryModel.SC));
    }

    /** " under x86-tso", where it is on such a machine that an engine finds it by a subject; else nothing. */
    String under(Engine engine, String subject) {
        return claims(engine).stream()
                .filter(claim -> claim.subject().equals(subject))
                .map(Claim::under)
                .findFirst()
                .orElse("");
    }

    /** On what memory the explorer finds it by a litmus test; {@link MemoryModel#SC} also where it need not. */
    MemoryModel memoryOf(String subject) {
        return claims(Engine.BUILTIN).stream()
                .filter(claim -> claim.subject().equals(subject))
                .map(Claim::memory)
                .findFirst()
                .orElse(MemoryModel.SC);
    }

    /** What it says that the engine must find it by; none if it does not say that the engine finds it. */
    List<Claim> claims(Engine engine) {
        return foundBy.stream().filter(claim -> claim.engine() == engine).toList();
    }
}
