package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.program.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads litmus tests. The grammar is in {@code docs/litmus.md}; the methods here follow it from the top down.
 *
 * <p>Whatever a file says is either in the {@link LitmusTest} or an error: nothing is skipped, guessed or corrected.
 */
public final class LitmusParser {
    private static final String ENDING = ".litmus";

    private final String file;
    private final List<String> source;
    private final Lines lines;
    private final Variables variables;

    private LitmusParser(String file, String text) {
        this.file = file;
        this.source = text.lines().toList();
        List<Line> all = Lexer.lines(file, text);
        lines = new Lines(all);
        variables = new Variables(all);
    }

    /**
     * Reads a test from its text.
     *
     * @param fileName what messages call the text; the test may have another name
     * @throws LitmusSyntaxException if the text is no litmus test
     */
    public static LitmusTest parse(String fileName, String text) {
        return new LitmusParser(fileName, text).parse(Optional.empty());
    }

    /**
     * Reads a test from a file in UTF-8, which must be called as the test is, with the ending {@code .litmus}.
     *
     * @throws IOException if the file cannot be read
     * @throws LitmusSyntaxException if its content is no litmus test, or has another name
     */
    public static LitmusTest parse(Path file) throws IOException {
        String text = text(file);
        Path fileName = file.getFileName();
        return new LitmusParser(file.toString(), text).parse(Optional.of(String.valueOf(fileName)));
    }

    /** The whole content; says where it is not UTF-8. */
    private static String text(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        CharBuffer chars = CharBuffer.allocate(bytes.remaining());
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, chars, true);
        String text = chars.flip().toString();
        if (!result.isError()) {
            return text;
        }
        // Both buffers stop before the first byte that is wrong.
        String[] lines = text.split("\r\n?|\n", -1);
        throw new LitmusSyntaxException(
                file.toString(),
                lines.length,
                lines[lines.length - 1].length() + 1,
                String.format("expected UTF-8, found the byte 0x%02x", bytes.get(bytes.position()) & 0xff));
    }

    private LitmusTest parse(Optional<String> fileName) {
        String name = name(fileName);
        String story = story();
        MachineSpec machine = machine();
        Programs programs = new Programs(lines, new OperationReader(variables, machine), machine);
        List<LitmusOperation> before = programs.before();
        List<Program> concurrent = programs.concurrent();
        List<LitmusOperation> after = programs.after();
        Expectations expectations =
                new Expectations(new ConditionReader(variables, machine, concurrent, programs.pids()));
        while (expectations.read(lines.current())) {
            lines.advance();
        }
        requireEnd();
        return new LitmusTest(
                file,
                name,
                story,
                machine.without(expectations.despite()),
                variables.names(),
                before,
                concurrent,
                after,
                expectations.sometimes(),
                expectations.never(),
                expectations.always(),
                expectations.outcomes(),
                expectations.knownBad(),
                expectations.knownBadWhereStoresWait(),
                expectations.knownSince(),
                expectations.reduction(),
                List.of(),
                source);
    }

    private String name(Optional<String> fileName) {
        Line line = lines.beginWith("litmus");
        Token name = line.id("a name");
        line.expectEnd();
        if (fileName.isPresent() && !fileName.get().equals(name.text() + ENDING)) {
            throw line.error(
                    name, "expected the file to be called " + name.text() + ENDING + ", found " + fileName.get());
        }
        return name.text();
    }

    private String story() {
        List<String> sentences = new ArrayList<>();
        while (lines.head().kind() == Token.Kind.QUOTED) {
            Line line = lines.advance();
            Token quoted = line.next();
            line.expectEnd();
            String sentence =
                    quoted.text().substring(1, quoted.text().length() - 1).strip();
            if (sentence.isEmpty()) {
                throw line.expected("words between the quotes", quoted);
            }
            sentences.add(sentence);
        }
        if (sentences.isEmpty()) {
            throw lines.current().expected("the story in quotes", lines.head());
        }
        return String.join(" ", sentences);
    }

    private MachineSpec machine() {
        Line first = lines.begin("machine");
        MachineSection section = new MachineSection();
        while (lines.isInSection()) {
            section.read(lines.advance());
        }
        return section.finish(first);
    }

    /** Nothing follows the expectations. */
    private void requireEnd() {
        Line line = lines.current();
        Token head = line.head();
        switch (head.text()) {
            case "litmus", "machine" -> lines.requireFirst(head.text());
            case Variables.BEFORE -> {
                lines.requireFirst(head.text());
                throw line.error(head, "expected before above the programs, found it below");
            }
            case "cpu", "irq", "task", "kswapd", Variables.AFTER ->
                throw line.error(head, "expected " + head.text() + " above the expectations, found it below");
            default -> {
                if (head.kind() != Token.Kind.END_OF_FILE) {
                    throw line.expected(Expectations.KEYWORDS + " or the end of the file", head);
                }
            }
        }
    }
}
