package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What helps to type: the script for shells, which bash runs here, and the help of each command. */
class CompletionTest {
    @TempDir
    Path folder;

    private static String said(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(Main.commandLine(), new PrintWriter(out), new PrintWriter(err), arguments);
        assertEquals(0, code, err::toString);
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "gaugeblock ex, explore explain",
                "gaugeblock explore --red, --reduction",
                "gaugeblock explore --engine s, stress",
                "gaugeblock explore --reduction dpor, dpor dpor+cache",
                "gaugeblock explore --expect c, contract",
                "gaugeblock check --format j, json",
                "gaugeblock completion z, zsh",
                "gaugeblock help inv, invariants"
            })
    void shouldCompleteInBash(String typed, String offered) throws IOException, InterruptedException {
        Path script = folder.resolve("completion");
        Files.writeString(script, said("completion", "bash"));
        String[] words = typed.split(" ");
        // bash would let a function use compopt only while a user presses a key.
        String program = ". '" + script + "'; compopt() { :; }; COMP_WORDS=(" + typed + "); COMP_CWORD="
                + (words.length - 1) + "; _complete_gaugeblock; echo \"${COMPREPLY[*]}\"";
        Process process = new ProcessBuilder("bash", "--norc", "-c", program)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertEquals(offered, output.strip());
    }

    @Test
    void shouldBeTheSameScriptForZshWhichFindsOutItself() {
        String bash = said("completion", "bash");
        String zsh = said("completion", "zsh");
        assertEquals(
                "# In ~/.zshrc: source <(gaugeblock completion zsh)",
                zsh.lines().findFirst().orElseThrow());
        assertEquals(bash.substring(bash.indexOf('\n')), zsh.substring(zsh.indexOf('\n')));
    }

    @Test
    void shouldHelp() {
        assertEquals(said("--help"), said("help"));
        assertEquals(said("explore", "--help"), said("help", "explore"));
    }
}
