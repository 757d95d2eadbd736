package dev.gaugeblock.explore.harness.pathfinder;

import dev.gaugeblock.explore.harness.condition.Always;
import dev.gaugeblock.explore.harness.program.AllocatorMaker;
import dev.gaugeblock.explore.harness.program.BufferCall;
import dev.gaugeblock.explore.harness.program.DeviceSpec;
import dev.gaugeblock.explore.harness.program.Handling;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.program.ProcessSpec;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.harness.program.Reaction;
import dev.gaugeblock.explore.harness.program.SysctlWrite;
import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.mm.MachineLayout;
import dev.gaugeblock.mm.MemoryLayout;
import dev.gaugeblock.mm.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A litmus test in the plain form that reaches Java PathFinder, which cannot run the parser: lines of a keyword and
 * numbers.
 *
 * <pre>
 *   machine CPUS FIRST-FRAME DMA NORMAL HIGHMEM BOOT-MODE SET-UP PKMAP PAE DEBUG
 *   node FIRST-FRAME DMA NORMAL HIGHMEM     home CPU NODE
 *   distance NODE NODE N
 *   holes ZONE FRAMES                       reserve FRAME COUNT
 *   set KIND ZONE A B C                     spinlock NAME                           despite INVARIANT
 *   device DEFERRED FAILING BLOCK-SIZE RANGES
 *   variable NAME                           always LINE LENGTH FORMULA TEXT
 *   before                                  operations of the booting CPU follow
 *   after                                   what it does when all programs rest
 *   program CPU INTERRUPT REALTIME MEMALLOC MEMDIE  |  kswapd CPU
 *   task NAME                               the program is of this task or handler, one of several of its CPU
 *   strikes LEAST MOST INTERRUPTIBLE        the program is a handler that strikes so often
 *   process PID PAGES EXITS                 the program is of this process; before the programs, one that only sleeps
 *   reclaim PROGRESS  |  kill  |  exit      what the program's next reclaim, OOM kill, or its exit, does follows
 *   do KIND TARGET GFP ORDER DETAIL TEXT
 *   buffer KIND TARGET BLOCK LENGTH FLAGS TEXT
 *   sysctl KIND FIRST SECOND TEXT
 * </pre>
 *
 * <p>The line {@code machine} has the first node, and every CPU belongs to that unless a line {@code home} says other;
 * zones are numbered through all nodes. Numbers of kinds are the constants of {@link LitmusOperation},
 * {@link BufferCall}, {@link SysctlWrite} and {@link MachineSpec.ZoneSetting}; yes and no are 1 and 0.
 */
public final class LitmusDecoder {
    private final List<MachineSpec.ZoneSetting> settings = new ArrayList<>();
    private final List<String> locks = new ArrayList<>();
    private final List<String> despite = new ArrayList<>();
    private final List<String> variables = new ArrayList<>();
    private final List<Always> always = new ArrayList<>();
    private final List<ProcessSpec> sleepers = new ArrayList<>();
    private final List<LitmusOperation> before = new ArrayList<>();
    private final List<LitmusOperation> after = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();
    private final List<LitmusOperation> operations = new ArrayList<>();
    private final List<Reaction> reclaims = new ArrayList<>();
    private final List<Reaction> kills = new ArrayList<>();
    private final boolean texts;
    private List<LitmusOperation> current = before;
    /** Of the program and the reaction that are being read; {@code null} for none. */
    private int @Nullable [] head;

    /** Of the process that the program is of; {@code null} for none. */
    private int @Nullable [] process;

    /** What the file calls the program's task; empty for the program of a CPU. */
    private String name = "";

    /** How the program is handled, if it is that of an interrupt. */
    private Handling handling = Handling.ONCE;

    private LitmusOperation[] exit = {};
    private @Nullable String reaction;
    private boolean progress;
    private final List<MemoryLayout> nodes = new ArrayList<>();
    private int[] nodeOfCpu = new int[0];
    /** From each node to each; {@code null} as long as no line speaks of any. */
    private int @Nullable [][] distances;

    private @Nullable HighmemLayout highmem;
    /** {@code null} for none. */
    private @Nullable DeviceSpec device;

    /** {@code null} for the reference. */
    private @Nullable AllocatorMaker allocator;

    private String bootMode = "";
    private boolean setUp;
    private boolean hugetlb;

    /**
     * Reads the lines.
     *
     * @param texts whether to keep the texts of operations, which only a reader of the path wants
     * @throws IllegalArgumentException for a line that is none of the above, or is out of place
     */
    public LitmusDecoder(String[] lines, boolean texts) {
        this.texts = texts;
        for (int i = 0; i < lines.length; i++) {
            try {
                read(lines[i].split(" "), lines[i]);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("line \"" + lines[i] + "\" has a word that is no number", e);
            }
        }
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("there is no line that begins with \"machine\"");
        }
        endProgram();
    }

    private void read(String[] words, String line) {
        requirePlace(words[0], line);
        requireLength(words, line);
        switch (words[0]) {
            case "machine" -> {
                nodeOfCpu = new int[number(words[1])];
                nodes.add(new MemoryLayout(number(words[2]), number(words[3]), number(words[4]), number(words[5])));
                bootMode = words[6];
                setUp = flag(words[7]);
                highmem = new HighmemLayout(number(words[8]), flag(words[9]), flag(words[10]));
            }
            case "node" ->
                nodes.add(new MemoryLayout(number(words[1]), number(words[2]), number(words[3]), number(words[4])));
            case "home" -> nodeOfCpu[number(words[1])] = number(words[2]);
            case "distance" -> setDistance(number(words[1]), number(words[2]), number(words[3]));
            case "holes" -> {
                int zone = number(words[1]);
                nodes.get(zone / Zone.COUNT).holes(zone % Zone.COUNT, number(words[2]));
            }
            case "reserve" -> nodeAt(number(words[1])).reserve(number(words[1]), number(words[2]));
            case "set" ->
                settings.add(new MachineSpec.ZoneSetting(
                        number(words[1]), number(words[2]), number(words[3]), number(words[4]), number(words[5])));
            case "spinlock" -> locks.add(words[1]);
            case "despite" -> despite.add(words[1]);
            case "allocator" -> allocator = maker(words[1], words[2]);
            case "hugetlb" -> hugetlb = true;
            case "device" ->
                device = new DeviceSpec(flag(words[1]), flag(words[2]), number(words[3]), number(words[4]));
            case "variable" -> variables.add(words[1]);
            case "always" -> always.add(Always.read(words, 1));
            case "before" -> current = before;
            case "after" -> current = after;
            case "program" -> {
                endProgram();
                head = new int[] {
                    number(words[1]), number(words[2]), number(words[3]), number(words[4]), number(words[5])
                };
                current = operations;
            }
            case "kswapd" -> {
                endProgram();
                head = null;
                programs.add(Program.kswapd(number(words[1])));
            }
            case "task" -> name = words[1];
            case "strikes" -> handling = new Handling(number(words[1]), number(words[2]), flag(words[3]));
            case "process" -> readProcess(number(words[1]), number(words[2]), number(words[3]));
            case "reclaim", "kill", "exit" -> {
                endReaction();
                reaction = words[0];
                progress = words[0].equals("reclaim") && flag(words[1]);
                current = new ArrayList<>();
            }
            case "do" -> current.add(operation(words, line));
            case "buffer" -> current.add(onBuffers(words, line));
            case "sysctl" -> current.add(sysctl(words, line));
            default -> throw new IllegalArgumentException("line \"" + line + "\" begins with no keyword");
        }
    }

    private void setDistance(int from, int to, int distance) {
        if (distances == null) {
            distances = new int[nodes.size()][nodes.size()];
        }
        distances[from][to] = distance;
    }

    /** The last node that does not begin above a frame. */
    private MemoryLayout nodeAt(int pfn) {
        int node = nodes.size() - 1;
        while (node > 0 && nodes.get(node).startPfn() > pfn) {
            node--;
        }
        return nodes.get(node);
    }

    /** Of the program that is being read, or of the machine. */
    private void readProcess(int pid, int pages, int exits) {
        if (head == null) {
            sleepers.add(new ProcessSpec(pid, pages, exits != 0, new LitmusOperation[0]));
        } else {
            process = new int[] {pid, pages, exits};
        }
    }

    private void requirePlace(String keyword, String line) {
        if (keyword.equals("machine") != nodes.isEmpty()) {
            throw new IllegalArgumentException(
                    "line \"" + line + "\" is out of place: the first line, and no other, begins with \"machine\"");
        }
        boolean ofProgram = keyword.equals("task")
                || keyword.equals("strikes")
                || keyword.equals("reclaim")
                || keyword.equals("kill")
                || keyword.equals("exit");
        boolean begins = keyword.equals("program") || keyword.equals("kswapd");
        boolean ofMachine = !ofProgram && !begins && !isOperation(keyword) && !keyword.equals("process");
        boolean ofKswapd = head == null && !programs.isEmpty();
        if (ofProgram && head == null || ofMachine && head != null || ofKswapd && !begins) {
            throw new IllegalArgumentException("line \"" + line + "\" is out of place: it belongs "
                    + (ofMachine ? "before the programs" : "to a program"));
        }
    }

    private static void requireLength(String[] words, String line) {
        int length = length(words[0]);
        if (words.length < length || words.length > length && !hasText(words[0])) {
            throw new IllegalArgumentException(
                    "line \"" + line + "\" has " + words.length + " words, where there must be " + length);
        }
    }

    /** How many words a line has, the keyword included; without the text of an operation. */
    private static int length(String keyword) {
        return switch (keyword) {
            case "machine" -> 11;
            case "set", "program", "do", "buffer" -> 6;
            case "always" -> 7;
            case "node", "device" -> 5;
            case "distance", "process", "sysctl", "strikes" -> 4;
            case "holes", "reserve", "home", "allocator" -> 3;
            case "spinlock", "despite", "variable", "kswapd", "task", "reclaim" -> 2;
            default -> 1;
        };
    }

    /** Its text, which may be of several words, is not among those that are counted. */
    private static boolean isOperation(String keyword) {
        return keyword.equals("do") || keyword.equals("buffer") || keyword.equals("sysctl");
    }

    /** Likewise, of the condition that it ends with. */
    private static boolean hasText(String keyword) {
        return isOperation(keyword) || keyword.equals("always");
    }

    private LitmusOperation onBuffers(String[] words, String line) {
        BufferCall call = new BufferCall(number(words[1]), number(words[3]), number(words[4]), number(words[5]));
        return new LitmusOperation(call, number(words[2]), text(words, line));
    }

    private LitmusOperation sysctl(String[] words, String line) {
        SysctlWrite write = new SysctlWrite(number(words[1]), number(words[2]), number(words[3]));
        return new LitmusOperation(write, text(words, line));
    }

    /** What stands behind the words that every operation of its kind has. */
    private String text(String[] words, String line) {
        int text = 0;
        for (int word = 0; word < length(words[0]); word++) {
            text += words[word].length() + 1;
        }
        return texts ? line.substring(text) : "";
    }

    private LitmusOperation operation(String[] words, String line) {
        return new LitmusOperation(
                number(words[1]),
                number(words[2]),
                number(words[3]),
                number(words[4]),
                number(words[5]),
                text(words, line));
    }

    private void endReaction() {
        String ended = reaction;
        if (ended == null) {
            return;
        }
        LitmusOperation[] what = current.toArray(new LitmusOperation[0]);
        if (ended.equals("exit")) {
            exit = what;
        } else if (ended.equals("kill")) {
            kills.add(new Reaction(false, what));
        } else {
            reclaims.add(new Reaction(progress, what));
        }
        reaction = null;
    }

    private void endProgram() {
        endReaction();
        if (head == null) {
            return;
        }
        Program program = new Program(
                        head[0],
                        head[1] != 0,
                        head[2] != 0,
                        head[3] != 0,
                        head[4] != 0,
                        operations.toArray(new LitmusOperation[0]),
                        reclaims.toArray(new Reaction[0]),
                        kills.toArray(new Reaction[0]))
                .called(name)
                .handled(handling);
        name = "";
        handling = Handling.ONCE;
        programs.add(
                process == null ? program : program.of(new ProcessSpec(process[0], process[1], process[2] != 0, exit)));
        process = null;
        exit = new LitmusOperation[0];
        operations.clear();
        reclaims.clear();
        kills.clear();
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }

    private static boolean flag(String word) {
        return number(word) != 0;
    }

    /** The machine. */
    public MachineSpec machine() {
        MachineLayout layout = MachineLayout.of(nodes.toArray(new MemoryLayout[0]));
        if (distances != null) {
            layout = layout.withDistances(distances);
        }
        MachineSpec machine = new MachineSpec(
                        nodeOfCpu, layout, bootMode, setUp, settings, Objects.requireNonNull(highmem), locks)
                .withDevice(device)
                .withProcesses(sleepers)
                .withHugetlb(hugetlb)
                .without(despite);
        return allocator == null ? machine : machine.withAllocator(allocator);
    }

    /** A maker of allocators of a class: both are on the class path, and known by their names alone. */
    private static AllocatorMaker maker(String type, String className) {
        try {
            return (AllocatorMaker)
                    Class.forName(type).getConstructor(String.class).newInstance(className);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("class " + className + " cannot be explored: " + e, e);
        }
    }

    /** Names of the variables. */
    public String[] variables() {
        return variables.toArray(new String[0]);
    }

    /** What the test says is always so. */
    public Always[] always() {
        return always.toArray(new Always[0]);
    }

    /** What CPU 0 does before the programs start. */
    public LitmusOperation[] before() {
        return before.toArray(new LitmusOperation[0]);
    }

    /** What it does when all programs rest. */
    public LitmusOperation[] after() {
        return after.toArray(new LitmusOperation[0]);
    }

    /** The programs, in the order of the litmus file. */
    public Program[] programs() {
        return programs.toArray(new Program[0]);
    }
}
