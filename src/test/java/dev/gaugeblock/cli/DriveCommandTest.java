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

    /** A folder stands where the file would be written. */
    @Test
    void shouldSayWhatIsWrongEvenIfItCannotBeSaved() throws IOException {
        Path taken = Files.createDirectory(Path.of("drive-770077.jsonl"));
        try {
            assertEquals(1, run("--seed", "770077", "--", "sh", "-c", ALWAYS_0));
        } finally {
            Files.delete(taken);
        }
        assertTrue(out.toString().startsWith("VIOLATED"), out.toString());
        assertTrue(out.toString().contains("\"op\":\"alloc\""), out.toString());
        assertFalse(out.toString().contains("saved in"), out.toString());
        assertTrue(err.toString().contains("cannot save the sequence: drive-770077.jsonl: "), err.toString());
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
