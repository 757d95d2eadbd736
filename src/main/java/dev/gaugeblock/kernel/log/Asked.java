package dev.gaugeblock.kernel.log;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The request that a report is about, as it is printed.
 *
 * @param task the name of the task that asked, empty if it is not printed
 * @param order of the block; {@code null} if it is not printed
 * @param mask the bits of the request; {@code null} if they cannot be read
 * @param names what the kernel printed behind the mask, empty if nothing
 * @param nodes the nodes that the request is bound to, {@code null} if it is not
 * @param cpusetNodes the nodes of the task's CPU set, {@code null} if they are not printed
 */
public record Asked(
        String task,
        @Nullable Integer order,
        @Nullable Long mask,
        String names,
        @Nullable List<Integer> nodes,
        @Nullable List<Integer> cpusetNodes) {}
