package dev.gaugeblock.kernel.explain;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a log has lost, nothing is thrown, and no kernel is said to have had to refuse for want of numbers. */
class MutatedLogsTest {
    private static final int LOGS = 1000;

    @TempDir
    Path folder = Path.of("");

    @Test
    void shouldReadAnything() throws IOException, TextFormatException {
        Random random = new Random(28);
        List<String> texts = new ArrayList<>();
        List<List<String>> gists = new ArrayList<>();
        for (Path file : Logs.all()) {
            texts.add(Logs.text(String.valueOf(file.getFileName())));
            gists.add(gists(texts.get(texts.size() - 1)));
        }
        int different = 0;
        for (int i = 0; i < LOGS; i++) {
            int log = random.nextInt(texts.size());
            List<String> before = gists.get(log);
            List<String> after = gists(mutated(texts.get(log), random));
            different += before.equals(after) ? 0 : 1;
        }
        assertTrue(different > LOGS / 10, different + " give another answer");
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
