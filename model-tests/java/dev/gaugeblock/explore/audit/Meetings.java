package dev.gaugeblock.explore.audit;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.machine.AtomicWord;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.PerCpuPages;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Which operations of a test meet on one object. Two calls meet if each began before the other returned, and both
 * touched the object: their code accessed its data, as the audit sees it, or they were given it and took a step. The
 * one that touched it first comes first. {@code docs/pairs.md} has what comes of that.
 */
final class Meetings implements Audit.Listener {
    /** What stands for whatever a handler does. */
    static final String HANDLER = "handler";

    /** Words by the object that they are of: "hold of buffer 8+8", "DMA.nr_free[1]". */
    private static final List<Map.Entry<Pattern, String>> NAMES = List.of(
            Map.entry(Pattern.compile(".* of (page \\d+)"), ""),
            Map.entry(Pattern.compile(".*\\b(buffer \\d+)\\+\\d+"), ""),
            Map.entry(Pattern.compile("(.*)\\.(free_pages|nr_free.*)"), "zone "),
            Map.entry(Pattern.compile("(.*)\\.nr_(active|inactive|scan_active|scan_inactive)"), "lru "),
            Map.entry(Pattern.compile("(.*\\.wait_table.*)"), "queue "));

    /** One call of an operation. */
    private static final class Call {
        final int program;
        final String operation;
        /** What it was given. */
        final @Nullable String given;

        final int called;
        int returned = Integer.MAX_VALUE;
        boolean hasStepped;
        boolean reclaims;
        /** By operation, that is its own name or what a part of it does, and object: when it was touched first. */
        final Map<String, Map<String, Integer>> touched = new LinkedHashMap<>();

        Call(int program, String operation, @Nullable String given, int called) {
            this.program = program;
            this.operation = operation;
            this.given = given;
            this.called = called;
        }

        void touches(String as, String object, int now) {
            touched.computeIfAbsent(as, none -> new HashMap<>()).putIfAbsent(object, now);
        }
    }

    private final Set<String> met = new TreeSet<>();
    private final Map<Object, String> names = new IdentityHashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private List<Deque<Call>> underWay = List.of();
    private boolean[] handles = new boolean[0];
    private int[] cpus = new int[0];
    private @Nullable Simulation simulation;
    private String released = "";
    private int now;

    @Override
    public void begins(Simulation booted) {
        ended();
        simulation = booted;
        handles = new boolean[booted.programs()];
        cpus = new int[handles.length];
        underWay = new ArrayList<>();
        for (int i = 0; i < handles.length; i++) {
            handles[i] = booted.program(i).interrupt;
            cpus[i] = booted.program(i).cpu;
            underWay.add(new ArrayDeque<>());
        }
    }

    @Override
    public void calls(int program, LitmusOperation operation) {
        Call call = new Call(program, word(operation.text), given(operation), ++now);
        call.hasStepped = handles[program]; // That it strikes is a choice.
        calls.add(call);
        underWay.get(program).push(call);
    }

    /** "p = alloc ATOMIC 0" is an alloc. */
    private static String word(String text) {
        String behind = text.substring(text.indexOf('=') + 1).strip();
        return behind.split("[ ']", 2)[0];
    }

    private @Nullable String given(LitmusOperation operation) {
        Simulation booted = simulation;
        boolean names = booted != null && operation.target >= 0 && operation.kind != LitmusOperation.ALLOC;
        if (!names || operation.kind == LitmusOperation.LOCK || operation.kind == LitmusOperation.UNLOCK) {
            return null;
        }
        if (operation.buffer != null) {
            return operation.buffer.obtains() ? null : "buffer " + booted.number(operation.target);
        }
        PageFrame frame = booted.value(operation.target);
        return frame == null ? null : frame.toString();
    }

    @Override
    public void steps(int program) {
        now++;
        Call call = underWay.get(program).peek();
        if (call != null) {
            call.hasStepped = true;
            if (call.given != null) {
                call.touches(call.operation, call.given, now);
            }
        }
    }

    @Override
    public void touches(int program, Object object, Site site) {
        Call call = underWay.get(program).peek();
        if (call == null || !call.hasStepped) {
            return; // What comes before its first step comes with the step before, whose order is no choice here.
        }
        String name = names.get(object);
        if (name == null) {
            name = name(object);
            names.put(object, name);
        }
        pageCache(call, object, site);
        if (!name.isEmpty()) {
            call.touches(call.operation, name, now);
            if (call.reclaims || name.startsWith("lru ")) {
                call.reclaims = true;
                call.touches(call.operation.equals("kswapd") ? "kswapd" : "direct-reclaim", name, now);
            }
        }
    }

    /** The page cache is one list; what is done to which page of it shows in the page's users. */
    private void pageCache(Call call, Object object, Site site) {
        if (!site.type().equals("dev.gaugeblock.pagebuf.PageCache") || !site.writes()) {
            return;
        }
        boolean ofPage = site.target().equals("CachedPage.uses");
        switch (site.method()) {
            case "addLocked" -> {
                if (ofPage) {
                    call.touches("page-insert", object.toString(), now);
                }
            }
            case "useLocked" -> {
                if (ofPage) {
                    call.touches("page-find", object.toString(), now);
                }
            }
            case "dropUseLocked" -> {
                if (ofPage) {
                    released = object.toString();
                    call.touches("page-release", released, now);
                } else {
                    call.touches("page-remove", released, now);
                }
            }
            default -> throw new IllegalStateException("nobody says what " + site.place() + " does to a page");
        }
    }

    /** The object that a part of the machine belongs to; empty for one that nobody asks for. */
    private static String name(Object object) {
        Object whole = object instanceof AtomicWord word && word.owner() != null ? word.owner() : object;
        if (whole instanceof PageFrame frame) {
            return frame.toString();
        }
        if (whole instanceof PerCpuPages) {
            return "list " + whole;
        }
        if (!Instrumenter.isWord(whole) && !whole.getClass().getName().startsWith("dev.gaugeblock.pagebuf.PageBuf")) {
            return "";
        }
        for (Map.Entry<Pattern, String> known : NAMES) {
            Matcher matcher = known.getKey().matcher(whole.toString());
            if (matcher.matches()) {
                return known.getValue() + matcher.group(1);
            }
        }
        return "";
    }

    @Override
    public void returns(int program) {
        underWay.get(program).pop().returned = ++now;
    }

    /** "alloc free zone inside" for each two operations of which the first touched a zone before the second. */
    Set<String> met() {
        ended();
        return met;
    }

    private void ended() {
        for (Call one : calls) {
            for (Call other : calls) {
                if (one.program != other.program && one.called < other.returned && other.called < one.returned) {
                    meet(one, other);
                }
            }
        }
        calls.clear();
        names.clear();
        now = 0;
    }

    private void meet(Call one, Call other) {
        boolean struck = cpus[one.program] == cpus[other.program];
        one.touched.forEach(
                (first, objects) -> other.touched.forEach((second, others) -> objects.forEach((object, at) -> {
                    Integer then = others.get(object);
                    if (then != null && at < then) {
                        String kind = object.substring(0, object.indexOf(' '));
                        String how = then < one.returned ? " inside" : " beside";
                        met.add((struck && handles[one.program] ? HANDLER : first) + " "
                                + (struck && handles[other.program] ? HANDLER : second) + " " + kind + how);
                    }
                })));
    }
}
