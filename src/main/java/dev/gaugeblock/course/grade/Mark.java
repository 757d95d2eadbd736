package dev.gaugeblock.course.grade;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of a question.
 *
 * @param right how many of its parts are right, 0 or more
 * @param of how many parts there are, 1 or more
 * @param feedback what a student can do about the rest, in sentences that give no answer away
 */
public record Mark(int right, int of, List<String> feedback) {
    /** Nothing of it; a sentence says why. */
    static Mark none(String why) {
        return new Mark(0, 1, List.of(why));
    }

    /** Of {@code points} for the whole, those for what is right: rounded down, so that only all of it gets all. */
    public int pointsOf(int points) {
        return points * right / of;
    }

    /** Parts that are marked one after the other. */
    static final class Parts {
        private int right;
        private int all;
        private boolean isSpoilt;
        private final List<String> feedback = new ArrayList<>();

        /** One more part; {@code otherwise} is said if it is not right. */
        void add(boolean isRight, String otherwise) {
            all++;
            if (isRight) {
                right++;
            } else {
                feedback.add(otherwise);
            }
        }

        /** Something else is wrong: whatever comes of the parts, it is not all of them. */
        void spoil(String sentence) {
            feedback.add(sentence);
            isSpoilt = true;
        }

        Mark mark() {
            int most = isSpoilt ? Math.max(0, all - 1) : all;
            return new Mark(Math.min(right, most), Math.max(1, all), List.copyOf(feedback));
        }
    }
}
