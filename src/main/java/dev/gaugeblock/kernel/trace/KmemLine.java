package dev.gaugeblock.kernel.trace;

import java.nio.charset.StandardCharsets;

/**
 * The head of one line: task, CPU, flags, time and the event's name, in any of the forms. The name of a task may hold
 * anything, so that the head is looked for from its CPU on, {@code [003]}, which stands behind the number of the task.
 */
final class KmemLine {
    private static final String GRAPH = "/* ";

    byte[] bytes = {};
    int length;
    TraceLayout layout = TraceLayout.BARE;
    int cpu;
    long stamp;
    boolean isStampWhole;
    boolean isInterrupt;
    int taskFrom;
    int taskTo;
    /** Where the CPU stands, or what stands first behind the task. */
    int cpuFrom;

    int nameFrom;
    int nameTo;
    int bodyFrom;
    int bodyTo;

    /** Reads a line; {@code false} if it has no head. */
    boolean read(byte[] line, int lineLength) {
        bytes = line;
        length = lineLength;
        cpu = KmemEvent.NONE;
        stamp = KmemEvent.NONE;
        isInterrupt = false;
        taskFrom = 0;
        taskTo = 0;
        bodyTo = length;
        int start = skipSpaces(0);
        cpuFrom = start;
        for (int at = start; at < length; at++) {
            if (bytes[at] == '[' && at > start && bytes[at - 1] == ' ' && readFromCpu(start, at)) {
                return true;
            }
            if (bytes[at] == '/' && startsWith(at, GRAPH)) {
                return readGraph(start, at);
            }
        }
        return readBare(start);
    }

    private boolean readFromCpu(int start, int bracket) {
        int at = bracket + 1;
        int number = 0;
        while (at < length && isDigit(bytes[at]) && at < bracket + 7) {
            number = 10 * number + bytes[at++] - '0';
        }
        if (at == bracket + 1 || at + 1 >= length || bytes[at] != ']' || bytes[at + 1] != ' ') {
            return false;
        }
        if (!readTask(start, bracket)) {
            return false;
        }
        cpu = number;
        cpuFrom = bracket;
        return readFromFlags(skipSpaces(at + 1));
    }

    /** What stands before the CPU: {@code TASK-PID}, perhaps with the number of its group, or {@code TASK PID}. */
    private boolean readTask(int start, int bracket) {
        int end = trimmed(start, bracket);
        if (end > start && bytes[end - 1] == ')') {
            int open = end - 1;
            while (open > start && bytes[open] != '(') {
                open--;
            }
            end = trimmed(start, open);
        }
        int pid = end;
        while (pid > start && (isDigit(bytes[pid - 1]) || bytes[pid - 1] == '/' && pid < end)) {
            pid--;
        }
        if (pid == end || pid == start) {
            return false;
        }
        taskFrom = start;
        taskTo = end;
        boolean isDashed = bytes[pid - 1] == '-' && pid - 1 > start && bytes[pid - 2] != ' ';
        layout = isDashed ? TraceLayout.FTRACE : TraceLayout.PERF;
        return isDashed || bytes[pid - 1] == ' ' || bytes[pid - 1] == '-';
    }

    private boolean readFromFlags(int from) {
        int end = tokenEnd(from);
        if (readStamp(from, end)) {
            return readName(skipSpaces(end));
        }
        if (end > from && bytes[end - 1] != ':') {
            for (int i = from; i < end; i++) {
                isInterrupt |= i == from + 2 && "sShHzZ".indexOf(bytes[i]) >= 0;
            }
            int next = skipSpaces(end);
            int nextEnd = tokenEnd(next);
            if (readStamp(next, nextEnd)) {
                return readName(skipSpaces(nextEnd));
            }
            return nextEnd > next && bytes[nextEnd - 1] == ':' && readName(next);
        }
        return readName(from);
    }

    /** Reads {@code 123.456789:} as nanoseconds, {@code 123:} as a counter. */
    private boolean readStamp(int from, int end) {
        if (end - from < 2 || bytes[end - 1] != ':' || !isDigit(bytes[from])) {
            return false;
        }
        long value = 0;
        int fraction = -1;
        for (int i = from; i < end - 1; i++) {
            if (bytes[i] == '.' && fraction < 0) {
                fraction = 0;
            } else if (isDigit(bytes[i]) && fraction < 9 && value < Long.MAX_VALUE / 100) {
                value = 10 * value + bytes[i] - '0';
                fraction += fraction < 0 ? 0 : 1;
            } else {
                return false;
            }
        }
        isStampWhole = fraction < 0;
        for (int i = Math.max(fraction, 0); fraction >= 0 && i < 9; i++) {
            value *= 10;
        }
        stamp = value;
        return true;
    }

    private boolean readName(int from) {
        int at = from;
        int end = tokenEnd(at);
        if (end > at && isAllDigits(at, end)) {
            at = skipSpaces(end); // perf's period
            end = tokenEnd(at);
        }
        nameFrom = at;
        nameTo = end;
        if (end > at && bytes[end - 1] == ':') {
            nameTo = end - 1;
            if (bytes[at] == 'k' && startsWith(at, "kmem:")) {
                nameFrom = at + 5;
            }
        }
        bodyFrom = end;
        return end > at;
    }

    private boolean readGraph(int start, int comment) {
        layout = TraceLayout.FUNCTION_GRAPH;
        int at = start;
        int end = tokenEnd(at);
        int bar = skipSpaces(end);
        if (bar < length && bytes[bar] == '|' && readGraphTime(at, end)) {
            at = skipSpaces(bar + 1);
        }
        int number = 0;
        int digits = at;
        while (at < length && isDigit(bytes[at]) && at < digits + 6) {
            number = 10 * number + bytes[at++] - '0';
        }
        cpu = at > digits && at < length && bytes[at] == ')' ? number : KmemEvent.NONE;
        cpuFrom = digits;
        int close = length;
        while (close > comment && !startsWith(close, " */")) {
            close--;
        }
        if (close == comment) {
            return false;
        }
        bodyTo = close;
        int from = comment + GRAPH.length();
        return tokenEnd(from) < close && bytes[tokenEnd(from) - 1] == ':' && readName(from);
    }

    private boolean readGraphTime(int from, int end) {
        byte after = bytes[end];
        bytes[end] = ':';
        boolean isTime = readStamp(from, end + 1);
        bytes[end] = after;
        return isTime;
    }

    private boolean readBare(int start) {
        layout = TraceLayout.BARE;
        int end = tokenEnd(start);
        boolean isNamed = end > start && bytes[end - 1] == ':';
        return isNamed && (startsWith(start, "mm_page") || startsWith(start, "kmem:")) && readName(start);
    }

    /** Whether the event has a name. */
    boolean isNamed(String name) {
        return nameTo - nameFrom == name.length() && startsWith(nameFrom, name);
    }

    boolean isNameLike(String start) {
        return startsWith(nameFrom, start);
    }

    /** What stands behind the name. */
    String body() {
        return new String(bytes, bodyFrom, bodyTo - bodyFrom, StandardCharsets.UTF_8).strip();
    }

    boolean startsWith(int at, String word) {
        if (at + word.length() > length) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int skipSpaces(int from) {
        int at = from;
        while (at < length && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private int tokenEnd(int from) {
        int at = from;
        while (at < length && bytes[at] != ' ' && bytes[at] != '\t') {
            at++;
        }
        return at;
    }

    private int trimmed(int start, int end) {
        int at = end;
        while (at > start && bytes[at - 1] == ' ') {
            at--;
        }
        return at;
    }

    private boolean isAllDigits(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isDigit(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
