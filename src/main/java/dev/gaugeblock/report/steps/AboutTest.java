package dev.gaugeblock.report.steps;

import dev.gaugeblock.explore.litmus.LitmusTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What the data of a litmus test begins with, whatever the engine: how it reads. */
public final class AboutTest {
    private AboutTest() {}

    /** Its story and its lines; the caller adds what came of it. */
    public static Map<String, @Nullable Object> of(LitmusTest test) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("story", test.story());
        data.put("litmus", new ArrayList<>(test.source()));
        return data;
    }
}
