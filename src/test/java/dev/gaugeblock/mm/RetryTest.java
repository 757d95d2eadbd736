package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets null, who waits, who kills, and who does so for ever, while no zone is above any mark (behaviour 9). */
class RetryTest {
    private static final int NO_RETRY_KERNEL = Gfp.KERNEL | Gfp.NORETRY;

    private final TestMachine machine = TestMachine.booted(64, 0, 0).marks(1000, 1250, 1500);

    /** The calls as letters: kswapd Woken, Reclaim, Oom killer, Congestion wait, and "!" for the warning. */
    private String calls() {
        return machine.around.takeCalls().stream().map(RetryTest::letter).collect(Collectors.joining());
    }

    private static String letter(String call) {
        return switch (call.replaceAll(":.*", "")) {
            case "kswapd_wake" -> "W";
            case "ttfp" -> "R";
            case "oom" -> "O";
            case "congestion_wait" -> "C";
            case "warn" -> "!";
            case "cond_resched" -> "";
            default -> throw new IllegalArgumentException(call);
        };
    }

    private void assertFails(int gfp, int order, int progress, String calls) {
        machine.around.reclaims(progress);
        assertNull(machine.alloc(gfp, order));
        assertEquals(calls, calls());
    }

    private void assertLoops(int gfp, int order, String calls, int... progress) {
        machine.around.reclaims(progress);
        assertThrows(ScriptedCollaborators.Stuck.class, () -> machine.alloc(gfp, order));
        assertEquals(calls, calls());
        machine.task.memalloc = false;
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3"})
    void shouldNeverGiveUpUpToOrder3(int order) {
        assertLoops(Gfp.KERNEL, order, "WRCRCRCR", 1, 1, 1);
        assertLoops(Gfp.NOFS, order, "WRCRCRCR", 0, 0, 0);
        assertLoops(Gfp.NOIO, order, "WRCRCRCR", 0, 1, 0);
    }

    @ParameterizedTest
    @CsvSource({"4", "10"})
    void shouldGiveUpAboveOrder3AfterProgressOrWithoutFs(int order) {
        assertFails(Gfp.KERNEL, order, 1, "WR!");
        assertFails(Gfp.NOFS, order, 1, "WR!");
        assertFails(Gfp.NOFS, order, 0, "WR!");
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "4", "10"})
    void shouldKillForEverAtAnyOrderWithFsAndWithoutProgress(int order) {
        assertLoops(Gfp.KERNEL, order, "WROWROWROWR", 0, 0, 0);
    }

    @Test
    void shouldAskTheOomKillerEachTimeThereIsNoProgress() {
        assertLoops(Gfp.KERNEL, 0, "WROWRCROWRCR", 0, 1, 0, 1);
        machine.around.reclaims(0);
        assertFails(Gfp.KERNEL, 4, 1, "WROWR!");
    }

    @Test
    void shouldRepeatAboveOrder3IfAsked() {
        assertLoops(Gfp.KERNEL | Gfp.REPEAT, 4, "WRCRCR", 1, 1);
        assertLoops(Gfp.NOFS | Gfp.REPEAT, 10, "WRCRCR", 0, 0);
    }

    @Test
    void shouldNotFailAboveOrder3IfForbidden() {
        assertLoops(Gfp.KERNEL | Gfp.NOFAIL, 4, "WRCRCR", 1, 1);
        assertLoops(Gfp.NOFS | Gfp.NOFAIL, 10, "WRCRCR", 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "4, 0", "4, 1"})
    void shouldLetNoRetryBeatNoFail(int order, int progress) {
        assertFails(NO_RETRY_KERNEL | Gfp.NOFAIL, order, progress, "WR!");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "4, 0", "4, 1"})
    void shouldLetNoRetryBeatRepeat(int order, int progress) {
        assertFails(NO_RETRY_KERNEL | Gfp.REPEAT, order, progress, "WR!");
    }

    @Test
    void shouldReclaimOnceAndKillNobodyWithNoRetry() {
        assertFails(NO_RETRY_KERNEL, 0, 0, "WR!");
        assertFails(NO_RETRY_KERNEL, 0, 1, "WR!");
    }

    @Test
    void shouldWarnUnlessToldNotTo() {
        assertFails(NO_RETRY_KERNEL | Gfp.NOWARN, 0, 0, "WR");
        assertFails(Gfp.NOFS | Gfp.NOWARN, 4, 0, "WR");
    }

    @Test
    void shouldTakeAnyProgressButZeroForProgress() {
        assertFails(Gfp.KERNEL, 4, 32, "WR!");
        assertFails(Gfp.KERNEL, 4, -1, "WR!");
    }
}
