package dev.gaugeblock.explore;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much the exploration of one test may take, after which it is given up as bounded: so many executions, or so much
 * time. A budget of time is checked between executions.
 */
public final class Budget {
    /** As much as it takes. */
    public static final Budget UNLIMITED = new Budget("", Long.MAX_VALUE, Duration.ofNanos(Long.MAX_VALUE));

    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})([smh]?)");

    private final String text;
    private final long executions;
    private final Duration time;

    private Budget(String text, long executions, Duration time) {
        this.text = text;
        this.executions = executions;
        this.time = time;
    }

    /** A budget of executions, 1 or more. */
    public static Budget ofExecutions(long executions) {
        return new Budget(Long.toString(executions), executions, UNLIMITED.time);
    }

    /**
     * Reads {@code 10000} (executions), {@code 30s}, {@code 5m} or {@code 2h}.
     *
     * @throws IllegalArgumentException if the text is none of these, or nothing at all
     */
    public static Budget parse(String text) {
        Matcher matcher = FORM.matcher(text);
        long number = matcher.matches() ? Long.parseLong(Objects.requireNonNull(matcher.group(1))) : 0;
        if (number == 0) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is no budget: expected a number of executions like 10000, or a time like 30s, 5m, 2h");
        }
        return switch (Objects.requireNonNullElse(matcher.group(2), "")) {
            case "s" -> new Budget(text, Long.MAX_VALUE, Duration.ofSeconds(number));
            case "m" -> new Budget(text, Long.MAX_VALUE, Duration.ofSeconds(Math.multiplyExact(number, 60)));
            case "h" -> new Budget(text, Long.MAX_VALUE, Duration.ofSeconds(Math.multiplyExact(number, 3600)));
            default -> ofExecutions(number);
        };
    }

    /** Whether that much is used up. */
    boolean isSpent(long executionsSoFar, Duration timeSoFar) {
        return executionsSoFar >= executions || timeSoFar.compareTo(time) >= 0;
    }

    /** As it was given. */
    @Override
    public String toString() {
        return text;
    }
}
