package dev.gaugeblock.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** One page of a browser over its debugging protocol: commands with their answers, and the events that it tells. */
final class DevTools implements WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECONDS = 20;

    private final Map<Integer, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new ArrayList<>();
    private final Map<String, CompletableFuture<Void>> announced = new ConcurrentHashMap<>();
    private final StringBuilder message = new StringBuilder();
    private WebSocket socket;
    private String session = "";
    private int commands;

    private DevTools() {}

    /** Something to be done. */
    interface Action {
        void run() throws IOException, InterruptedException;
    }

    /** Connects to a browser, and opens a page in it. */
    static DevTools connect(String address) throws IOException, InterruptedException {
        DevTools tools = new DevTools();
        tools.socket = result(HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(URI.create(address), tools));
        String target = tools.call("Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .asString();
        tools.session = tools.call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asString();
        for (String part : List.of("Page", "Runtime", "Network", "Log", "Performance")) {
            tools.call(part + ".enable", Map.of());
        }
        return tools;
    }

    /** Sends a command and waits for its answer. */
    JsonNode call(String method, Map<String, ?> parameters) throws IOException, InterruptedException {
        int id = ++commands;
        Map<String, Object> command = new HashMap<>(Map.of("id", id, "method", method, "params", parameters));
        if (!session.isEmpty()) {
            command.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        awaited.put(id, answer);
        result(socket.sendText(JSON.writeValueAsString(command), true));
        JsonNode answered = result(answer);
        if (answered.has("error")) {
            throw new IOException(method + " " + parameters + ": " + answered.get("error"));
        }
        return answered.get("result");
    }

    /** Does something, and waits for the event that it brings about. */
    void await(String event, Action action) throws IOException, InterruptedException {
        CompletableFuture<Void> happened = new CompletableFuture<>();
        announced.put(event, happened);
        action.run();
        result(happened);
    }

    /** The events of a name until now, with what they tell. */
    List<JsonNode> events(String name) {
        synchronized (events) {
            return events.stream()
                    .filter(event -> event.get("method").asString().equals(name))
                    .map(event -> event.get("params"))
                    .toList();
        }
    }

    private static <T> T result(CompletableFuture<T> future) throws IOException, InterruptedException {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the browser does not answer", e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
        message.append(part);
        if (isLast) {
            take(JSON.readTree(message.toString()));
            message.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void take(JsonNode told) {
        if (told.has("id")) {
            awaited.remove(told.get("id").asInt()).complete(told);
            return;
        }
        synchronized (events) {
            events.add(told);
        }
        CompletableFuture<Void> happened = announced.remove(told.get("method").asString());
        if (happened != null) {
            happened.complete(null);
        }
    }

    void close() {
        socket.abort();
    }
}
