package dev.gaugeblock.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gaugeblock.explore.harness.InvariantCatalogue;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.state.MemoryModel;
import dev.gaugeblock.explore.subject.SourceCompiler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            So each is put to the explorer once more with that invariant taken out of the program: to the litmus test that found it, then to all others, but for those that are there to show this very violation in the reference.
            What survives is what the invariant reports alone.
            Or else no other invariant reports it, but a check of the kernel's own, a deadlock, or what that one litmus test states: in a program that does not state it, nobody would notice.

            `mvn -q test -Dtest=AloneTest -Dgaugeblock.write=true` makes this page anew, in a few minutes; without that and without `-Pdeep` a build only looks whether every invariant is here.
            `-Dgaugeblock.alone=ID` tries the row of one invariant, and compares.

            | invariant | reports alone | no other invariant reports | another invariant reports, too |
            | --- | --- | --- | --- |
            """;
    private static final String WHY_HEAD =
            """

            ## Why some report nothing alone

            What they say is sharper than what else tells of it, or it comes earlier.

            """;
    private static final String REFERENCE = "no defect is needed: the reference itself breaks it, in ";
    /** Why no patch of the allocator is reported by an invariant. */
    private static final Map<String, String> NONE = Map.of(
            "frame-used-after-free", "no defect of the allocator shows it: it is about programs",
            "kmap-ended", "no defect of the allocator shows it: it is about programs",
            "given-up-in-vain", REFERENCE + "history/given-up-with-free-frames",
            "kswapd-order-kept", REFERENCE + "history/lost-order",
            "oom-kill-needed", REFERENCE + "history/oom-killed-for-nothing",
            "reclaim-effort-own", REFERENCE + "history/priority-of-another",
            "reclaimed-frames-found", REFERENCE + "history/reclaimed-frames-stay-on-the-list",
            "sysctl-in-force", REFERENCE + "history/minimum-set-twice");

    private static final String BUG = "a BUG of the kernel's own comes at once: ";
    private static final String STATED = "the litmus tests state as much: ";
    private static final String DEADLOCK = "who is not woken sleeps for ever: a deadlock, told of at the end";
    /** Why no defect is reported by an invariant alone, where one is reported by it. */
    private static final Map<String, String> WHY = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "atomic-preempt-off",
                    "where the CPU has another task, that one takes the window meanwhile, and `atomic-one-user` tells of both"),
            Map.entry("buddy-disjoint", "`refines-contract` says of all lists what it says of one zone's free blocks"),
            Map.entry(
                    "buffer-freed-nowhere", "what is found there is used, and `buffer-used-after-free` tells of that"),
            Map.entry("buffer-sleepers-woken", DEADLOCK),
            Map.entry("cached-page-shared", STATED + "two pages for one take one frame more"),
            Map.entry("free-ends-giving-up", STATED + "kswapd passes over a zone that stays given up"),
            Map.entry("grant-zone", STATED + "those about zonelists say which zone a block is from"),
            Map.entry("kmap-counted", STATED + "the counts of the slots are among the outcomes"),
            Map.entry("kmap-one-slot", BUG + "kunmap finds the one slot for the users of both"),
            Map.entry("kmap-records", BUG + "kmap finds a record of a slot whose count is 0"),
            Map.entry("kmap-slots", BUG + "kmap or the flush finds a count without an entry"),
            Map.entry("kswapd-order-heard", STATED + "kswapd wakes for no smaller order then"),
            Map.entry("nofail-granted", STATED + "one is about NOFAIL, and says that it gets its block"),
            Map.entry("oom-init-spared", STATED + "one has a process 1, and says that it is spared"),
            Map.entry("oom-one-victim", BUG + "with a victim too many there is nobody left to kill"),
            Map.entry("page-bit-waiters-woken", DEADLOCK),
            Map.entry("page-lock-one-holder", BUG + "the second holder unlocks what is unlocked"),
            Map.entry("tlb-stale", "the program that uses the translation reaches a wrong frame, which it knows")));

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
    void shouldSayWhyWhereNothingIsReportedAlone() throws Exception {
        List<String> nothing = Files.readString(PAGE)
                .lines()
                .filter(line -> line.matches("\\| [a-z-]+ \\| - \\|.*"))
                .map(line -> line.split(" ")[1])
                .toList();
        assertEquals(List.copyOf(WHY.keySet()), nothing);
    }

    @Test
    void shouldBeWrittenDown() throws Exception {
        assumeTrue(WRITES || Boolean.getBoolean("gaugeblock.deep"));
        StringBuilder page = new StringBuilder(HEAD);
        for (Map.Entry<String, List<Defect>> row : reported().entrySet()) {
            page.append(line(row.getKey(), row.getValue())).append('\n');
        }
        page.append(WHY_HEAD);
        WHY.forEach((id, why) ->
                page.append("- ").append(id).append(": ").append(why).append(".\n"));
        if (WRITES) {
            Files.writeString(PAGE, page.toString());
        }
        assertEquals(page.toString(), Files.readString(PAGE));
    }

    /** One row of the page, {@code -Dgaugeblock.alone=ID}, in seconds for each of its defects. */
    @Test
    void shouldHaveTheRowThatIsAskedFor() throws Exception {
        String asked = System.getProperty("gaugeblock.alone", "");
        assumeTrue(!asked.isEmpty());
        List<Defect> defects = reported().get(asked);
        assertNotNull(defects, asked + " is no invariant");
        String line = line(asked, defects);
        assertTrue(Files.readAllLines(PAGE).contains(line), line);
    }

    private static String line(String id, List<Defect> defects) throws Exception {
        List<String> alone = new ArrayList<>();
        List<String> asAnInvariant = new ArrayList<>();
        List<String> first = new ArrayList<>();
        for (Defect defect : defects) {
            Others others = foundWithout(id, defect);
            String link = "[" + defect.id() + "](defects/" + defect.id() + ".md)";
            if (!others.byAnInvariant.isEmpty()) {
                first.add(link + ": " + others.byAnInvariant);
            } else if (!others.otherwise.isEmpty()) {
                asAnInvariant.add(link + ": " + others.otherwise);
            } else {
                alone.add(link);
            }
        }
        return "| " + id + " | " + (alone.isEmpty() ? NONE.getOrDefault(id, "-") : String.join(", ", alone)) + " | "
                + cell(asAnInvariant) + " | " + cell(first) + " |";
    }

    private static String cell(List<String> entries) {
        return entries.isEmpty() ? "-" : String.join(", ", entries);
    }

    /** What the explorer finds of a defect without an invariant: by another one, in any test, and first of all else. */
    private static Others foundWithout(String invariant, Defect defect) throws Exception {
        Map<String, String> sources = new HashMap<>(PatchedSources.of(defect));
        String path = "src/main/java/" + subjectOf(invariant).getName().replace('.', '/') + ".java";
        String source = sources.containsKey(path) ? sources.get(path) : Files.readString(Path.of(path));
        sources.put(path, without(invariant, source));
        PatchedProgram program = new PatchedProgram(SourceCompiler.compile(sources, List.of()));
        String otherwise = "";
        try (Probe probe = program.probe(Engine.BUILTIN)) {
            for (Claim claim : claims(invariant, defect, probe.subjects())) {
                Probe onIt = claim.memory() == MemoryModel.SC
                        ? probe
                        : probe.under(claim.memory().toString());
                Trial trial = onIt.run(claim.subject(), "");
                String found = trial.isFound() ? trial.id() + " (" + claim.subject() + ")" + claim.under() : "";
                if (trial.isFound() && isInvariant(trial.id())) {
                    return new Others(found, otherwise);
                }
                otherwise = otherwise.isEmpty() ? found : otherwise;
            }
        }
        return new Others("", otherwise);
    }

    /** Tests that the defect is found by, then the others, but not those that show the violation in the reference. */
    private static List<Claim> claims(String invariant, Defect defect, List<String> subjects) throws Exception {
        List<Claim> claims = defect.claims(Engine.BUILTIN).stream()
                .filter(claim -> claim.id().equals(invariant))
                .collect(Collectors.toCollection(ArrayList::new));
        for (String subject : subjects) {
            claims.add(new Claim(Engine.BUILTIN, subject, "", MemoryModel.SC));
        }
        List<String> showing = LitmusSuite.shipped().tests().stream()
                .filter(test -> test.knownBad().equals(Optional.of(invariant)))
                .map(LitmusTest::name)
                .toList();
        claims.removeIf(claim -> showing.contains(claim.subject()));
        return claims;
    }

    private static boolean isInvariant(String id) {
        return InvariantCatalogue.entries().stream()
                .anyMatch(entry -> entry.id().equals(id));
    }

    private static Class<?> subjectOf(String invariant) {
        return InvariantCatalogue.entries().stream()
                .filter(entry -> entry.id().equals(invariant))
                .findFirst()
                .orElseThrow()
                .subject();
    }

    /** A source whose method of that invariant finds nothing. */
    private static String without(String invariant, String source) {
        int id = Math.max(source.indexOf("id = \"" + invariant + "\""), source.indexOf("id = ID,"));
        int body = source.indexOf("() {\n", source.indexOf("guardedBy", id)) + "() {\n".length();
        assertTrue(id >= 0 && body > id, invariant);
        // It stays in the catalogue: a litmus test may name it, to switch it off.
        String silent = source.substring(0, body) + "        if (true) return null;\n" + source.substring(body);
        // The refinement judges each step, too, when it is taken.
        return silent.replace(STEP_JUDGED, STEP_PASSED);
    }

    /** What still finds a defect, each as "ID (TEST)" or empty. */
    private record Others(String byAnInvariant, String otherwise) {}
}
