package dev.gaugeblock.explore.jpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpfEngineTest {
    private static final String RACE =
            """
            litmus race
            "Two requests for the last frame."
            machine
              cpus 2
              zone DMA 1
            cpu 0
              p = alloc ATOMIC 0
            cpu 1
              q = alloc ATOMIC 0
            """;

    private static final String P_FIRST = "p=0 q=NULL | DMA free 0";
    private static final String Q_FIRST = "p=NULL q=0 | DMA free 0";

    @TempDir
    private Path folder;

    private FakeJpf jpf;

    @BeforeEach
    void install() throws IOException {
        jpf = new FakeJpf(folder);
    }

    @AfterEach
    void shouldLeaveNoProcessBehind() throws IOException, InterruptedException {
        if (Files.exists(folder.resolve("pids"))) {
            for (String pid : jpf.wrote("pids").split("\\s+")) {
                assertTrue(isGone(Long.parseLong(pid)), "process " + pid + " still runs");
            }
        }
    }

    /** A killed process takes a moment to go, and may stay as a zombie where nobody collects it. */
    private static boolean isGone(long pid) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) || isZombie(pid)) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return false;
    }

    /** A process may go between the look at its state and the read: then the next round finds it gone. */
    private static boolean isZombie(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "status"))
                    .contains("State:\tZ");
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void shouldHoldWhereJpfSaysSoAndTheTestToo() throws IOException {
        jpf.answering("search", both());

        JpfExploration exploration = explore(RACE + "sometimes q == NULL\nnever p == NULL and q == NULL\noutcomes 2\n");

        assertEquals(Verdict.HOLDS, exploration.verdict(), exploration.reason());
        assertEquals(Set.of(P_FIRST, Q_FIRST), exploration.outcomes());
        assertEquals(10, exploration.states());
        assertEquals("7ea25de", exploration.revision());
    }

    @Test
    void shouldHoldTheOutcomesAgainstTheTest() throws IOException {
        jpf.answering("search", both());

        assertUnexpected("never: an execution ended with q == NULL: " + P_FIRST, RACE + "never q == NULL\n");
        assertUnexpected("no execution ends with p == q", RACE + "sometimes p == q\n");
        assertUnexpected("there are 2 outcomes, the test states 3", RACE + "outcomes 3\n");
        assertUnexpected("the known violation, deadlock, does not occur", RACE + "known-bad deadlock\n");
        assertUnexpected("no execution ends with cpu 0 sleeps", RACE + "sometimes cpu 0 sleeps\n");
    }

    private void assertUnexpected(String reason, String text) throws IOException {
        JpfExploration exploration = explore(text);
        assertEquals(Verdict.UNEXPECTED, exploration.verdict());
        assertEquals(reason, exploration.reason());
    }

    @Test
    void shouldBeBoundedWherePathsWereCut() throws IOException {
        jpf.answering("search", both().constraints(2));

        assertEquals(Verdict.BOUNDED, explore(RACE).verdict());
        assertEquals(Verdict.UNEXPECTED, explore(RACE + "never q == NULL\n").verdict());
    }

    @Test
    void shouldBeBrokenWhereJpfCrashes() throws IOException {
        jpf.doing("search", "echo '#  SIGSEGV (0xb) at pc=0x00007f'", "exit 134");

        assertBroken("it ended with exit code 134; its last words: #  SIGSEGV (0xb) at pc=0x00007f");
    }

    @Test
    void shouldBeBrokenWhereJpfCrashesAfterItSaidThatAllIsWell() throws IOException {
        jpf.answering("search", both()).doing("search", "cat search.txt", "kill -9 $$");

        assertBroken("it ended with exit code 137");
    }

    @Test
    void shouldBeBoundedWhereJpfHangs() throws IOException {
        jpf.doing("search", "echo $$ > pids", "exec sleep 600");

        assertHangs();
    }

    @Test
    void shouldBeBoundedWhereJpfHangsAfterItSaidThatAllIsWell() throws IOException {
        jpf.answering("search", both()).doing("search", "echo $$ > pids", "cat search.txt", "exec sleep 600");

        assertHangs();
    }

    @Test
    void shouldEndTheChildrenOfAJpfThatHangs() throws IOException {
        jpf.doing("search", "echo $$ > pids", "sleep 600 &", "echo $! >> pids", "wait");

        assertHangs();
    }

    /** By the clock it may take ten times its limit. */
    private void assertHangs() throws IOException {
        JpfExploration exploration = jpf.engine(Duration.ofMillis(50)).explore(test(RACE));
        assertEquals(Verdict.BOUNDED, exploration.verdict());
        assertEquals("it did not end within 0.5 s", exploration.reason());
    }

    @Test
    void shouldCountTheProcessorTimeOfJpfWhereItWorks() throws IOException {
        jpf.doing("search", "echo $$ > pids", "while :; do :; done");

        JpfExploration exploration = jpf.engine(Duration.ofSeconds(1)).explore(test(RACE));
        assertEquals(Verdict.BOUNDED, exploration.verdict());
        assertEquals("it did not end within 1.0 s of processor time", exploration.reason());
    }

    @Test
    void shouldNotWaitForAProcessThatJpfLeftBehind() throws IOException {
        jpf.answering("search", both()).doing("search", "cat search.txt", "sleep 600 &", "echo $! > left", "sleep 0.5");

        assertBroken("it ended, but something that it started keeps its output open");
        // Nobody's child any more, so the engine cannot know it.
        assertTrue(ProcessHandle.of(Long.parseLong(jpf.wrote("left")))
                .orElseThrow()
                .destroyForcibly());
    }

    @Test
    void shouldBeBrokenWhereJpfPrintsNothing() throws IOException {
        assertBroken("it did not finish its search; it said nothing");
    }

    @Test
    void shouldBeBrokenWhereJpfStopsEarly() throws IOException {
        jpf.answering("search", both()).doing("search", "head -n 9 search.txt");

        assertBroken("it did not finish its search; its last words: [WARNING] orphan NativePeer method");
    }

    @Test
    void shouldBeBrokenWhereJpfDoesNotSupportSomething() throws IOException {
        jpf.answering(
                "search",
                both().exception(
                                "java.lang.UnsatisfiedLinkError: cannot find native java.lang.Thread.onSpinWait",
                                "dev.gaugeblock.machine.SpinLock.acquire(SpinLock.java:57)"));

        assertBroken("it could not execute the program: java.lang.UnsatisfiedLinkError: cannot find native");
    }

    @Test
    void shouldBeBrokenWhereJpfDoesNotSayWhichInvariantIsBroken() throws IOException {
        jpf.answering(
                "search",
                both().exception(
                                "dev.gaugeblock.explore.harness.rules.InvariantBroken: some count",
                                "dev.gaugeblock.explore.harness.InvariantChecker.check(InvariantChecker.java:90)"));

        assertBroken("it reports a broken invariant, but not which: some count");
    }

    @Test
    void shouldStopAJpfThatFloodsItsOutput() throws IOException {
        jpf.answering("search", both()).doing("search", "echo $$ > pids", "cat search.txt", "exec yes");

        assertBroken("it printed more than 100000 lines");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr '\\0' x < /dev/zero", "seq -f '@outcome 00 p=%.0f | DMA free 0' 1 99999999"})
    void shouldStopAJpfThatFloodsItsOutputInAnotherWay(String flood) throws IOException {
        jpf.doing("search", "echo $$ > pids", "exec " + flood);

        assertBroken("it printed more than 20000000 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "00",
                "0 p=0 q=NULL | DMA free 0",
                "000 p=0 q=NULL | DMA free 0",
                "02 p=0 q=NULL | DMA free 0",
                "00 p=0 q=NULL",
                "00 p=0 q=? | DMA free 0",
                "00 p=0 q=99999999999 | DMA free 0",
                "00 p=0 p=0 | DMA free 0",
                "00 p=0 r=0 | DMA free 0",
                "00 p=0 kswapd-woken:x | DMA free 0",
                "00 p=0 kswapd1-woken: | DMA free 0",
                "00 p=0 kswapd1-woken:0 kswapd1-woken:0 | DMA free 0",
                "00 p=0 and q | DMA free 0",
            })
    void shouldBeBrokenWhereALineIsNoOutcome(String line) throws IOException {
        jpf.answering("search", Console.saying("@outcome 00 " + P_FIRST, "@outcome " + line));

        JpfExploration exploration = explore(RACE + "sometimes q == 0\n");

        assertEquals(Verdict.BROKEN, exploration.verdict());
        assertTrue(exploration.reason().startsWith("this is no outcome of race: "), exploration.reason());
        assertTrue(exploration.reason().contains(line), exploration.reason());
    }

    @Test
    void shouldCountFreeFramesAsTheOutcomeListsThem() throws IOException {
        jpf.answering(
                "search", Console.saying("@outcome 00 p=0 | DMA free 3 order 0 [1] order 1 [2] hot0 [0 4] cold1 [5]"));

        String counts = "sometimes free DMA == 6 and free DMA without percpu == 3\n";
        String six = RACE.replace("zone DMA 1", "zone DMA 6");
        assertEquals(Verdict.HOLDS, explore(six + counts).verdict());
        JpfExploration wrong = explore(six + "never free DMA > free DMA without percpu\n");
        assertEquals(Verdict.UNEXPECTED, wrong.verdict());
        assertTrue(wrong.reason().contains("free DMA > free DMA without percpu"), wrong.reason());
    }

    @Test
    void shouldShowThePathToAViolation() throws IOException {
        answerWithADeadlock();

        JpfExploration exploration = explore(RACE);

        assertEquals(Verdict.VIOLATED, exploration.verdict());
        assertEquals("deadlock: CPU 0 waits for lock B, which CPU 1 holds", exploration.reason());
        assertEquals(
                "acquire zone DMA",
                exploration.counterexample().orElseThrow().rows().get(0).action());
        assertEquals(
                "The built-in explorer does not see this: replaying the schedule goes well there.",
                exploration.finding());
    }

    @Test
    void shouldHoldWhereTheViolationIsTheKnownOne() throws IOException {
        answerWithADeadlock();

        assertEquals(Verdict.HOLDS, explore(RACE + "known-bad deadlock\n").verdict());
        assertEquals(
                Verdict.VIOLATED, explore(RACE + "known-bad self-deadlock\n").verdict());
    }

    private void answerWithADeadlock() throws IOException {
        jpf.answering("search", Console.deadlock())
                .answering("narrated", Console.deadlock())
                .doing("narrated", "cat narrated.txt", "cp report.xml \"$1\"");
        Files.writeString(
                folder.resolve("report.xml"),
                """
                    <transition id="0" thread="0">
                      <insn src="dev/gaugeblock/X.java:1">invokevirtual a.PathfinderScheduler.stepOwned(L;)V</insn>
                    </transition>
                  <output>
                @begins 0 p = alloc ATOMIC 0
                @memory DMA free 1
                @step 0 acquire zone DMA
                  </output>
                """);
    }

    @Test
    void shouldBeBrokenWhereTheViolationDoesNotHappenAgain() throws IOException {
        jpf.answering("search", Console.deadlock()).answering("narrated", both());
        assertBroken("the violation does not happen again: CPU 0 waits for lock B, which CPU 1 holds");

        jpf.answering("narrated", Console.unguarded());
        assertBroken("the violation does not happen again: CPU 0 waits for lock B, which CPU 1 holds");

        jpf.doing("narrated", "exit 1");
        assertBroken("the violation does not happen again: CPU 0 waits for lock B, which CPU 1 holds");
    }

    @Test
    void shouldBeBrokenWhereThePathCannotBeTold() throws IOException {
        jpf.answering("search", Console.deadlock()).answering("narrated", Console.deadlock());
        assertBroken("the path to the violation cannot be told: CPU 0 waits for lock B, which CPU 1 holds: ");

        for (String line :
                new String[] {"@step 0", "@step x go", "@step 2 go", "@step -1 go", "@ended 0", "@begins 1"}) {
            jpf.doing("narrated", "cat narrated.txt", "printf '<output>\\n" + line + "\\n</output>\\n' > \"$1\"");
            assertBroken("the path to the violation cannot be told: CPU 0 waits for lock B, which CPU 1 holds: "
                    + "its output has a line that cannot be read: " + line);
        }
    }

    @Test
    void shouldFindTheCanaries() throws IOException {
        assertEquals("", jpf.findingCanaries().engine().canary());
    }

    @Test
    void shouldMissACanaryThatJpfCallsClean() throws IOException {
        jpf.findingCanaries().answering("deadlock", Console.saying("@outcome 00 | DMA free 0"));
        assertEquals(
                "Java PathFinder did not find the canary: two locks taken in two orders, and no deadlock was seen (clean)",
                jpf.engine().canary());

        jpf.findingCanaries().answering("unguarded", Console.saying("@outcome 00 | DMA free 0"));
        assertEquals(
                "Java PathFinder did not find the canary: two programs in a section that nothing guards, and nobody saw them"
                        + " (clean)",
                jpf.engine().canary());
    }

    @Test
    void shouldMissACanaryThatShowsAsSomethingElse() throws IOException {
        jpf.findingCanaries().answering("deadlock", Console.unguarded());
        assertTrue(jpf.engine().canary().endsWith("no deadlock was seen (violated)"));

        jpf.findingCanaries().answering("unguarded", Console.deadlock());
        assertTrue(jpf.engine().canary().endsWith("nobody saw them (violated)"));

        jpf.findingCanaries().doing("unguarded", "exit 3");
        assertTrue(jpf.engine().canary().endsWith("nobody saw them (it ended with exit code 3; it said nothing)"));
    }

    @Test
    void shouldSayThatJavaCannotBeStarted() throws IOException {
        Files.delete(folder.resolve("jdk/bin/java"));

        JpfEngine engine = jpf.engine();

        assertTrue(assertThrows(IOException.class, engine::canary).getMessage().contains("jdk/bin/java"));
    }

    private static Console both() {
        return Console.saying("@outcome 00 " + P_FIRST, "@outcome 00 " + Q_FIRST, "@outcome 00 " + P_FIRST);
    }

    private void assertBroken(String reason) throws IOException {
        JpfExploration exploration = explore(RACE);
        assertEquals(Verdict.BROKEN, exploration.verdict());
        assertTrue(exploration.reason().startsWith(reason), exploration.reason());
        assertFalse(exploration.counterexample().isPresent());
    }

    private JpfExploration explore(String text) throws IOException {
        return jpf.engine().explore(test(text));
    }

    private static LitmusTest test(String text) {
        return LitmusParser.parse("race.litmus", text);
    }
}
