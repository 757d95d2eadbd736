package dev.gaugeblock.explore.litmus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads text files, and says where one is not UTF-8. */
final class Utf8 {
    private Utf8() {}

    /** The whole content. */
    static String read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        CharBuffer chars = CharBuffer.allocate(bytes.remaining());
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, chars, true);
        String text = chars.flip().toString();
        if (!result.isError()) {
            return text;
        }
        // Both buffers stop before the first byte that is wrong.
        String[] lines = text.split("\r\n?|\n", -1);
        throw new LitmusSyntaxException(
                file.toString(),
                lines.length,
                lines[lines.length - 1].length() + 1,
                String.format("expected UTF-8, found the byte 0x%02x", bytes.get(bytes.position()) & 0xff));
    }
}
