package dev.gaugeblock.explore.litmus;

import static dev.gaugeblock.explore.litmus.LitmusErrorsTest.machine;
import static dev.gaugeblock.explore.litmus.LitmusErrorsTest.row;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The rows of {@link LitmusErrorsTest} that are about the machine of a file, and its nodes. */
final class MachineErrors {
    static final String SETTING =
            "expected a setting (cpus, node, distances, start, zone, reserved, boot, setup, marks, reserve,"
                    + " percpu, lru, pkmap, highmem-debug, hugetlb, device, process or spinlock) or the next section, found ";

    private MachineErrors() {}

    static Stream<Arguments> nodes() {
        String two = "node 0\nzone DMA 4\nnode 1\nzone DMA 4\n";
        return Stream.of(
                machine("node", "4:5: expected the number of the next node, 0, found the end of the line"),
                machine("node 1", "4:6: expected the number of the next node, 0, found \"1\""),
                machine("node 00", "4:6: expected the number of the next node, 0, found \"00\""),
                machine("node 0\nnode 1\nnode 2\nnode 3", "7:6: expected at most 3 nodes, found \"3\""),
                machine("node 0\nnode 2", "5:6: expected the number of the next node, 1, found \"2\""),
                machine("node 0\nnode 0", "5:6: expected the number of the next node, 1, found \"0\""),
                machine("zone DMA 4\nnode 0", "5:6: expected node 0 above all settings of its memory, found it below"),
                machine("distances 1\nnode 0", "5:6: expected node 0 above all settings of its memory, found it below"),
                machine("node 0 zone DMA 4", "4:8: expected the end of the line, found \"zone\""),
                machine("node 0 cpu", "4:11: expected a CPU in 0..7, found the end of the line"),
                machine("node 0 cpu 8", "4:12: expected a CPU in 0..7, found \"8\""),
                machine("node 0 cpu 1\nzone DMA 4\n", "4:12: expected a CPU of the machine, which has 1, found \"1\""),
                machine("node 0 cpu 0 0\nzone DMA 4\n", "4:1: expected \"cpu 0\" once, found it again after line 4"),
                machine(
                        "cpus 2\nnode 0 cpu 1\nzone DMA 4\nnode 1 cpu 0 1\n",
                        "7:1: expected \"cpu 1\" once, found it again after line 5"),
                machine(
                        two + "zone Normal 2\nzone DMA 4",
                        "9:1: expected \"zone DMA\" once, found it again after line 7"),
                machine(two + "start 3", "8:7: expected a frame number in 4..1048575, found \"3\""),
                machine(
                        two + "zone Normal 1048569",
                        "8:13: memory ends at frame 1048577; a 32-bit machine without PAE has at most 1048576 frames"),
                machine(two + "marks Normal 0 0 0\n", "8:7: expected a zone that the machine has, found \"Normal\""),
                machine(two + "reserved 3 2\n", "8:10: reserved frames 3..4 are not inside the memory, frames 0..3"),
                machine(
                        two + "start 8\nreserved 5 1\n",
                        "9:10: reserved frames 5..5 are not inside the memory, frames 0..3"),
                machine("distances", "4:10: expected the distance to node 0 in 0..255, found the end of the line"),
                machine("distances 1 256", "4:13: expected the distance to node 1 in 0..255, found \"256\""),
                machine("distances 1\ndistances 1", "5:1: expected \"distances\" once, found it again after line 4"),
                machine(two + "distances 20 10 10\n", "8:1: expected 2 distances, one to each node, found 3"),
                machine(
                        two + "distances 20 10\n",
                        "3:1: expected distances of every node or of none, found those of 1"),
                machine("node 0\nnode 1\n", "3:1: expected at least one zone in the machine, found none"));
    }

    static Stream<Arguments> machines() {
        return Stream.of(
                machine("", "3:1: expected at least one zone in the machine, found none"),
                machine("cpus 2\n", "3:1: expected at least one zone in the machine, found none"),
                machine("pkmap 0", "4:7: expected a number of slots in 1..1024, found \"0\""),
                machine("pkmap 2048", "4:7: expected a number of slots in 1..1024, found \"2048\""),
                machine("pkmap 3", "4:7: expected a power of two, found \"3\""),
                machine("pkmap 4\npkmap 4", "5:1: expected \"pkmap\" once, found it again after line 4"),
                machine("lru DMA active 1", "4:17: expected \"inactive\", found the end of the line"),
                machine(
                        "zone DMA 4\nlru DMA active 1 inactive 1 locked 2",
                        "5:36: expected how many of the inactive frames are locked in 1..1, found \"2\""),
                machine(
                        "zone DMA 4\nlru DMA active 1 inactive 1 scanned 7 given-up",
                        "5:39: expected \"scanned 8\" or more before it, as a zone is given up when so many frames were looked"
                                + " at in vain, found \"given-up\""),
                machine(
                        "lru DMA active 1 inactive 1 put-off 32",
                        "4:37: expected the frames that reclaim has put off in 0..31, found \"32\""),
                machine(
                        "zone DMA 4\nlru DMA active 1 inactive 1\nlru DMA active 1 inactive 1",
                        "6:1: expected \"lru DMA\" once, found it again after line 5"),
                machine(
                        "process 3 memory 1\nprocess 3 memory 1",
                        "5:1: expected \"process 3\" once, found it again after line 4"),
                machine("hugetlb 1", "4:9: expected the end of the line, found \"1\""),
                machine("highmem-debug 1", "4:15: expected the end of the line, found \"1\""),
                machine("cpus 0", "4:6: expected a number of CPUs in 1..8, found \"0\""),
                machine("cpus 9", "4:6: expected a number of CPUs in 1..8, found \"9\""),
                machine("cpus", "4:5: expected a number of CPUs in 1..8, found the end of the line"),
                machine("cpus two", "4:6: expected a number of CPUs in 1..8, found \"two\""),
                machine("cpus 1 2", "4:8: expected the end of the line, found \"2\""),
                machine("cpus 1\ncpus 1", "5:1: expected \"cpus\" once, found it again after line 4"),
                machine("CPUs 1", "4:1: " + SETTING + "\"CPUs\""),
                machine("\"Again.\"", "4:1: " + SETTING + "\"Again.\""),
                machine("p = alloc ATOMIC 0", "4:1: " + SETTING + "\"p\""),
                machine("start -1", "4:7: expected a frame number in 0..1048575, found \"-1\""),
                machine("start 1048576", "4:7: expected a frame number in 0..1048575, found \"1048576\""),
                machine("start 0x10", "4:7: expected a frame number in 0..1048575, found \"0x10\""),
                machine("start 9999999999", "4:7: expected a frame number in 0..1048575, found \"9999999999\""),
                machine("start 1\nstart 1", "5:1: expected \"start\" once, found it again after line 4"),
                machine(
                        "zone DMA 8\nstart 1048569",
                        "5:7: memory ends at frame 1048577; a 32-bit machine without PAE has at most 1048576 frames"),
                machine(
                        "zone DMA 8\nzone Normal 1048569",
                        "5:13: memory ends at frame 1048577; a 32-bit machine without PAE has at most 1048576 frames"),
                machine("zone dma 8", "4:6: expected a zone (DMA, Normal, HighMem), found \"dma\""),
                machine("zone 8", "4:6: expected a zone (DMA, Normal, HighMem), found \"8\""),
                machine("zone DMA 0", "4:10: expected a number of frames in 1..1048576, found \"0\""),
                machine("zone DMA 010", "4:10: expected a number of frames in 1..1048576, found \"010\""),
                machine("zone DMA 8\nzone DMA 4", "5:1: expected \"zone DMA\" once, found it again after line 4"),
                machine("zone DMA 8 holes 9", "4:18: expected a number of holes in 0..8, found \"9\""),
                machine("zone DMA 8 hole 1", "4:12: expected the end of the line, found \"hole\""),
                machine(
                        "reserved 3 2\nzone DMA 4\n",
                        "4:10: reserved frames 3..4 are not inside the memory, frames 0..3"),
                machine(
                        "reserved 3 1\nzone DMA 4\nstart 4",
                        "4:10: reserved frames 3..3 are not inside the memory, frames 4..7"),
                machine("reserved 3 0", "4:12: expected a number of frames in 1..1048576, found \"0\""),
                machine("reserved 0 1048577", "4:12: expected a number of frames in 1..1048576, found \"1048577\""),
                machine(
                        "boot block",
                        "4:6: expected a boot mode (none, blocks, blocksdesc, pages, kernel), found \"block\""),
                machine("boot none\nboot none", "5:1: expected \"boot\" once, found it again after line 4"),
                machine("setup yes", "4:7: expected the end of the line, found \"yes\""),
                machine("setup\nsetup", "5:1: expected \"setup\" once, found it again after line 4"),
                machine(
                        "zone HighMem 4\nzone DMA 2 holes 2\nsetup\n",
                        "6:1: expected frames in zone DMA or Normal, of which setup takes its shares; found none"),
                machine("marks DMA 2 1 2", "4:13: expected the mark low in 2..1048576, found \"1\""),
                machine("marks DMA 2 3 2", "4:15: expected the mark high in 3..1048576, found \"2\""),
                machine("marks DMA -2 3 2", "4:11: expected the mark min in 0..1048576, found \"-2\""),
                machine("marks DMA 2 3", "4:14: expected the mark high in 3..1048576, found the end of the line"),
                machine(
                        "marks DMA 1 1 1\nmarks DMA 1 1 1",
                        "5:1: expected \"marks DMA\" once, found it again after line 4"),
                machine(
                        "marks Normal 1 1 1\nzone DMA 4\n",
                        "4:7: expected a zone that the machine has, found \"Normal\""),
                machine(
                        "reserve DMA 1 2",
                        "4:16: expected the frames kept from requests for HighMem in 0..1048576,"
                                + " found the end of the line"),
                machine(
                        "reserve DMA 1 2 3\nreserve DMA 1 2 3",
                        "5:1: expected \"reserve DMA\" once, found it again after line 4"),
                machine(
                        "reserve HighMem 0 0 0\nzone DMA 4\n",
                        "4:9: expected a zone that the machine has, found \"HighMem\""),
                machine("percpu DMA warm 0 1 1", "4:12: expected \"hot\" or \"cold\", found \"warm\""),
                machine("percpu DMA hot 0 0 1", "4:18: expected the bound high in 1..1048576, found \"0\""),
                machine("percpu DMA hot 4 3 1", "4:18: expected the bound high in 4..1048576, found \"3\""),
                machine("percpu DMA hot 2 4 0", "4:20: expected a batch in 1..3, found \"0\""),
                machine("percpu DMA hot 2 4 4", "4:20: expected a batch in 1..3, found \"4\""),
                machine(
                        "percpu DMA hot 0 1 1\npercpu DMA cold 0 1 1\npercpu DMA hot 0 1 1",
                        "6:1: expected \"percpu DMA hot\" once, found it again after line 4"),
                machine(
                        "percpu HighMem hot 0 1 1\nzone DMA 4\n",
                        "4:8: expected a zone that the machine has, found \"HighMem\""),
                machine("spinlock 2nd", "4:10: expected a name, found \"2nd\""),
                machine("spinlock lock", "4:10: expected a name, found \"lock\", a word of the grammar"),
                machine("spinlock a\nspinlock a", "5:1: expected \"spinlock a\" once, found it again after line 4"),
                machine(
                        "zone DMA 4\n",
                        "5:1: expected \"cpu\", \"task\", \"irq\" or \"kswapd\", found the end of the file"),
                row("litmus t\n\"S.\"\nmachine 1", "3:9: expected the end of the line, found \"1\""));
    }
}
