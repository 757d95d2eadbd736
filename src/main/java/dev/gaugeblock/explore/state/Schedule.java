package dev.gaugeblock.explore.state;

import java.util.Arrays;

/**
 * The choices of an execution: at each scheduling point, the index of the program that takes its next step. As text,
 * runs of the same program are shortened: {@code 0x3,1,0x2}.
 */
public final class Schedule {
    private final int[] tasks;

    public Schedule(int[] tasks) {
        this.tasks = tasks;
    }

    /** The schedule in which the given programs take one step each, in this order. */
    public static Schedule of(int[] programs) {
        return new Schedule(programs.clone());
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text is no schedule
     */
    public static Schedule parse(String text) {
        int[] tasks = new int[0];
        if (text.isEmpty()) {
            return new Schedule(tasks);
        }
        for (String run : text.split(",", -1)) {
            String[] parts = run.split("x", -1);
            int task = number(parts[0], text);
            int times = parts.length == 1 ? 1 : number(parts[1], text);
            if (parts.length > 2 || times < 1 || times > 1_000_000) {
                throw notASchedule(text, run);
            }
            int length = tasks.length;
            tasks = Arrays.copyOf(tasks, length + times);
            Arrays.fill(tasks, length, length + times, task);
        }
        return new Schedule(tasks);
    }

    private static int number(String digits, String text) {
        try {
            int value = Integer.parseInt(digits);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(notASchedule(text, digits).getMessage(), e);
        }
        throw notASchedule(text, digits);
    }

    private static IllegalArgumentException notASchedule(String text, String part) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no schedule at \"" + part + "\": expected program numbers like 0x3,1,0x2");
    }

    public int length() {
        return tasks.length;
    }

    public int task(int step) {
        return tasks[step];
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tasks.length; ) {
            int end = i;
            while (end < tasks.length && tasks[end] == tasks[i]) {
                end++;
            }
            text.append(i == 0 ? "" : ",").append(tasks[i]);
            if (end - i > 1) {
                text.append('x').append(end - i);
            }
            i = end;
        }
        return text.toString();
    }
}
