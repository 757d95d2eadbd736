package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DriveCommandTest {
    private static final String HEADER =
            "{'header':1,'scenario':'s','desc':'d','binary':'b','last_pkmap':0,'hugetlb':false,"
                    + "'debug_highmem':false,'pae_window':false,'source':'test','config':{}}\n";

    /** Answers each request with its number alone, and with frame 0 each request for memory. */
    private static final String ALWAYS_0 =
            """
            while IFS= read -r line; do
                i=${line#*'"i":'}; i=${i%%,*}; i=${i%%\\}*}
                case $line in
                    *alloc*) echo "{\\"i\\":$i,\\"r\\":0}" ;;
                    *) echo "{\\"i\\":$i}" ;;
                esac
            done
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... args) {
        return Main.run(new CommandLine(new DriveCommand()), new PrintWriter(out), new PrintWriter(err), args);
    }

    private String file(String... events) throws IOException {
        String text = HEADER + String.join("\n", events) + "\n";
        return Files.writeString(folder.resolve("saved.jsonl"), text.replace('\'', '"'))
                .toString();
    }

    @Test
    void shouldReplayASavedFile() throws IOException {
        String zones = "{'i':0,'op':'zones','sizes':[16,0,0],'node_start':0}";
        String boot = "{'i':1,'op':'bootq','mode':'blocks'}";
        String alloc = "{'i':2,'op':'alloc','cpu':0,'gfp':0,'order':0,'task':0,'r':0}";
        assertEquals(0, run("--replay", file(zones, boot, alloc), "--", "sh", "-c", ALWAYS_0));
        assertTrue(out.toString().contains("1 sequence, 1 operation"), out.toString());

        String twice = file(zones, boot, alloc, alloc.replace("2", "3"));
        assertEquals(1, run("--replay", twice, "--", "sh", "-c", ALWAYS_0));
        assertTrue(out.toString().contains("alloc-disjoint: frame 0 was handed out"), out.toString());

        out.getBuffer().setLength(0);
        assertEquals(4, run("--replay", file(zones, boot), "--", "sh", "-c", ALWAYS_0));
        assertTrue(out.toString().startsWith("INCONCLUSIVE"), out.toString());
    }

    /** The program removes the folder that its sequence was to be saved in. */
    @Test
    void shouldSayWhatIsWrongEvenIfItCannotBeSaved() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        String out0 = gone.resolve("saved.jsonl").toString();
        assertEquals(1, run("--out", out0, "--", "sh", "-c", "rmdir " + gone + " 2>/dev/null\n" + ALWAYS_0));
        assertTrue(out.toString().startsWith("VIOLATED"), out.toString());
        assertTrue(out.toString().contains("\"op\":\"alloc\""), out.toString());
        assertFalse(out.toString().contains("saved in"), out.toString());
        assertTrue(err.toString().contains("cannot save the sequence: " + out0 + ": no such file"), err.toString());
    }

    @Test
    void shouldSaveWhereItIsTold() throws IOException {
        Path file = folder.resolve("mine.jsonl");
        String[] command = {"--out", file.toString(), "--", "sh", "-c", ALWAYS_0};
        assertEquals(1, run(command));
        assertTrue(out.toString().contains("saved in " + file + ";"), out.toString());
        String saved = Files.readString(file);
        assertTrue(saved.contains("\"op\":\"alloc\""), saved);

        Files.writeString(file, "somebody's");
        out.getBuffer().setLength(0);
        assertEquals(2, run(command));
        assertEquals("somebody's", Files.readString(file));
        assertEquals("", out.toString());
        assertTrue(err.toString().contains("mine.jsonl: it exists; --force replaces it"), err.toString());
        assertEquals(1, run("--force", "--out", file.toString(), "--", "sh", "-c", ALWAYS_0));
        assertEquals(saved, Files.readString(file));
        assertEquals(2, run("--force", "--", "true"));
        assertEquals(2, run("--out", folder.resolve("other").toString(), "--replay", file.toString(), "--", "true"));
    }

    /** Neither a link that leads somewhere nor one that leads nowhere yet is written through. */
    @Test
    void shouldNotFollowLinks() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "somebody's");
        Path link = Files.createSymbolicLink(folder.resolve("link.jsonl"), target);
        Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere.jsonl"), folder.resolve("not-yet"));
        assertEquals(2, run("--out", link.toString(), "--", "sh", "-c", ALWAYS_0));
        assertEquals(2, run("--out", nowhere.toString(), "--", "sh", "-c", ALWAYS_0));
        assertEquals(2, run("--force", "--out", folder.toString(), "--", "sh", "-c", ALWAYS_0));
        assertEquals(2, run("--out", folder.resolve("none/a.jsonl").toString(), "--", "sh", "-c", ALWAYS_0));
        assertEquals(1, run("--force", "--out", link.toString(), "--", "sh", "-c", ALWAYS_0));
        assertEquals("somebody's", Files.readString(target));
        assertFalse(Files.isSymbolicLink(link));
        assertFalse(Files.exists(folder.resolve("not-yet")));
    }

    @Test
    void shouldTakeAFreshNameOfItsOwn() throws IOException {
        Path first = Path.of("drive-770077.jsonl");
        Path second = Path.of("drive-770077-2.jsonl");
        Files.createSymbolicLink(first, folder.resolve("not-yet"));
        try {
            assertEquals(1, run("--seed", "770077", "--", "sh", "-c", ALWAYS_0));
            assertTrue(out.toString().contains("saved in " + second + ";"), out.toString());
            assertTrue(Files.exists(second));
            assertFalse(Files.exists(folder.resolve("not-yet")));
        } finally {
            Files.deleteIfExists(first);
            Files.deleteIfExists(second);
        }
    }

    @Test
    void shouldNameWhatCannotBeRead() throws IOException {
        assertEquals(3, run("--", "no-such-program-anywhere"));
        assertTrue(err.toString().contains("no-such-program-anywhere"), err.toString());
        assertEquals(3, run("--replay", folder.resolve("missing").toString(), "--", "sh", "-c", ALWAYS_0));
        assertTrue(err.toString().contains("missing: no such file"), err.toString());
        assertEquals(3, run("--replay", file("{'i':0"), "--", "sh", "-c", ALWAYS_0));
        assertTrue(err.toString().contains("saved.jsonl:2:"), err.toString());
    }

    @Test
    void shouldRefuseWrongUsage() {
        assertEquals(2, run());
        assertEquals(2, run("--tries", "0", "--", "true"));
        assertTrue(err.toString().contains("--tries is 0"), err.toString());
        assertEquals(2, run("--exact", "--resource-oblivious", "--", "true"));
    }
}
