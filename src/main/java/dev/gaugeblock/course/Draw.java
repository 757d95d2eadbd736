package dev.gaugeblock.course;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a seed chooses. The same seed and key always choose the same; who lacks the key cannot say what they choose, as
 * the choice is made by an HMAC under it. Without a key the choice is open to everybody: it is practice.
 */
public final class Draw {
    private static final String ALGORITHM = "HmacSHA256";
    /** In place of a key where there is none. */
    private static final byte[] PRACTICE = "practice".getBytes(StandardCharsets.UTF_8);
    /** A shorter key could be guessed. */
    private static final int MIN_KEY = 16;

    private final String seed;
    private final byte[] key;

    private Draw(String seed, byte[] key) {
        this.seed = seed;
        this.key = key;
    }

    /**
     * A draw.
     *
     * @param seed whose it is, such as a student's name
     * @param keyFile the teacher's key, any 16 bytes or more; {@code null} for practice
     * @throws IOException if the key cannot be read, or is too short; the message says what and why
     */
    public static Draw of(String seed, @Nullable Path keyFile) throws IOException {
        if (keyFile == null) {
            return new Draw(seed, PRACTICE);
        }
        byte[] key;
        try {
            key = Files.readAllBytes(keyFile);
        } catch (IOException e) {
            throw new IOException("cannot read the key " + keyFile + ": " + e.getMessage(), e);
        }
        if (key.length < MIN_KEY) {
            throw new IOException("the key " + keyFile + " has " + key.length + " bytes, and needs at least " + MIN_KEY
                    + ": head -c 32 /dev/urandom > " + keyFile);
        }
        return new Draw(seed, key);
    }

    /** Whether there is no key, so that everybody can make the same draw. */
    public boolean isPractice() {
        return Arrays.equals(key, PRACTICE);
    }

    /**
     * Chooses some, in the order of the draw.
     *
     * @param purpose what for: for another purpose the same seed chooses others
     * @param name by which one is known, all different
     * @param count how many, at most all
     * @throws IllegalArgumentException if there are not so many
     */
    public <T extends Object> List<T> choose(String purpose, List<T> from, Function<T, String> name, int count) {
        if (count < 1 || count > from.size()) {
            throw new IllegalArgumentException("count " + count + ": there are 1.." + from.size() + " to choose from");
        }
        List<T> drawn = new ArrayList<>(from);
        drawn.sort(Comparator.comparing(each -> lot(purpose, name.apply(each))));
        return List.copyOf(drawn.subList(0, count));
    }

    private String lot(String purpose, String name) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            // Each part with its length, so that no two draws run into each other.
            for (String part : List.of(purpose, seed, name)) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                mac.update(bytes);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
