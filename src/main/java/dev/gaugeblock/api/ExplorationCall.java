package dev.gaugeblock.api;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Canary;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Standstill;
import dev.gaugeblock.explore.audit.Audit;
import dev.gaugeblock.explore.audit.AuditCanary;
import dev.gaugeblock.explore.audit.AuditedProgram;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.state.MemoryModel;
import dev.gaugeblock.explore.subject.Applicability;
import dev.gaugeblock.explore.subject.SubjectClasses;
import dev.gaugeblock.explore.subject.SubjectException;
import dev.gaugeblock.explore.subject.SubjectMaker;
import dev.gaugeblock.explore.subject.SubjectSource;
import dev.gaugeblock.report.ExplorationReport;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Interleaving;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.result.RuleText;
import dev.gaugeblock.report.steps.Layout;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/** One exploration, in words that a copy of the program understands too: the audit works in one. */
final class ExplorationCall {
    /** What the copy hands over: results, with the classes inside them. */
    private static final Set<String> RESULTS = Stream.of(
                    Case.class, Conclusion.class, Evidence.class, Interleaving.class, Place.class, RuleText.class)
            .flatMap(type -> Stream.concat(Stream.of(type), Stream.of(type.getDeclaredClasses())))
            .map(Class::getName)
            .collect(Collectors.toSet());

    private static final long TOLD_EVERY_MILLIS = 200;

    private static boolean hasSung;

    private final String file;
    private final String text;
    private final String allocator;
    private final String reduction;
    private final String memory;
    private final String budget;
    private final boolean isForContract;
    private final boolean isShortened;

    ExplorationCall(
            String file,
            String text,
            String allocator,
            String reduction,
            String memory,
            String budget,
            boolean isForContract,
            boolean isShortened) {
        this.file = file;
        this.text = text;
        this.allocator = allocator;
        this.reduction = reduction;
        this.memory = memory;
        this.budget = budget;
        this.isForContract = isForContract;
        this.isShortened = isShortened;
    }

    /** In a copy of the program that is instrumented. */
    Case audited(LongConsumer listener) {
        try {
            SubjectClasses classes = allocator.isEmpty()
                    ? new SubjectClasses("", Map.of(), List.of())
                    : SubjectSource.find(allocator, List.of());
            if (!classes.complaints().isEmpty()) {
                return inconclusive("cannot be explored: " + String.join("; ", classes.complaints()));
            }
            AuditedProgram program = new AuditedProgram(classes.main(), classes.classes(), RESULTS);
            Case result = in(program, listener);
            Map<String, String> failures = program.sites().failures();
            return failures.isEmpty() ? result : inconclusive("not audited: " + failures);
        } catch (SubjectException | SubjectSource.AmbiguousException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** In a copy of the program, which hands over results as they are here. */
    Case in(ClassLoader copy, LongConsumer listener) {
        try {
            Method run = copy.loadClass(ExplorationCall.class.getName())
                    .getDeclaredMethod(
                            "runInACopy",
                            String.class,
                            String.class,
                            String.class,
                            String.class,
                            String.class,
                            String.class,
                            boolean.class,
                            boolean.class,
                            LongConsumer.class);
            run.setAccessible(true);
            return (Case)
                    invoke(run, file, text, allocator, reduction, memory, budget, isForContract, isShortened, listener);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a copy of the program cannot be run", e);
        }
    }

    @SuppressWarnings("nullness:argument") // The method is static.
    private static Object invoke(Method run, Object... arguments) throws ReflectiveOperationException {
        try {
            return Objects.requireNonNull(run.invoke(null, arguments));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw e;
        }
    }

    /** Called in the copy. */
    static Case runInACopy(
            String file,
            String text,
            String allocator,
            String reduction,
            String memory,
            String budget,
            boolean isForContract,
            boolean isShortened,
            LongConsumer listener) {
        ExplorationCall call =
                new ExplorationCall(file, text, allocator, reduction, memory, budget, isForContract, isShortened);
        if (allocator.isEmpty()) {
            return call.run(null, listener);
        }
        AuditedProgram program = Objects.requireNonNull(Audit.program(), "an audited program");
        try {
            return call.run(program.loadClass(allocator), listener);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("there is no class " + allocator, e);
        }
    }

    /** In this program. */
    Case run(@Nullable Class<?> type, LongConsumer listener) {
        LitmusTest test = LitmusParser.parse(file, text);
        Layout layout = Layout.ofOutput(false);
        ExplorationReport report = new ExplorationReport(List.of(test.name()), layout).on(model());
        LitmusTest explored = isForContract ? test.forContract() : test;
        if (type != null) {
            SubjectMaker maker = maker(type);
            String missing = Applicability.missing(explored, maker);
            if (!missing.isEmpty()) {
                return report.notApplicable(test, missing);
            }
            explored = explored.on(maker);
        }
        String missed = canary();
        return missed.isEmpty()
                ? report.of(explore(explored, listener))
                : Case.bare(test.name(), Place.of(file), Conclusion.BROKEN, missed, List.of(missed));
    }

    private SubjectMaker maker(Class<?> type) {
        try {
            List<String> options = new ArrayList<>(List.of("--allocator", type.getName()));
            options.addAll(List.of("--class-path", SubjectSource.place(type).toString()));
            if (!isForContract) {
                options.addAll(List.of("--expect", "linux"));
            }
            return new SubjectMaker(type, options);
        } catch (SubjectException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private MemoryModel model() {
        return MemoryModel.of(memory).orElseThrow();
    }

    private static Explorer explorer(Reduction reduction, Budget budget) {
        Explorer explorer = new Explorer(reduction, budget);
        return Audit.sites() == null ? explorer : explorer.audited(Audit.begin());
    }

    /** What a seeded defect is not found by; each program sings once. */
    private static synchronized String canary() {
        if (!hasSung) {
            try (Explorer explorer = explorer(Reduction.DPOR, Budget.UNLIMITED)) {
                String missed = Canary.sings(explorer);
                if (missed.isEmpty() && Audit.sites() != null) {
                    missed = AuditCanary.sings();
                }
                if (!missed.isEmpty()) {
                    return missed;
                }
            }
            hasSung = true;
        }
        return "";
    }

    private Exploration explore(LitmusTest test, LongConsumer listener) {
        Reduction named = Reduction.of(reduction).orElseThrow();
        Explorer explorer = explorer(named, budget.isEmpty() ? Budget.UNLIMITED : Budget.parse(budget))
                .on(model());
        if (!isShortened) {
            explorer.withoutShortening();
        }
        Standstill standstill = new Standstill();
        standstill.begins(test, explorer);
        FutureTask<Exploration> task = new FutureTask<>(() -> {
            try (explorer) {
                return explorer.explore(test);
            }
        });
        Thread thread = new Thread(task, "exploration");
        thread.setDaemon(true); // One that never ends must not keep the program alive.
        thread.start();
        while (!standstill.isAt(test)) {
            try {
                return task.get(TOLD_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                listener.accept(explorer.heartbeat());
            } catch (ExecutionException e) {
                throw new IllegalStateException("the exploration of " + test.name() + " failed: " + e.getCause(), e);
            } catch (InterruptedException e) {
                explorer.interrupt();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while exploring " + test.name(), e);
            }
        }
        return Standstill.given(test);
    }

    private Case inconclusive(String why) {
        String name = LitmusParser.parse(file, text).name();
        return Case.bare(name, Place.of(file), Conclusion.INCONCLUSIVE, why, List.of(name + ": " + why));
    }
}
