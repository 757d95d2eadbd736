package dev.gaugeblock.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gaugeblock.explore.subject.SourceCompiler;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example of {@code docs/api.md} compiles, and prints what the page says. */
class ApiPageTest {
    private static final Path PAGE = Path.of("docs", "api.md");

    /** The class of the example, in a loader of its own. */
    private static final class Example extends ClassLoader {
        private final Map<String, byte[]> classes;

        Example(Map<String, byte[]> classes) {
            super(ApiPageTest.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    @Test
    void shouldDoWhatThePageSays() throws Exception {
        String page = Files.readString(PAGE);
        Map<String, byte[]> classes = SourceCompiler.compile(Map.of("Tour.java", block(page, "java")), List.of());
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            new Example(classes)
                    .loadClass("Tour")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        assertEquals(block(page, "text"), printed.toString(StandardCharsets.UTF_8));
    }

    private static String block(String page, String language) {
        String fence = "```" + language + "\n";
        int start = page.indexOf(fence) + fence.length();
        return page.substring(start, page.indexOf("```", start));
    }
}
