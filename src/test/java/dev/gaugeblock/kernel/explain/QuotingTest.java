package dev.gaugeblock.kernel.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gaugeblock.kernel.log.KernelReport;
import dev.gaugeblock.kernel.log.Oddity;
import dev.gaugeblock.text.TextFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever mail and loggers do to a log, it gives one answer. */
class QuotingTest {
    @TempDir
    Path folder = Path.of("");

    private static final Map<String, UnaryOperator<String>> WAYS = new LinkedHashMap<>();

    /** What each log gives unquoted. */
    private static final Map<Path, List<String>> PLAIN = new HashMap<>();

    static {
        WAYS.put("quoted", text -> eachLine(text, "> "));
        WAYS.put("quoted twice", text -> eachLine(text, ">> > "));
        WAYS.put("syslog", text -> eachLine(text, "Jul 12 10:11:12 host kernel: [12345.678901] "));
        WAYS.put("journal", text -> eachLine(text, "2024-02-24T10:11:12.123456+0100 host kernel: "));
        WAYS.put("dmesg", text -> eachLine(text, "[  123.456789] "));
        WAYS.put("with callers", text -> eachLine(text, "[  123.456789][   T99] "));
        WAYS.put("levels", text -> eachLine(text, "<4>[  123.456789] "));
        WAYS.put("CRLF", text -> text.replace("\n", "\r\n"));
        WAYS.put("in one line", text -> "Jul 12 10:11:12 host kernel: " + text.replace("\n", "#012") + "\n");
        WAYS.put("quoted-printable", QuotingTest::quotedPrintable);
        WAYS.put(
                "quoted-printable with line feeds",
                text -> quotedPrintable(text).replace("=20\n", "\n").replaceAll("(?<!=)\n", "=0A=\n"));
        WAYS.put("wrapped before sums", text -> text.replaceAll("(?<=kB) = (?=\\d+kB)", " =\n"));
        WAYS.put(
                "wrapped before sums, and quoted",
                text -> eachLine(text.replaceAll("(?<=kB) = (?=\\d+kB)", " =\n"), "> "));
        WAYS.put("wrapped behind the sign", text -> text.replaceAll("(?<=kB) = (?=\\d+kB)", " = \n"));
        WAYS.put("wrapped", text -> wrapped(text, ""));
        WAYS.put("wrapped and quoted", text -> wrapped(text, "> "));
        WAYS.put("HTML", text -> "<pre>\n" + text.replace(">", "&gt;") + "</pre>\n");
        WAYS.put("among others", QuotingTest::amongOthers);
    }

    static Stream<String> ways() {
        return WAYS.keySet().stream();
    }

    private static String eachLine(String text, String prefix) {
        return text.lines().map(line -> prefix + line + "\n").reduce("", String::concat);
    }

    private static String quotedPrintable(String text) {
        StringBuilder encoded = new StringBuilder();
        for (String line : text.replace("=", "=3D").lines().toList()) {
            int from = 0;
            while (line.length() - from > 75) {
                int end = from + 75;
                while (line.lastIndexOf('=', end - 1) > end - 3) {
                    end--; // not within a code
                }
                encoded.append(line, from, end).append("=\n");
                from = end;
            }
            encoded.append(line.substring(from)).append("=20\n");
        }
        return encoded.toString();
    }

    private static String wrapped(String text, String prefix) {
        StringBuilder wrapped = new StringBuilder();
        for (String line : text.lines().toList()) {
            int length = 0;
            wrapped.append(prefix);
            for (String word : line.split(" ")) {
                if (length + word.length() > 72) {
                    wrapped.append('\n').append(prefix);
                    length = 0;
                } else if (length > 0) {
                    wrapped.append(' ');
                    length++;
                }
                wrapped.append(word);
                length += word.length();
            }
            wrapped.append('\n');
        }
        return wrapped.toString();
    }

    private static String amongOthers(String text) {
        return text.lines()
                .map(line -> line
                        + "\n[   12.5] usb 1-1: new device number 7\nMar  1 host sshd[12]: order: none, mode: free\n")
                .reduce("", String::concat);
    }

    /** What was only quoted can be read: it gives the same answer, and nothing more is named that cannot be read. */
    @ParameterizedTest
    @MethodSource("ways")
    void shouldGiveOneAnswer(String way) throws IOException, TextFormatException {
        for (Path file : Logs.all()) {
            String text = Logs.text(String.valueOf(file.getFileName()));
            if (!PLAIN.containsKey(file)) {
                PLAIN.put(file, read(text));
            }
            String quoted = WAYS.getOrDefault(way, UnaryOperator.identity()).apply(text);
            assertEquals(PLAIN.get(file), read(quoted), file + " " + way + ":\n" + quoted);
        }
    }

    /** The answers, and what is named that cannot be read. */
    private List<String> read(String text) throws IOException, TextFormatException {
        Explainer explainer = new Explainer(null);
        List<Oddity> strays = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (KernelReport report : Logs.reports(folder, text.getBytes(StandardCharsets.UTF_8), strays)) {
            all.add(Logs.gist(explainer.explain(report)));
            report.oddities().forEach(each -> all.add(each.why()));
        }
        strays.forEach(each -> all.add(each.why()));
        return all;
    }

    private static List<String> gists(List<Explanation> explanations) {
        return explanations.stream().map(Logs::gist).toList();
    }

    @Test
    void shouldReadGzipAndBytesThatAreNoText() throws IOException, TextFormatException {
        Explainer explainer = new Explainer(null);
        String text = Logs.text("a20");
        List<String> expected = gists(Logs.explain(folder, text));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        byte[] noise = {(byte) 0xff, 0, (byte) 0xc3, '\n', 27, '[', 'm'};
        ByteArrayOutputStream noisy = new ByteArrayOutputStream();
        noisy.write(noise);
        noisy.write(text.getBytes(StandardCharsets.UTF_8));
        noisy.write(noise);
        for (byte[] bytes : List.of(packed.toByteArray(), noisy.toByteArray())) {
            List<KernelReport> reports = Logs.reports(folder, bytes, new ArrayList<>());
            assertEquals(
                    expected, gists(reports.stream().map(explainer::explain).toList()));
        }
    }

    /** Two CPUs print at the same time: their lines stand by turns. */
    @Test
    void shouldTakeMixedReportsApart() throws IOException, TextFormatException {
        List<String> one = Logs.text("a20").lines().toList();
        List<String> two = Logs.text("a03").lines().toList();
        StringBuilder mixed = new StringBuilder();
        for (int i = 0; i < Math.max(one.size(), two.size()); i++) {
            mixed.append(i < one.size() ? "[1.1][ T1] " + one.get(i) + "\n" : "");
            mixed.append(i < two.size() ? "[1.1][ C2] " + two.get(i) + "\n" : "");
        }
        List<String> expected = new ArrayList<>(gists(Logs.explain(folder, Logs.text("a20"))));
        expected.addAll(gists(Logs.explain(folder, Logs.text("a03"))));
        assertEquals(expected, gists(Logs.explain(folder, mixed.toString())));
    }

    @Test
    void shouldFindAllReportsOfAFile() throws IOException, TextFormatException {
        StringBuilder all = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (Path file : Logs.all()) {
            String text = Logs.text(String.valueOf(file.getFileName()));
            all.append(text).append("some line\n".repeat(3));
            expected.addAll(gists(Logs.explain(folder, text)));
        }
        assertEquals(expected, gists(Logs.explain(folder, all.toString())));
    }

    /** Long after a report is over, the head of the next one may be wrapped, too. */
    @Test
    void shouldReadReportsFarApart() throws IOException, TextFormatException {
        String first = Logs.text("a03");
        String second = wrapped(Logs.text("a20"), "> ");
        List<String> expected = new ArrayList<>(gists(Logs.explain(folder, first)));
        expected.addAll(gists(Logs.explain(folder, second)));
        for (int between : List.of(1, 20, 999, 1001, 5000)) {
            String apart = first + "[ 12.5] usb 1-1: new device\n".repeat(between) + second;
            assertEquals(expected, gists(Logs.explain(folder, apart)), between + " lines between");
        }
    }
}
