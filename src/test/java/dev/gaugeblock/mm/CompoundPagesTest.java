package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompoundPagesTest {
    private static final int COMPOUND = Gfp.KERNEL | Gfp.COMP;

    private final TestMachine machine = TestMachine.withHugetlb(64);
    private PageFrame head;

    @BeforeEach
    void allocateFourFrames() {
        machine.allocFrames(Gfp.KERNEL, 4);
        head = machine.alloc(COMPOUND, 2);
        assertEquals(4, head.pfn);
    }

    private PageFrame part(int index) {
        return machine.frame(head.pfn + index);
    }

    private void assertBadPages(int times) {
        assertEquals(Collections.nCopies(times, "bad_page:destroy_compound_page:4"), machine.around.takeCalls());
    }

    @Test
    void shouldMarkEveryFrameAndPointItToTheHead() {
        for (int i = 0; i < 4; i++) {
            assertTrue(part(i).has(PageFlags.COMPOUND));
            assertEquals(0xC1000080L, part(i).privateData());
        }
        assertFalse(part(4).has(PageFlags.COMPOUND));
        assertEquals(2, part(1).index());
        assertEquals(0, part(2).index());
    }

    @Test
    void shouldForgetTheOwnerOfTheSecondFrameAlone() {
        part(4).pokeMapping(0x1000);
        part(5).pokeMapping(0x1000);
        part(6).pokeMapping(0x1000);
        PageFrame next = machine.alloc(COMPOUND, 2);
        assertEquals(8, next.pfn);
        assertEquals(0, part(5).mapping());
        assertEquals(0x1000, part(6).mapping());
    }

    @Test
    void shouldCountAReferenceToAnyFrameAtTheHead() {
        assertEquals(2, machine.allocator.get(part(3), machine.task));
        assertEquals(3, machine.allocator.get(head, machine.task));
        assertEquals(3, head.references());
        assertEquals(0, part(3).references());

        machine.free(4, 2);
        machine.free(4, 2);
        assertTrue(head.has(PageFlags.COMPOUND));
        machine.free(4, 2);
        assertFalse(head.has(PageFlags.COMPOUND));
    }

    @Test
    void shouldClearTheFlagButLeaveThePrivateFieldsOfTailsOnFree() {
        machine.free(4, 2);
        assertBadPages(0);
        for (int i = 0; i < 4; i++) {
            assertFalse(part(i).has(PageFlags.COMPOUND));
        }
        assertEquals(2, head.privateData());
        assertEquals(0xC1000080L, part(1).privateData());
        assertEquals(0xC1000080L, part(3).privateData());
        assertEquals(2, part(1).index());
    }

    @Test
    void shouldFindAWrongOrderBadAndFreeItAllTheSame() {
        machine.free(4, 1);
        assertBadPages(1);
        assertFalse(part(1).has(PageFlags.COMPOUND));
        assertTrue(part(2).has(PageFlags.COMPOUND));
        assertEquals("1[4] 3[8] 4[16] 5[32]", TestMachine.freeLists(machine.dma()));
    }

    @Test
    void shouldFindAMissingFlagBad() {
        part(3).poke(0, PageFlags.COMPOUND);
        machine.free(4, 2);
        assertBadPages(1);
        assertEquals(32, machine.allocator.tainted());
    }

    @Test
    void shouldFindALinkToAnotherHeadBad() {
        part(2).pokePrivate(part(1).structAddress());
        machine.free(4, 2);
        assertBadPages(1);
        assertFalse(part(2).has(PageFlags.COMPOUND));
    }

    @Test
    void shouldComplainOfEachFaultOnItsOwn() {
        part(1).index = 3;
        part(3).poke(0, PageFlags.COMPOUND);
        part(3).pokePrivate(0);
        machine.free(4, 2);
        assertBadPages(3);
    }

    @Test
    void shouldNotUndoABlockWhoseHeadIsNotCompound() {
        head.poke(0, PageFlags.COMPOUND);
        machine.free(4, 2);
        assertBadPages(0);
        assertTrue(part(1).has(PageFlags.COMPOUND));
    }

    @Test
    void shouldNeverMakeASingleFrameCompound() {
        PageFrame single = machine.alloc(COMPOUND, 0);
        assertFalse(single.has(PageFlags.COMPOUND));
        assertEquals(0, single.privateData());
        assertEquals(2, machine.allocator.get(single, machine.task));
    }

    @Test
    void shouldNeedTheRequestToAskForIt() {
        assertFalse(machine.alloc(Gfp.KERNEL, 2).has(PageFlags.COMPOUND));
    }

    @Test
    void shouldNeedAKernelWithHugetlb() {
        TestMachine without = TestMachine.booted(64, 0, 0);
        PageFrame block = without.alloc(COMPOUND, 2);
        assertFalse(block.has(PageFlags.COMPOUND));
        assertEquals(0, without.frame(1).index());

        without.frame(1).poke(PageFlags.COMPOUND, 0);
        assertEquals(1, without.allocator.get(without.frame(1), without.task));
        assertEquals(List.of(), without.around.takeCalls());
    }
}
