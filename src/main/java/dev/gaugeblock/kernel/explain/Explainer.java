package dev.gaugeblock.kernel.explain;

import dev.gaugeblock.kernel.log.Asked;
import dev.gaugeblock.kernel.log.KernelReport;
import dev.gaugeblock.kernel.log.ReportKind;
import dev.gaugeblock.kernel.rule.Clause;
import dev.gaugeblock.kernel.rule.Era;
import dev.gaugeblock.kernel.rule.GfpBits;
import dev.gaugeblock.kernel.rule.GfpNames;
import dev.gaugeblock.kernel.rule.KernelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Explains reports: why the kernel refused, and whether it had to. */
public final class Explainer {
    /** No request is for blocks of a larger order: what is printed cannot be right. */
    private static final int MOST_ORDER = 30;

    private final @Nullable KernelVersion given;
    private final Function<Era, List<Clause>> clauses;

    /**
     * An explainer.
     *
     * @param given the version of the kernel, {@code null} to take it from the log, or from the shape of its reports
     */
    public Explainer(@Nullable KernelVersion given) {
        this(given, Era::clauses);
    }

    /** An explainer with another rule, for tests that show that each clause matters. */
    Explainer(@Nullable KernelVersion given, Function<Era, List<Clause>> clauses) {
        this.given = given;
        this.clauses = clauses;
    }

    /** Explains one report. */
    public Explanation explain(KernelReport report) {
        switch (report.kind()) {
            case MEMCG -> {
                return unasked(
                        report,
                        Necessity.NOT_THE_ALLOCATOR,
                        "a memory cgroup used up its own limit; the allocator refused nothing");
            }
            case BY_HAND -> {
                return unasked(
                        report,
                        Necessity.NOT_THE_ALLOCATOR,
                        "somebody called the OOM killer by hand (SysRq, order -1)");
            }
            case STALL -> {
                return unasked(report, Necessity.NOT_THE_ALLOCATOR, "the request took long, but was not refused");
            }
            case VMALLOC -> {
                return unasked(
                        report,
                        Necessity.CANNOT_BE_SAID,
                        "vmalloc asks for many single pages and for addresses, and does not print which it did not get");
            }
            default -> {
                return explainRefusal(report);
            }
        }
    }

    private static Explanation unasked(KernelReport report, Necessity necessity, String reason) {
        return new Explanation(report, null, 0, necessity, reason, List.of(), List.of(), List.of());
    }

    private VersionUsed version(KernelReport report) {
        if (given != null) {
            return new VersionUsed(given, VersionUsed.Source.GIVEN, "");
        }
        KernelVersion named = report.version();
        return named == null ? VersionGuess.of(report) : new VersionUsed(named, VersionUsed.Source.LOG, "");
    }

    private Explanation explainRefusal(KernelReport report) {
        VersionUsed version = version(report);
        Era era = Era.of(version.version());
        Asked asked = report.asked();
        List<String> notes = new ArrayList<>();
        if (version.source() == VersionUsed.Source.ASSUMED) {
            notes.add("the log does not say which kernel this is: " + version.version() + " was assumed, as "
                    + version.because() + " (--kernel-version says it)");
        }
        Integer order = asked.order();
        if (order == null && report.kind() == ReportKind.OOM_KILL && asked.mask() != null) {
            notes.add("the order is not printed: a single page (order 0) was assumed");
            order = 0;
        }
        GfpBits gfp = gfp(asked, era);
        if (gfp == null || order == null || order < 0 || order > MOST_ORDER) {
            return new Explanation(
                    report,
                    version,
                    0,
                    Necessity.CANNOT_BE_SAID,
                    "the request cannot be read: its " + (gfp == null ? "mask" : "order") + " is missing or garbled",
                    List.of(),
                    notes,
                    List.of());
        }
        if (!version.version().isFrom("2.6.0")) {
            return new Explanation(
                    report,
                    version,
                    order,
                    Necessity.CANNOT_BE_SAID,
                    "the rule of kernels before 2.6 is not known here",
                    List.of(),
                    notes,
                    List.of());
        }
        RefusedRequest at = new RefusedRequest(report, era, version.version(), gfp, order, clauses.apply(era));
        return new Judged(at, notes).explanation(version);
    }

    /** The request's bits: by their names where these are printed, for they moved from kernel to kernel. */
    private static @Nullable GfpBits gfp(Asked asked, Era era) {
        Long mask = asked.mask();
        if (!asked.names().isEmpty()) {
            return GfpNames.read(asked.names());
        }
        return mask == null ? null : era.gfp().read(mask);
    }
}
