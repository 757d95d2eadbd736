package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldExplainItselfOnHelp() {
        assertEquals(0, run("--help"));
        assertEquals("", err.toString());
        assertTrue(out.toString().contains("Usage: gaugeblock"), out.toString());
        for (ExitCode each : ExitCode.values()) {
            String start = each.meaning().substring(0, 9);
            assertTrue(out.toString().matches("(?s).*\n +" + each.code() + " +" + start + ".*"), out.toString());
        }
    }

    @Test
    void shouldTellItsVersion() {
        assertEquals(0, run("--version"));
        assertTrue(out.toString().startsWith("gaugeblock "), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void shouldShowUsageOnStandardErrorWithoutACommand() {
        assertEquals(2, run());
        assertEquals("", out.toString());
        assertTrue(err.toString().startsWith("No command given."), err.toString());
        assertTrue(err.toString().contains("Usage: gaugeblock"), err.toString());
    }

    @Test
    void shouldRejectAnUnknownOption() {
        assertEquals(2, run("--no-such-option"));
        assertEquals("", out.toString());
        assertTrue(err.toString().contains("--no-such-option"), err.toString());
    }

    @Test
    void shouldEndWithTheCommandsExitCode() {
        for (ExitCode each : ExitCode.values()) {
            assertEquals(each.code(), run(() -> each), each.name());
        }
        assertEquals("", err.toString());
    }

    @Test
    void shouldNotCallAReportThatCannotBeWrittenAPass() {
        assertEquals(4, runOnFullDisk("invariants"));
        assertTrue(err.toString().contains("standard output could not be written"), err.toString());
        assertEquals(2, runOnFullDisk("--no-such-option"));
    }

    private int runOnFullDisk(String... args) {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int each) throws IOException {
                throw new IOException("no space left");
            }
        };
        return Main.run(Main.commandLine(), new PrintWriter(full), new PrintWriter(err), args);
    }

    @Test
    void shouldShowTheExitCodesInEachCommandsHelp() {
        assertEquals(0, run(() -> ExitCode.VIOLATED, "--help"));
        assertTrue(out.toString().contains("Usage: gaugeblock try"), out.toString());
        assertTrue(out.toString().contains("violated, or rejected"), out.toString());
    }

    @Test
    void shouldCallACommandThatDoesNotSayHowItEndedADefect() {
        assertEquals(70, run(() -> null));
        assertEquals(70, run(() -> 0));
        assertTrue(err.toString().contains("did not say how it ended"), err.toString());
    }

    @Test
    void shouldReportAnExceptionAsADefectWithItsTrace() {
        assertDefect(() -> {
            throw new IOException("boom");
        });
    }

    @Test
    void shouldReportAnUncheckedExceptionAsADefectWithItsTrace() {
        assertDefect(() -> {
            throw new IllegalStateException("boom");
        });
    }

    @Test
    void shouldReportAFailedAssertionAsADefect() {
        assertDefect(() -> {
            throw new AssertionError("boom");
        });
    }

    private void assertDefect(Callable<Object> thrower) {
        assertEquals(70, run(thrower));
        assertEquals("", out.toString());
        String text = err.toString();
        assertTrue(text.startsWith("gaugeblock: internal error: "), text);
        assertTrue(text.lines().findFirst().orElseThrow().endsWith(": boom"), text);
        assertTrue(text.contains("report"), text);
        assertTrue(text.contains("\tat " + MainTest.class.getName()), text);
    }

    @Test
    void shouldTurnAssertionsOnWithoutBeingAsked() throws ReflectiveOperationException, IOException {
        URL classes = Main.class.getProtectionDomain().getCodeSource().getLocation();
        try (ChildFirst loader = new ChildFirst(classes)) {
            loader.setDefaultAssertionStatus(false);
            Class<?> main = loader.loadClass(Main.class.getName());
            assertFalse(main.desiredAssertionStatus());
            // Without the cast, invoke would take the array for its own list of arguments.
            main.getMethod("run", String[].class).invoke(null, (Object) new String[] {"--version"});
            assertTrue(loader.loadClass(ExitCode.class.getName()).desiredAssertionStatus());
        }
    }

    private int run(String... args) {
        return Main.run(Main.commandLine(), new PrintWriter(out), new PrintWriter(err), args);
    }

    private int run(Callable<Object> command, String... args) {
        CommandLine commandLine = Main.commandLine().addSubcommand("try", new Try(command));
        String[] all = new String[args.length + 1];
        all[0] = "try";
        System.arraycopy(args, 0, all, 1, args.length);
        return Main.run(commandLine, new PrintWriter(out), new PrintWriter(err), all);
    }

    @Command(name = "try", description = "Runs what the test gave it.", mixinStandardHelpOptions = true)
    private static final class Try implements Callable<Object> {
        private final Callable<Object> body;

        Try(Callable<Object> body) {
            this.body = body;
        }

        @Override
        public Object call() throws Exception {
            return body.call();
        }
    }

    /** Loads our own classes anew, as a second program would. */
    private static final class ChildFirst extends URLClassLoader {
        ChildFirst(URL classes) {
            super(new URL[] {classes}, MainTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("dev.gaugeblock.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
