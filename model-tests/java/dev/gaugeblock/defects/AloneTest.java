package dev.gaugeblock.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gaugeblock.explore.harness.InvariantCatalogue;
import dev.gaugeblock.explore.state.MemoryModel;
import dev.gaugeblock.explore.subject.SourceCompiler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which invariant nothing else stands for: with it taken out, a defect survives the suite that it reports. */
class AloneTest {
    private static final boolean WRITES = Boolean.getBoolean("gaugeblock.write");
    private static final Path PAGE = Path.of("docs/alone.md");
    private static final String HEAD =
            """
            # What each invariant reports alone

            A defect that an invariant reports may break others, too.
            So each is put to the explorer once more with that invariant taken out of the program: to the litmus test that found it, then to all others until one finds it.
            What survives is what the invariant reports alone.

            `mvn -q test -Dtest=AloneTest -Dgaugeblock.write=true` makes this page anew, in a few minutes; without that and without `-Pdeep` a build only looks whether every invariant is here.

            | invariant | reports alone | reports first, and without it |
            | --- | --- | --- |
            """;
    private static final String REFERENCE = "no defect is needed: the reference itself breaks it, in ";
    /** Why no patch of the allocator is reported by an invariant. */
    private static final Map<String, String> NONE = Map.of(
            "frame-used-after-free", "no defect of the allocator shows it: it is about programs",
            "kmap-ended", "no defect of the allocator shows it: it is about programs",
            "given-up-in-vain", REFERENCE + "history/given-up-with-free-frames",
            "kswapd-order-kept", REFERENCE + "history/lost-order",
            "reclaim-effort-own", REFERENCE + "history/priority-of-another",
            "reclaimed-frames-found", REFERENCE + "history/reclaimed-frames-stay-on-the-list");

    private static final String STEP_JUDGED =
            "        if (why != null && judges) {\n            throw new InvariantBroken(ID,";
    private static final String STEP_PASSED =
            "        if (why != null && judges && why.isEmpty()) {\n            throw new InvariantBroken(ID,";

    /** By invariant, sorted: the shipped defects that it must report. */
    private static Map<String, List<Defect>> reported() throws Exception {
        Map<String, List<Defect>> reported = new TreeMap<>();
        for (InvariantCatalogue.Entry entry : InvariantCatalogue.entries()) {
            reported.put(entry.id(), new ArrayList<>());
        }
        for (Defect defect : Defects.shipped()) {
            for (Claim claim : defect.claims(Engine.BUILTIN)) {
                List<Defect> ofInvariant = reported.get(claim.id());
                if (ofInvariant != null && !ofInvariant.contains(defect)) {
                    ofInvariant.add(defect);
                }
            }
        }
        return reported;
    }

    @Test
    void shouldHaveADefectForEachInvariant() throws Exception {
        List<String> without = new ArrayList<>();
        reported().forEach((id, defects) -> {
            if (defects.isEmpty()) {
                without.add(id);
            }
        });
        assertEquals(NONE.keySet().stream().sorted().toList(), without);
    }

    @Test
    void shouldNameEachInvariantAndItsDefects() throws Exception {
        String page = Files.readString(PAGE);
        for (Map.Entry<String, List<Defect>> row : reported().entrySet()) {
            String line = page.lines()
                    .filter(each -> each.startsWith("| " + row.getKey() + " |"))
                    .findFirst()
                    .orElse("");
            for (Defect defect : row.getValue()) {
                assertTrue(
                        line.contains("[" + defect.id() + "]"), row.getKey() + " and " + defect.id() + " in " + PAGE);
            }
            assertTrue(!line.isEmpty(), row.getKey() + " in " + PAGE);
        }
    }

    @Test
    void shouldBeWrittenDown() throws Exception {
        assumeTrue(WRITES || Boolean.getBoolean("gaugeblock.deep"));
        StringBuilder page = new StringBuilder(HEAD);
        for (Map.Entry<String, List<Defect>> row : reported().entrySet()) {
            page.append(line(row.getKey(), row.getValue())).append('\n');
        }
        if (WRITES) {
            Files.writeString(PAGE, page.toString());
        }
        assertEquals(page.toString(), Files.readString(PAGE));
    }

    private static String line(String id, List<Defect> defects) throws Exception {
        List<String> alone = new ArrayList<>();
        List<String> first = new ArrayList<>();
        for (Defect defect : defects) {
            String other = foundWithout(id, defect);
            String link = "[" + defect.id() + "](defects/" + defect.id() + ".md)";
            if (other.isEmpty()) {
                alone.add(link);
            } else {
                first.add(link + ": " + other);
            }
        }
        String none = NONE.getOrDefault(id, "-");
        return "| " + id + " | " + (alone.isEmpty() ? none : String.join(", ", alone)) + " | "
                + (first.isEmpty() ? "-" : String.join(", ", first)) + " |";
    }

    /** What the explorer finds of a defect without an invariant, and where; empty for nothing. */
    private static String foundWithout(String invariant, Defect defect) throws Exception {
        Map<String, String> sources = new HashMap<>(PatchedSources.of(defect));
        String path = "src/main/java/" + subjectOf(invariant).getName().replace('.', '/') + ".java";
        String source = sources.containsKey(path) ? sources.get(path) : Files.readString(Path.of(path));
        sources.put(path, without(invariant, source));
        PatchedProgram program = new PatchedProgram(SourceCompiler.compile(sources, List.of()));
        try (Probe probe = program.probe(Engine.BUILTIN)) {
            List<Claim> claims = defect.claims(Engine.BUILTIN).stream()
                    .filter(claim -> claim.id().equals(invariant))
                    .collect(Collectors.toCollection(ArrayList::new));
            for (String subject : probe.subjects()) {
                claims.add(new Claim(Engine.BUILTIN, subject, "", MemoryModel.SC));
            }
            for (Claim claim : claims) {
                Probe onIt = claim.memory() == MemoryModel.SC
                        ? probe
                        : probe.under(claim.memory().toString());
                Trial trial = onIt.run(claim.subject(), "");
                if (trial.isFound()) {
                    return trial.id() + " (" + claim.subject() + ")" + claim.under();
                }
            }
        }
        return "";
    }

    private static Class<?> subjectOf(String invariant) {
        return InvariantCatalogue.entries().stream()
                .filter(entry -> entry.id().equals(invariant))
                .findFirst()
                .orElseThrow()
                .subject();
    }

    /** A source whose method of that invariant has lost its annotation. */
    private static String without(String invariant, String source) {
        int id = Math.max(source.indexOf("id = \"" + invariant + "\""), source.indexOf("id = ID,"));
        int begin = source.lastIndexOf("@Invariant(", id);
        int end = source.indexOf("\n    ", source.indexOf("guardedBy", id));
        assertTrue(begin >= 0 && end > begin, invariant);
        // The refinement judges each step, too, when it is taken.
        return (source.substring(0, begin) + source.substring(end)).replace(STEP_JUDGED, STEP_PASSED);
    }
}
