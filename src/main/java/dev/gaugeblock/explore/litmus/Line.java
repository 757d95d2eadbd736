package dev.gaugeblock.explore.litmus;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** One line of a litmus file, read token by token from left to right. */
final class Line {
    /** Words that would make a line ambiguous to its reader if they named something. */
    private static final Set<String> RESERVED_WORDS = Set.of(
            "litmus",
            "machine",
            "before",
            "after",
            "cpu",
            "irq",
            "task",
            "sometimes",
            "never",
            "always",
            "outcomes",
            "reduction",
            "despite", //
            "alloc",
            "free",
            "put",
            "get",
            "drain",
            "sysctl",
            "lock",
            "unlock",
            "kmap",
            "kunmap",
            "read",
            "write",
            "iostart",
            "bwrite",
            "bdwrite",
            "bawrite",
            "hold",
            "rele",
            "relse",
            "pin",
            "unpin",
            "dequeue",
            "mark",
            "daemon",
            "complete",
            "work",
            "flush",
            "on",
            "kswapd",
            "and",
            "or",
            "not",
            "NULL");

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** Nine digits always fit an int. No leading zeros: some would read them as octal. */
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    private final String file;
    private final String text;
    private final List<Token> tokens;
    private int at;

    /** Makes a line of its tokens; the last is an end. */
    Line(String file, String text, List<Token> tokens) {
        this.file = file;
        this.text = text;
        this.tokens = List.copyOf(tokens);
    }

    Token head() {
        return tokens.get(0);
    }

    /** The next token, which stays the next. */
    Token peek() {
        return tokens.get(at);
    }

    /** The token after the next. */
    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    /** Whether a word or symbol stands somewhere in it. */
    boolean hasWord(String word) {
        return tokens.stream().anyMatch(token -> token.is(word));
    }

    /** The last word or symbol but so many; empty if the line has none there. */
    String lastWordBut(int others) {
        int word = tokens.size() - 2 - others;
        return word < 0 ? "" : tokens.get(word).text();
    }

    /** Passes the next token. Who passes an end throws: nothing is behind it. */
    Token next() {
        return tokens.get(at++);
    }

    /** Passes the next token if it is this word or symbol. */
    boolean take(String word) {
        if (peek().is(word)) {
            next();
            return true;
        }
        return false;
    }

    void expect(String word) {
        if (!take(word)) {
            throw expected('"' + word + '"', peek());
        }
    }

    void expectEnd() {
        if (peek().kind() != Token.Kind.END_OF_LINE) {
            throw expected("the end of the line", peek());
        }
    }

    /** A decimal number within bounds. */
    int number(String what, int min, int max) {
        Token token = next();
        if (NUMBER.matcher(token.text()).matches()) {
            int value = Integer.parseInt(token.text());
            if (value >= min && value <= max) {
                return value;
            }
        }
        throw expected(what + " in " + min + ".." + max, token);
    }

    /** The name of a variable or a lock. */
    Token name(String what) {
        Token token = next();
        if (!NAME.matcher(token.text()).matches()) {
            throw expected(what, token);
        }
        if (RESERVED_WORDS.contains(token.text())) {
            throw error(token, "expected " + what + ", found " + token.described() + ", a word of the grammar");
        }
        return token;
    }

    /** The name of a test or an invariant: lower case with hyphens. */
    Token id(String what) {
        Token token = next();
        if (!ID.matcher(token.text()).matches()) {
            throw expected(what + " of lower-case letters, digits and single hyphens", token);
        }
        return token;
    }

    /** What was written from a token up to the one that was passed last. */
    String textFrom(Token first) {
        Token last = tokens.get(at - 1);
        return text.substring(
                first.column() - 1, last.column() - 1 + last.text().length());
    }

    LitmusSyntaxException expected(String what, Token found) {
        return error(found, "expected " + what + ", found " + found.described());
    }

    LitmusSyntaxException error(Token where, String problem) {
        return new LitmusSyntaxException(file, where.line(), where.column(), problem);
    }
}
