package dev.gaugeblock;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences of a page in Markdown. Code blocks are left out. A paragraph, an item of a list and a cell of a table
 * each hold sentences of their own; headings hold none.
 */
final class Sentences {
    /** Text on one line, between two ends of sentences. */
    record Piece(int line, String text) {}

    /** The end of a sentence, in a text whose code and links are masked. */
    private static final Pattern END = Pattern.compile("[.!?][\"')\\]*_]*(?=\\s|$)");

    private static final Pattern CODE = Pattern.compile("(`+)(?:(?!\\1).)+\\1");
    private static final Pattern ITEM = Pattern.compile("\\s*(?:[*-]|\\d+\\.) +");
    private static final List<String> ABBREVIATIONS = List.of("e.g.", "i.e.", "cf.", "vs.", "..");

    /** What breaks the rule "one sentence a line", as "LINE: what". */
    final List<String> misplaced = new ArrayList<>();

    /** Sentences, whole, with the line that each begins on. */
    final List<Piece> all = new ArrayList<>();

    private final StringBuilder open = new StringBuilder();
    private int openSince;

    Sentences(String page) {
        boolean code = false;
        int number = 0;
        for (String line : page.split("\n", -1)) {
            number++;
            if (line.strip().startsWith("```")) {
                code = !code;
                close();
            } else if (code || line.isBlank() || line.startsWith("#")) {
                close();
            } else if (line.strip().startsWith("|")) {
                close();
                cells(number, line);
            } else {
                text(number, line);
            }
        }
        close();
    }

    private void cells(int number, String line) {
        for (String cell : masked(line).split("\\|")) {
            for (String sentence : split(cell)) {
                all.add(new Piece(number, sentence));
            }
        }
    }

    private void text(int number, String line) {
        Matcher item = ITEM.matcher(line);
        String text = line;
        if (item.lookingAt()) {
            close();
            text = line.substring(item.end());
        }
        if (!open.isEmpty()) {
            misplaced.add(number + ": goes on with the sentence of line " + openSince);
        }
        List<String> sentences = split(masked(text));
        if (sentences.size() > 1) {
            misplaced.add(number + ": has " + sentences.size() + " sentences");
        }
        for (String sentence : sentences) {
            if (open.isEmpty()) {
                openSince = number;
            }
            open.append(' ').append(sentence);
            if (ends(sentence)) {
                close();
            }
        }
    }

    private void close() {
        if (!open.isEmpty()) {
            all.add(new Piece(openSince, open.toString().strip()));
            open.setLength(0);
        }
    }

    /**
     * With each piece of code a word for every word in it, so that no point in it ends a sentence; nor does the mark
     * {@code [!]} of {@code spec/behaviour.md}.
     */
    private static String masked(String text) {
        return CODE.matcher(text.replace("[!]", ""))
                .replaceAll(
                        code -> code.group().strip().replaceAll("\\S+", "code").replace("|", ""));
    }

    private static List<String> split(String text) {
        List<String> sentences = new ArrayList<>();
        int from = 0;
        Matcher end = END.matcher(text);
        while (end.find()) {
            String sentence = text.substring(from, end.end());
            if (ends(sentence)) {
                add(sentences, sentence);
                from = end.end();
            }
        }
        add(sentences, text.substring(from));
        return sentences;
    }

    private static void add(List<String> sentences, String sentence) {
        if (!sentence.isBlank()) {
            sentences.add(sentence.strip());
        }
    }

    private static boolean ends(String text) {
        Matcher end = END.matcher(text);
        int at = -1;
        while (end.find()) {
            at = end.end() == text.length() ? end.start() : -1;
        }
        String upTo = at < 0 ? "" : text.substring(0, at + 1);
        return at >= 0 && ABBREVIATIONS.stream().noneMatch(upTo::endsWith);
    }

    /** How many words a sentence has: what holds a letter or a digit, between blanks. */
    static int words(String sentence) {
        int words = 0;
        for (String word : sentence.split("\\s+")) {
            if (word.codePoints().anyMatch(Character::isLetterOrDigit)) {
                words++;
            }
        }
        return words;
    }
}
