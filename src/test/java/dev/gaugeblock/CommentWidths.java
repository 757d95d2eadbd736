package dev.gaugeblock;

import java.util.ArrayList;
import java.util.List;

/** Finds the comments of a Java source that are too wide; the formatter leaves comments alone. */
final class CommentWidths {
    /** The width that the formatter keeps code within, in columns. */
    static final int WIDTH = 120;

    private enum Within {
        CODE,
        STRING,
        TEXT_BLOCK,
        LINE_COMMENT,
        BLOCK_COMMENT
    }

    private CommentWidths() {}

    /** The numbers, from 1, of the lines that are wider than {@link #WIDTH} and hold a comment. */
    static List<Integer> tooWide(String source) {
        List<Integer> wide = new ArrayList<>();
        Within within = Within.CODE;
        int line = 1;
        int start = 0;
        boolean comment = false;
        for (int at = 0; at <= source.length(); at++) {
            if (at == source.length() || source.charAt(at) == '\n') {
                comment |= within == Within.BLOCK_COMMENT;
                if (comment && source.codePointCount(start, at) > WIDTH) {
                    wide.add(line);
                }
                if (within == Within.LINE_COMMENT) {
                    within = Within.CODE;
                }
                line++;
                start = at + 1;
                comment = false;
                continue;
            }
            switch (within) {
                case CODE -> {
                    if (source.startsWith("//", at)) {
                        within = Within.LINE_COMMENT;
                        comment = true;
                    } else if (source.startsWith("/*", at)) {
                        within = Within.BLOCK_COMMENT;
                        comment = true;
                        at++;
                    } else if (source.startsWith("\"\"\"", at)) {
                        within = Within.TEXT_BLOCK;
                        at += 2;
                    } else if (source.charAt(at) == '"') {
                        within = Within.STRING;
                    } else if (source.charAt(at) == '\'') {
                        at += source.charAt(at + 1) == '\\' ? 3 : 2;
                    }
                }
                case STRING -> {
                    if (source.charAt(at) == '\\') {
                        at++;
                    } else if (source.charAt(at) == '"') {
                        within = Within.CODE;
                    }
                }
                case TEXT_BLOCK -> {
                    if (source.charAt(at) == '\\') {
                        at++;
                    } else if (source.startsWith("\"\"\"", at)) {
                        within = Within.CODE;
                        at += 2;
                    }
                }
                case BLOCK_COMMENT -> {
                    comment = true;
                    if (source.startsWith("*/", at)) {
                        within = Within.CODE;
                        at++;
                    }
                }
                case LINE_COMMENT -> {}
            }
        }
        return wide;
    }
}
