package dev.gaugeblock.oracle;

import dev.gaugeblock.oracle.replay.Reference;
import dev.gaugeblock.oracle.trace.Answers;
import dev.gaugeblock.oracle.trace.Build;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.JsonReader;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.oracle.trace.Operation;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A program for {@code drive} that answers what the reference answers, all operations of the protocol included. */
public final class DrivenReference {
    private DrivenReference() {}

    /** With an argument, the window address that it answers to each kmap is off by a page. */
    public static void main(String[] args) throws IOException, TextFormatException {
        Reference reference = new Reference(new Build(false, 1024, false, false));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Position at = new Position("request", 1);
            Map<String, Object> request = JsonReader.read(line, at);
            Event event = new Event(at, (Long) request.get("i"), (String) request.get("op"), request);
            Answers answers = reference.apply(Operation.named(event.operation()), event);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("i", event.number());
            if (event.operation().equals("reset")) {
                answer.put("also", List.of("drain", "get", "kmap"));
            }
            answer.putAll(answers.values());
            if (args.length > 0 && event.operation().equals("kmap")) {
                answer.put("r", (Long) answer.get("r") + 4096);
            }
            System.out.println(JsonText.of(answer));
            System.out.flush();
        }
    }
}
