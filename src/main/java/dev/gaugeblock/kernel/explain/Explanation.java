package dev.gaugeblock.kernel.explain;

import dev.gaugeblock.kernel.log.KernelReport;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A report, explained.
 *
 * @param report what was read
 * @param version whose rule was used; {@code null} if none was
 * @param order of the request, 0 if it is not known
 * @param necessity whether the kernel had to refuse
 * @param reason why that is the answer, in a sentence
 * @param zones in the order of the zonelist, then those that are not permitted
 * @param notes what else is to be known: assumptions, margins, what is missing
 * @param remedies what would have let the request pass, cheapest first
 */
public record Explanation(
        KernelReport report,
        @Nullable VersionUsed version,
        int order,
        Necessity necessity,
        String reason,
        List<ZoneAnswer> zones,
        List<String> notes,
        List<Remedy> remedies) {}
