package dev.gaugeblock.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * A headless Chromium with one page, which it shows from the file system. A machine may lack it: then a test is skipped
 * and says so; but not in CI.
 */
public final class Browser {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    /**
     * What the browser keeps, of each process that tests; it goes on writing for a moment when its first process has
     * ended.
     */
    private static final Path PROFILE =
            Path.of("target/browser-profile-" + ProcessHandle.current().pid());

    private static final String PORT = "DevToolsActivePort";
    private static final long START_SECONDS = 30;
    /** Keys that are none of a letter, and their codes. */
    private static final Map<String, Integer> CODES = Map.of(
            "ArrowLeft",
            37,
            "ArrowUp",
            38,
            "ArrowRight",
            39,
            "ArrowDown",
            40,
            "Home",
            36,
            "End",
            35,
            "PageUp",
            33,
            "PageDown",
            34,
            "Tab",
            9,
            "Enter",
            13);

    private final Process process;
    private final DevTools tools;

    private Browser(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    /** Starts the browser of this machine, or skips the test where there is none. */
    public static Browser start() throws IOException, InterruptedException {
        String program = find();
        boolean isCi = System.getenv("CI") != null;
        String lacking = "NOT TESTED: there is no browser on this machine: " + NAMES;
        assertTrue(!program.isEmpty() || !isCi, lacking + ", and CI is set, where nothing may be left out");
        assumeTrue(!program.isEmpty(), lacking);
        Path profile = Files.createDirectories(PROFILE).toAbsolutePath();
        Files.deleteIfExists(profile.resolve(PORT));
        Process process = new ProcessBuilder(
                        program,
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Browser(process, DevTools.connect(address(profile, process)));
    }

    private static String find() {
        for (String name : NAMES) {
            for (String folder : System.getenv("PATH").split(":")) {
                if (Files.isExecutable(Path.of(folder, name))) {
                    return name;
                }
            }
        }
        return "";
    }

    /** Where it listens: it writes that down once it does. */
    private static String address(Path profile, Process process) throws IOException, InterruptedException {
        Path port = profile.resolve(PORT);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < end) {
            List<String> lines = Files.exists(port) ? Files.readAllLines(port) : List.of();
            if (lines.size() == 2) {
                return "ws://127.0.0.1:" + lines.get(0) + lines.get(1);
            }
            assertTrue(process.isAlive(), "the browser ended as it began");
            Thread.sleep(20);
        }
        throw new IOException("the browser does not listen after " + START_SECONDS + " s");
    }

    /** Opens a page, and waits until it is there whole. */
    public void open(Path page) throws IOException, InterruptedException {
        tools.await(
                "Page.loadEventFired",
                () -> tools.call("Page.navigate", Map.of("url", page.toUri().toString())));
    }

    /** What an expression of the page's language gives, as a text. */
    public String get(String expression) throws IOException, InterruptedException {
        JsonNode answer = tools.call(
                "Runtime.evaluate", Map.of("expression", "String(" + expression + ")", "returnByValue", true));
        assertTrue(answer.get("exceptionDetails") == null, () -> expression + ": " + answer);
        return answer.get("result").get("value").asString();
    }

    /** The text of the first element that a selector finds, as a reader sees it. */
    public String text(String selector) throws IOException, InterruptedException {
        return get("document.querySelector(" + quoted(selector) + ").innerText");
    }

    /** How many elements a selector finds. */
    public int count(String selector) throws IOException, InterruptedException {
        return Integer.parseInt(get("document.querySelectorAll(" + quoted(selector) + ").length"));
    }

    /** Presses and releases the pointer on the first element that a selector finds. */
    public void click(String selector) throws IOException, InterruptedException {
        String[] at = get("(e => { e.scrollIntoView({block: 'center'}); const b = e.getBoundingClientRect();"
                        + " return (b.x + b.width / 2) + ' ' + (b.y + Math.min(b.height / 2, 20)); })"
                        + "(document.querySelector(" + quoted(selector) + "))")
                .split(" ");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            tools.call(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            Double.parseDouble(at[0]),
                            "y",
                            Double.parseDouble(at[1]),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    /** Clicks a link, and waits until the page is there whole that it leads to. */
    public void follow(String selector) throws IOException, InterruptedException {
        tools.await("Page.loadEventFired", () -> click(selector));
    }

    /** Presses a key and releases it. */
    public void key(String key) throws IOException, InterruptedException {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            tools.call(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", CODES.getOrDefault(key, 0)));
        }
    }

    /** Types a text into what has the focus. */
    public void type(String text) throws IOException, InterruptedException {
        tools.call("Input.insertText", Map.of("text", text));
    }

    /** How large the page is shown, in pixels, and whether in dark colours. */
    public void look(int width, int height, boolean isDark) throws IOException, InterruptedException {
        tools.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        Map<String, Object> scheme = Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light");
        tools.call("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    }

    /** A picture of the page as it is shown. */
    public void picture(Path file) throws IOException, InterruptedException {
        JsonNode answer = tools.call("Page.captureScreenshot", Map.of("format", "png"));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(answer.get("data").asString()));
    }

    /** How long the thread that shows the page has worked, in seconds of a processor, however busy the machine is. */
    public double worked() throws IOException, InterruptedException {
        for (JsonNode metric : tools.call("Performance.getMetrics", Map.of()).get("metrics")) {
            if (metric.get("name").asString().equals("ThreadTime")) {
                return metric.get("value").asDouble();
            }
        }
        throw new IOException("the browser does not say how long its thread has worked");
    }

    /** What pages have asked the browser to fetch that is no page in the file system. */
    public List<String> requests() {
        List<String> others = new ArrayList<>();
        for (JsonNode event : tools.events("Network.requestWillBeSent")) {
            String url = event.get("request").get("url").asString();
            if (!url.startsWith("file:") || !url.endsWith(".html")) {
                others.add(url);
            }
        }
        return others;
    }

    /** What went wrong in pages: errors of the script, what the browser was told to refuse, and dialogs. */
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (String event : List.of("Runtime.exceptionThrown", "Log.entryAdded", "Page.javascriptDialogOpening")) {
            tools.events(event).forEach(each -> complaints.add(event + ": " + each));
        }
        return complaints;
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** Ends it. */
    public void end() throws InterruptedException {
        tools.close();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
