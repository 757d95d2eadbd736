package dev.gaugeblock.reclaim;

import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.WaitQueue;
import dev.gaugeblock.machine.Waiter;
import dev.gaugeblock.mm.AllocationObserver;
import dev.gaugeblock.mm.Node;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The thread that keeps a node's zones above their high marks, so that requests need not reclaim themselves. It
 * sleeps until a request that found a zone below {@code pages_low} wakes it.
 *
 * <p>It has {@code PF_MEMALLOC} set all its life. ({@code PF_KSWAPD} too, in the original; nobody looks at that here.)
 */
public final class Kswapd implements Stateful {
    private final Node node;
    private final NodeBalance balance;
    private final AllocationObserver observer;
    private final Scheduler scheduler;

    /** {@code kswapd_wait}. */
    private final WaitQueue queue;

    private final Waiter waiter;

    /** The order that it balanced the node for in its last round. Its own task alone touches it. */
    private int order;

    /**
     * A kswapd that has not begun.
     *
     * @param task that runs {@link #round}, with {@code PF_MEMALLOC}
     */
    public Kswapd(Node node, NodeBalance balance, AllocationObserver observer, Task task, Scheduler scheduler) {
        this.node = node;
        this.balance = balance;
        this.observer = observer;
        this.scheduler = scheduler;
        this.queue = new WaitQueue("kswapd_wait of node " + node.id, scheduler);
        this.waiter = new Sleep(queue, task);
    }

    /**
     * {@code kswapd}, one turn of its endless loop: sleeps until it is woken, and balances the node. It does not sleep
     * if meanwhile a larger order was asked for than it has just done; a smaller or equal one is forgotten.
     *
     * <p>It looks only once it is on its queue: a request that comes later finds it there, and wakes it.
     */
    public void round(Task task) {
        queue.add(waiter);
        int asked = askedFor(task);
        node.kswapdMaxOrder.set(0, task);
        if (asked <= order) {
            waiter.sleep(scheduler);
            asked = askedFor(task);
        }
        queue.remove(waiter);
        order = asked;
        balance.balance(0, asked, task);
    }

    private int askedFor(Task task) {
        int asked = node.kswapdMaxOrder.get(task);
        observer.kswapdHears(node, asked, task);
        return asked;
    }

    /** {@code waitqueue_active}: true already when it is on its queue, about to sleep. */
    public boolean isAsleep(Task task) {
        return queue.isActive(task);
    }

    /** {@code wake_up_interruptible}. */
    public void wakeUp(Task task) {
        queue.wakeUp(null, null, task);
    }

    /** Whether it sleeps, and nobody has woken it. */
    public boolean isResting() {
        return waiter.isForgotten();
    }

    /** Where it sleeps. */
    public WaitQueue queue() {
        return queue;
    }

    @Override
    public void writeState(StateSink out) {
        out.put(order);
        queue.writeState(out);
        waiter.writeState(out);
    }

    @Invariant(
            id = "kswapd-order-heard",
            says = "While no operation is in progress, kswapd does not sleep on an order that it was asked for.",
            guardedBy = Invariant.IDLE)
    @Nullable
    String noOrderUnheard() {
        int asked = node.kswapdMaxOrder.peekBy(waiter.task.cpu); // What it has written over, it has read.
        return isResting() && asked > 0 ? "kswapd sleeps, but kswapd_max_order asks for order " + asked : null;
    }

    /** Its sleep, which lasts for ever if memory never gets short again. */
    private static final class Sleep extends Waiter {
        Sleep(WaitQueue queue, Task task) {
            super(queue, task, false, true);
        }

        @Override
        public boolean mayNeverCome() {
            return true;
        }
    }
}
