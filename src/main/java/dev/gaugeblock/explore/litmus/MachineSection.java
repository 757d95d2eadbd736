package dev.gaugeblock.explore.litmus;

import dev.gaugeblock.explore.harness.program.DeviceSpec;
import dev.gaugeblock.explore.harness.program.MachineSpec;
import dev.gaugeblock.explore.harness.program.MachineSpec.ZoneSetting;
import dev.gaugeblock.explore.harness.program.ProcessSpec;
import dev.gaugeblock.highmem.HighmemLayout;
import dev.gaugeblock.mm.MachineLayout;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.pagebuf.PageBuf;
import dev.gaugeblock.reclaim.NodeBalance;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The lines below {@code machine}, one setting each. */
final class MachineSection {
    /** More mappings than any litmus test makes. */
    private static final int MOST_RANGES = 1000;

    /** Likewise of pages that reclaim looks at. */
    private static final int MOST_PAGES = 1000;

    /** Few, so that programs of a few lines can use them all up; the original has 1024. */
    private static final int DEFAULT_PKMAP = 4;

    private static final String SETTINGS =
            "cpus, node, distances, start, zone, reserved, boot, setup, marks, reserve, percpu, lru, pkmap, highmem-debug, hugetlb, device, process or spinlock";

    private static final List<String> BOOT_MODES = List.of("none", "blocks", "blocksdesc", "pages", "kernel");

    private int cpus = 1;
    private final NodeSettings nodes = new NodeSettings();
    private String bootMode = "blocks";
    /** The line that says so, or {@code null}. */
    private @Nullable Line setUp;

    private int pkmapSlots = DEFAULT_PKMAP;
    private boolean highmemDebug;
    private boolean hugetlb;
    /** {@code null} for none. */
    private @Nullable DeviceSpec device;

    private final List<ZoneSetting> settings = new ArrayList<>();
    private final List<String> locks = new ArrayList<>();
    private final List<ProcessSpec> processes = new ArrayList<>();
    private final Once once = new Once();

    /** Reads one setting. */
    void read(Line line) {
        Token keyword = line.next();
        switch (keyword.text()) {
            case "cpus" -> {
                once.require(line, "cpus");
                cpus = line.number("a number of CPUs", 1, MachineSpec.MAX_CPUS);
            }
            case "node" -> nodes.readNode(line);
            case "distances" -> nodes.readDistances(line);
            case "start" -> nodes.current().readStart(line);
            case "zone" -> nodes.current().readZone(line);
            case "reserved" -> nodes.readReserved(line);
            case "boot" -> readBootMode(line);
            case "setup" -> {
                once.require(line, "setup");
                setUp = line;
            }
            case "marks" -> readMarks(line);
            case "reserve" -> readReserve(line);
            case "percpu" -> readBounds(line);
            case "lru" -> readLru(line);
            case "process" -> {
                Token pid = line.peek();
                once.require(line, "process " + pid.text());
                processes.add(Programs.readProcess(line, false));
            }
            case "pkmap" -> readWindow(line);
            case "highmem-debug" -> {
                once.require(line, "highmem-debug");
                highmemDebug = true;
            }
            case "hugetlb" -> {
                once.require(line, "hugetlb");
                hugetlb = true;
            }
            case "device" -> readDevice(line);
            case "spinlock" -> {
                Token name = line.name("a name");
                once.require(line, "spinlock " + name.text());
                locks.add(name.text());
            }
            default -> throw line.expected("a setting (" + SETTINGS + ") or the next section", keyword);
        }
        line.expectEnd();
    }

    /**
     * The machine, when its section is over.
     *
     * @param section its first line, for errors that are about the whole
     */
    MachineSpec finish(Line section) {
        MachineLayout layout = nodes.finish(section);
        Line asked = setUp;
        MachineSpec machine = new MachineSpec(
                        nodes.nodeOfCpu(cpus),
                        layout,
                        bootMode,
                        asked != null,
                        List.copyOf(settings),
                        new HighmemLayout(pkmapSlots, false, highmemDebug),
                        List.copyOf(locks))
                .withDevice(device)
                .withProcesses(List.copyOf(processes))
                .withHugetlb(hugetlb);
        if (asked != null && !machine.hasLowMemory()) {
            throw asked.error( // Without it, the kernel's set-up divides by zero.
                    asked.head(), "expected frames in zone DMA or Normal, of which setup takes its shares; found none");
        }
        return machine;
    }

    /** When requests end, and how, and what the file system on it counts in. */
    private void readDevice(Line line) {
        once.require(line, "device");
        boolean deferred = line.take("deferred");
        if (!deferred && !line.take("synchronous")) {
            throw line.expected("\"synchronous\" or \"deferred\"", line.peek());
        }
        boolean failing = line.take("failing");
        int blockSize = line.take("blocks") ? readBlockSize(line) : PageFrame.SIZE;
        int ranges =
                line.take("ranges") ? line.number("a number of mapped ranges", 0, MOST_RANGES) : DeviceSpec.ANY_NUMBER;
        device = new DeviceSpec(deferred, failing, blockSize, ranges);
    }

    private static int readBlockSize(Line line) {
        Token token = line.peek();
        int bytes = line.number("the bytes of a block", PageBuf.BLOCK_SIZE, PageFrame.SIZE);
        if (Integer.bitCount(bytes) != 1) {
            throw line.error(token, "expected 512, 1024, 2048 or 4096 bytes of a block, found " + token.described());
        }
        return bytes;
    }

    private void readBootMode(Line line) {
        once.require(line, "boot");
        Token mode = line.next();
        if (!BOOT_MODES.contains(mode.text())) {
            throw line.expected("a boot mode (" + String.join(", ", BOOT_MODES) + ")", mode);
        }
        bootMode = mode.text();
    }

    private void readWindow(Line line) {
        once.require(line, "pkmap");
        Token slots = line.peek();
        pkmapSlots = line.number("a number of slots", 1, HighmemLayout.LAST_PKMAP);
        if (Integer.bitCount(pkmapSlots) != 1) {
            throw line.expected("a power of two", slots);
        }
    }

    private void readMarks(Line line) {
        Token name = line.peek();
        int zone = nodes.current().readExisting(line);
        nodes.current().once.require(line, "marks " + name.text());
        int min = line.number("the mark min", 0, ZoneSettings.MAX_FRAMES);
        int low = line.number("the mark low", min, ZoneSettings.MAX_FRAMES);
        int high = line.number("the mark high", low, ZoneSettings.MAX_FRAMES);
        settings.add(new ZoneSetting(ZoneSetting.MARKS, nodes.number(zone), min, low, high));
    }

    private void readReserve(Line line) {
        Token name = line.peek();
        int zone = nodes.current().readExisting(line);
        nodes.current().once.require(line, "reserve " + name.text());
        int[] kept = new int[Zone.COUNT];
        for (int classZone = 0; classZone < Zone.COUNT; classZone++) {
            kept[classZone] = line.number(
                    "the frames kept from requests for " + Zone.name(classZone), 0, ZoneSettings.MAX_FRAMES);
        }
        settings.add(new ZoneSetting(ZoneSetting.RESERVE, nodes.number(zone), kept[0], kept[1], kept[2]));
    }

    private void readBounds(Line line) {
        Token name = line.peek();
        int zone = nodes.current().readExisting(line);
        Token temperature = line.next();
        boolean cold = temperature.is("cold");
        if (!cold && !temperature.is("hot")) {
            throw line.expected("\"hot\" or \"cold\"", temperature);
        }
        nodes.current().once.require(line, "percpu " + name.text() + " " + temperature.text());
        int low = line.number("the bound low", 0, ZoneSettings.MAX_FRAMES);
        int high = line.number("the bound high", Math.max(low, 1), ZoneSettings.MAX_FRAMES);
        // A refill happens at low frames or fewer and one of them is taken at once: more would not fit below high.
        int batch = line.number("a batch", 1, high - low + 1);
        settings.add(new ZoneSetting(cold ? ZoneSetting.COLD : ZoneSetting.HOT, nodes.number(zone), low, high, batch));
    }

    /** Below a whole portion of 32, or reclaim would have scanned it. */
    private void readLru(Line line) {
        Token name = line.peek();
        int zone = nodes.current().readExisting(line);
        nodes.current().once.require(line, "lru " + name.text());
        line.expect("active");
        int active = line.number("a number of frames", 0, ZoneSettings.MAX_FRAMES);
        line.expect("inactive");
        int inactive = line.number("a number of frames", 0, ZoneSettings.MAX_FRAMES);
        int locked = line.take("locked") ? line.number("how many of the inactive frames are locked", 1, inactive) : 0;
        int putOff = line.take("put-off") ? line.number("the frames that reclaim has put off", 0, 31) : 0;
        int scanned = line.take("scanned")
                ? line.number("the frames that reclaim has looked at", 1, NodeBalance.HOPELESS_ROUNDS * MOST_PAGES)
                : 0;
        int number = nodes.number(zone);
        settings.add(new ZoneSetting(ZoneSetting.LRU, number, active, inactive, putOff));
        Token givenUp = line.peek();
        boolean isGivenUp = line.take("given-up");
        int vain = NodeBalance.HOPELESS_ROUNDS * (active + inactive);
        if (isGivenUp && scanned < vain) {
            throw line.error(
                    givenUp,
                    "expected \"scanned " + vain
                            + "\" or more before it, as a zone is given up when so many frames were"
                            + " looked at in vain, found " + givenUp.described());
        }
        if (locked > 0 || scanned > 0 || isGivenUp) {
            settings.add(new ZoneSetting(ZoneSetting.LRU_IN_VAIN, number, locked, scanned, isGivenUp ? 1 : 0));
        }
    }
}
