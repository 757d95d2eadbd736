package dev.gaugeblock.oracle.trace;

import dev.gaugeblock.text.TextFormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Holds the {@code config} of a header against the machines that the events set up: it must describe one of them, and
 * count the others. An empty config claims nothing.
 */
public final class HeaderCheck {
    private final Header header;
    private long machines;
    private boolean described;

    /** The first field of the config that the file's first machine differs in, and what that machine has. */
    private @Nullable String mismatch;

    /** The machine being set up, in the form of a config; {@code null} before its zones are known. */
    private @Nullable Map<String, @Nullable Object> machine;

    public HeaderCheck(Header header) {
        this.header = header;
    }

    /** Notes an event that was replayed or judged. Nothing is known of a machine whose zones the file does not name. */
    public void observe(Operation operation, Event event) {
        if (machine == null && operation != Operation.ZONES) {
            return;
        }
        switch (operation) {
            case RESET -> endMachine();
            case ZONES -> beginMachine(event);
            case NCPU -> machine().put("ncpu", event.get("n"));
            case HOLES -> machine().put("holes", event.get("holes"));
            case RESERVE -> addRow("reserve", event.get("pfn"), event.get("count"));
            case BOOT, BOOTQ -> machine().put("boot", event.get("mode"));
            case SETUP -> machine().put("setup", true);
            case WM -> addRow("wm", event.get("zone"), event.get("v"));
            case LMR -> addRow("lmr", event.get("zone"), event.get("v"));
            case PCP -> addRow("pcp", event.get("zone"), event.get("temp"), event.get("v"));
            default -> {
                // Every other operation leaves the set-up as it is.
            }
        }
    }

    /** Called after the last event. */
    public void end() throws TextFormatException {
        endMachine();
        Map<String, @Nullable Object> config = header.config();
        if (config.isEmpty()) {
            return;
        }
        Object further = config.getOrDefault("resets", 0L);
        if (!Objects.equals(further, Math.max(0, machines - 1))) {
            throw header.position()
                    .error("header: config.resets says that " + JsonText.of(further)
                            + " machines follow the first, but the file has " + machines + " machines");
        }
        if (machines > 0 && !described) {
            throw header.position().error("header: config describes no machine of the file: " + mismatch);
        }
    }

    private void beginMachine(Event event) {
        Map<String, @Nullable Object> begun = new LinkedHashMap<>();
        begun.put("sizes", event.get("sizes"));
        begun.put("node_start", event.get("node_start"));
        begun.put("ncpu", 1L);
        begun.put("holes", List.of(0L, 0L, 0L));
        begun.put("reserve", new ArrayList<>());
        begun.put("setup", false);
        machine = begun;
    }

    private Map<String, @Nullable Object> machine() {
        return Objects.requireNonNull(machine, "an event that was replayed has a machine");
    }

    /** Adds a row to a list, unless the header does not have as many: the list would grow with the file. */
    private void addRow(String name, @Nullable Object... values) {
        List<@Nullable Object> row = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof List<?> several) {
                row.addAll(several);
            } else {
                row.add(value);
            }
        }
        @SuppressWarnings("unchecked")
        List<Object> rows = (List<Object>) machine().computeIfAbsent(name, absent -> new ArrayList<>());
        Object claimed = header.config().get(name);
        if (name.equals("reserve") || claimed instanceof List<?> list && rows.size() < list.size()) {
            rows.add(row);
        }
    }

    private void endMachine() {
        if (machine == null) {
            return;
        }
        machines++;
        String difference = difference();
        described |= difference == null;
        if (machines == 1) {
            mismatch = difference;
        }
        machine = null;
    }

    private @Nullable String difference() {
        for (Map.Entry<String, @Nullable Object> claim : header.config().entrySet()) {
            Object actual = machine().get(claim.getKey());
            if (!claim.getKey().equals("resets") && !Objects.equals(claim.getValue(), actual)) {
                return claim.getKey() + " is " + JsonText.of(claim.getValue()) + ", but the first machine has "
                        + JsonText.of(actual);
            }
        }
        return null;
    }
}
