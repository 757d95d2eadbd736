package dev.gaugeblock.explore;

/** Follows a given schedule, and takes note of nothing else. */
final class Replay implements Director {
    private final Schedule schedule;
    private int depth;

    Replay(Schedule schedule) {
        this.schedule = schedule;
    }

    @Override
    public int choose(Step[] pending, long enabled) {
        if (depth == schedule.length()) {
            throw new WrongTurn("it ends after step " + depth + ", where programs " + names(enabled) + " can go on");
        }
        int task = schedule.task(depth);
        if (task >= pending.length || (enabled & 1L << task) == 0) {
            throw new WrongTurn(
                    "program " + task + " cannot take step " + (depth + 1) + "; those that can: " + names(enabled));
        }
        depth++;
        return task;
    }

    @Override
    public boolean isNewTerritory() {
        return true;
    }

    private static String names(long enabled) {
        StringBuilder names = new StringBuilder();
        for (long rest = enabled; rest != 0; rest &= rest - 1) {
            names.append(names.length() == 0 ? "" : ", ").append(Long.numberOfTrailingZeros(rest));
        }
        return names.toString();
    }
}
