package dev.gaugeblock.explore.litmus;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Cuts a litmus file into lines and their tokens; leaves out blank lines and comments. */
final class Lexer {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n?|\n");
    private static final Pattern SKIPPED = Pattern.compile("\\s+|#.*", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern SYMBOL = Pattern.compile("==|!=|<=|>=|[=!|<>()]");
    private static final Pattern WORD = Pattern.compile("[^\\s#\"=!|<>()]+");

    private final String file;
    private final String line;
    private final int number;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String file, String line, int number) {
        this.file = file;
        this.line = line;
        this.number = number;
    }

    /** The lines that say something, and one for the end of the file: so there is always a line to look at. */
    static List<Line> lines(String file, String text) {
        String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        String[] all = LINE_BREAK.split(content, -1);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            List<Token> tokens = new Lexer(file, all[i], i + 1).tokens();
            if (!tokens.isEmpty()) {
                tokens.add(endOfLine(tokens.get(tokens.size() - 1)));
                lines.add(new Line(file, all[i], tokens));
            }
        }
        String last = all[all.length - 1];
        Token end = new Token(Token.Kind.END_OF_FILE, "", all.length, last.length() + 1);
        lines.add(new Line(file, last, List.of(end)));
        return lines;
    }

    private List<Token> tokens() {
        while (at < line.length()) {
            if (matched(SKIPPED) == null
                    && !added(QUOTED, Token.Kind.QUOTED)
                    && !added(SYMBOL, Token.Kind.SYMBOL)
                    && !added(WORD, Token.Kind.WORD)) {
                // Every character begins one of the four, except the quote that no other follows.
                throw new LitmusSyntaxException(
                        file, number, at + 1, "expected the quote to be closed, found the end of the line");
            }
        }
        return tokens;
    }

    /** Right after the last token, not after a comment: that is where something is missing. */
    private static Token endOfLine(Token last) {
        return new Token(
                Token.Kind.END_OF_LINE,
                "",
                last.line(),
                last.column() + last.text().length());
    }

    private boolean added(Pattern pattern, Token.Kind kind) {
        int start = at;
        String text = matched(pattern);
        return text != null && tokens.add(new Token(kind, text, number, start + 1));
    }

    private @Nullable String matched(Pattern pattern) {
        Matcher matcher = pattern.matcher(line).region(at, line.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher.group();
    }
}
