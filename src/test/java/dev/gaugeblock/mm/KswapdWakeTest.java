package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code wakeup_kswapd}, which the slow path calls for each zone of the list (behaviour 12). */
class KswapdWakeTest {
    private static final int OUT_OF_REACH = 1000;
    private static final int NORMAL = Gfp.NOWARN;

    private final TestMachine machine = TestMachine.booted(64, 64, 64).marks(OUT_OF_REACH, OUT_OF_REACH, OUT_OF_REACH);

    private int wakesOf(int gfp, int order) {
        assertNull(machine.alloc(gfp, order));
        List<String> calls = machine.around.takeCalls();
        assertEquals(
                List.of(),
                calls.stream().filter(call -> !call.equals("kswapd_wake")).toList());
        return calls.size();
    }

    @Test
    void shouldWakeForEachZoneOfTheList() {
        assertEquals(1, wakesOf(Gfp.DMA | Gfp.NOWARN, 0));
        assertEquals(2, wakesOf(NORMAL, 0));
        assertEquals(3, wakesOf(Gfp.HIGHMEM | Gfp.NOWARN, 0));
    }

    @Test
    void shouldNotWakeForAZoneAbovePagesLowForClass0WhateverTheCallersReserve() {
        machine.dma().marks.set(0, 63, OUT_OF_REACH);
        machine.dma().marks.setLowmemReserve(Zone.NORMAL, OUT_OF_REACH);
        assertEquals(1, wakesOf(NORMAL, 0));

        machine.dma().marks.set(0, 64, OUT_OF_REACH);
        assertEquals(2, wakesOf(NORMAL, 0));
    }

    @Test
    void shouldTestTheRequestsOrder() {
        machine.dma().marks.set(0, 61, OUT_OF_REACH);
        machine.dma().marks.setLowmemReserve(Zone.NORMAL, OUT_OF_REACH);
        assertEquals(1, wakesOf(NORMAL, 1));
        assertEquals(2, wakesOf(NORMAL, 2));
    }

    @Test
    void shouldRememberTheLargestOrder() {
        wakesOf(NORMAL, 2);
        assertEquals(2, machine.node.kswapdMaxOrder.peek());
        wakesOf(NORMAL, 1);
        assertEquals(2, machine.node.kswapdMaxOrder.peek());
        wakesOf(NORMAL, 4);
        assertEquals(4, machine.node.kswapdMaxOrder.peek());
    }

    @Test
    void shouldRememberTheOrderButNotWakeWhileItIsAwake() {
        machine.around.kswapdSleeps(false);
        assertEquals(0, wakesOf(NORMAL, 3));
        assertEquals(3, machine.node.kswapdMaxOrder.peek());
    }
}
