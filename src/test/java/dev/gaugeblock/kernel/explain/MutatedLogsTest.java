package dev.gaugeblock.kernel.explain;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a log has lost, nothing is thrown, and no kernel is said to have had to refuse for want of numbers. */
class MutatedLogsTest {
    private static final int LOGS = 1000;

    private static final Set<ZoneAnswer.State> PERMITTED =
            EnumSet.of(ZoneAnswer.State.REFUSED, ZoneAnswer.State.UNKNOWN, ZoneAnswer.State.PASSES);

    @TempDir
    Path folder = Path.of("");

    @Test
    void shouldReadAnything() throws IOException, TextFormatException {
        Random random = new Random(28);
        List<String> texts = new ArrayList<>();
        List<List<String>> gists = new ArrayList<>();
        List<Explanation> originals = new ArrayList<>();
        for (Path file : Logs.all()) {
            texts.add(Logs.text(String.valueOf(file.getFileName())));
            gists.add(gists(texts.get(texts.size() - 1)));
            originals.add(Logs.explain(folder, texts.get(texts.size() - 1)).get(0));
        }
        int different = 0;
        int concluded = 0;
        for (int i = 0; i < LOGS; i++) {
            int log = random.nextInt(texts.size());
            List<String> before = gists.get(log);
            String mutated = mutated(texts.get(log), random);
            List<Explanation> explained = Logs.explain(folder, mutated);
            List<String> after = explained.stream().map(Logs::gist).toList();
            different += before.equals(after) ? 0 : 1;
            for (Explanation each : explained) {
                boolean hadTo = each.necessity() == Necessity.HAD_TO;
                concluded += hadTo ? 1 : 0;
                if (hadTo && !labels(each, PERMITTED).containsAll(labels(originals.get(log), PERMITTED))) {
                    fail("had to, without a zone:\n" + mutated);
                }
                if (hadTo && !labels(each, EnumSet.of(ZoneAnswer.State.UNKNOWN)).isEmpty()) {
                    fail("had to, with a zone that is not known:\n" + mutated);
                }
            }
        }
        assertTrue(concluded > LOGS / 4, concluded + " had to");
        assertTrue(different > LOGS / 10, different + " give another answer");
    }

    private static Set<String> labels(Explanation explanation, Set<ZoneAnswer.State> states) {
        return explanation.zones().stream()
                .filter(zone -> states.contains(zone.state()))
                .map(zone -> zone.dump().label())
                .collect(Collectors.toSet());
    }

    private List<String> gists(String text) throws IOException, TextFormatException {
        return Logs.explain(folder, text).stream().map(Logs::gist).toList();
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int changes = 1 + random.nextInt(4); changes > 0 && mutated.length() > 1; changes--) {
            int at = random.nextInt(mutated.length());
            switch (random.nextInt(6)) {
                case 0 -> mutated.deleteCharAt(at);
                case 1 -> mutated.setCharAt(at, (char) random.nextInt(256));
                case 2 -> mutated.insert(at, "99999999999999999999");
                case 3 -> mutated.setLength(at);
                case 4 -> mutated.delete(at, Math.min(mutated.length(), at + random.nextInt(200)));
                default -> mutated.insert(at, mutated.substring(at, Math.min(mutated.length(), at + 80)));
            }
        }
        return mutated.toString();
    }

    /** Where a zone passes, the answer does not turn into "had to" by leaving out one number, word or line of it. */
    @Test
    void shouldNotConcludeFromWhatIsMissing() throws IOException, TextFormatException {
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (Path file : Logs.all()) {
            String text = Logs.text(String.valueOf(file.getFileName()));
            if (Logs.explain(folder, text).get(0).necessity() != Necessity.DID_NOT_HAVE_TO) {
                continue;
            }
            for (String without : withoutOne(text)) {
                tried++;
                for (Explanation each : Logs.explain(folder, without)) {
                    if (each.necessity() == Necessity.HAD_TO) {
                        wrong.add(file + ":\n" + without);
                    }
                }
            }
        }
        assertTrue(tried > 200, tried + " tried");
        if (!wrong.isEmpty()) {
            fail(wrong.size() + " of " + tried + ", such as " + wrong.get(0));
        }
    }

    private static List<String> withoutOne(String text) {
        List<String> left = new ArrayList<>();
        for (String unit : List.of("\\d+", "\\S+", "(?m)^.*\n")) {
            Matcher matcher = Pattern.compile(unit).matcher(text);
            while (matcher.find()) {
                left.add(text.substring(0, matcher.start()) + text.substring(matcher.end()));
            }
        }
        return left;
    }
}
