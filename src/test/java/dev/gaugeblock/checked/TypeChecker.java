package dev.gaugeblock.checked;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.checkerframework.checker.lock.LockChecker;
import org.checkerframework.checker.nullness.NullnessChecker;

/** A checker of the Checker Framework, and how it is put to sources. Nothing is written: the compiler only judges. */
enum TypeChecker {
    /** Whether a reference that may be null is used as if it were not. */
    NULLNESS {
        @Override
        Processor make() {
            return new NullnessChecker();
        }
    },

    /** Whether what a lock guards is touched with the lock held. */
    LOCK {
        @Override
        Processor make() {
            return new LockChecker();
        }
    };

    /**
     * A method that takes a lock and gives it up again leaves those of its caller alone, and is @ReleasesNoLocks, as
     * all are that say nothing. But the checker does not tell one lock from another here, and finds that it calls
     * release(). The locks themselves check at run time that only their holder gives them up.
     */
    private static final String OWN_RELEASES = "lock:method.guarantee.violated";

    private static final List<String> OPTIONS = List.of(
            "-proc:only",
            "--release",
            "17",
            "-Xmaxerrs",
            "10000",
            "-Xmaxwarns",
            "10000",
            // A checker is several, and after an error of one the others would not report.
            "-Awarns",
            "-AassumeAssertionsAreEnabled",
            "-Astubs=src/test/resources/checked/requireNonNull.astub",
            // Each file that is judged is told: see Judgement.
            "-Afilenames",
            "-AsuppressWarnings=" + OWN_RELEASES);

    private static final Pattern JUDGES = Pattern.compile("\\w+ is type-checking (.*)");
    private static final Pattern KEY = Pattern.compile("(?:warning: |error: )?\\[([a-z.]+)\\] (.*)", Pattern.DOTALL);

    abstract Processor make();

    /** Judges the sources, against the class path of the running program. */
    Judgement judge(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<String> options = new ArrayList<>(OPTIONS);
            options.addAll(List.of("-classpath", System.getProperty("java.class.path")));
            JavaCompiler.CompilationTask task = compiler.getTask(
                    null, files, diagnostics, options, null, files.getJavaFileObjectsFromPaths(sources));
            task.setProcessors(List.of(make()));
            task.call();
        }
        return judgement(diagnostics.getDiagnostics());
    }

    private static Judgement judgement(List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        List<Finding> findings = new ArrayList<>();
        Set<Path> judged = new HashSet<>();
        for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics) {
            String message = diagnostic.getMessage(Locale.ROOT);
            Matcher judges = JUDGES.matcher(message);
            if (judges.matches()) {
                judged.add(Path.of(judges.group(1)).toAbsolutePath());
            } else if (diagnostic.getKind() != Diagnostic.Kind.NOTE) {
                Matcher keyed = KEY.matcher(message);
                boolean hasKey = keyed.matches();
                JavaFileObject source = diagnostic.getSource();
                findings.add(new Finding(
                        source == null ? "" : Path.of(source.toUri()).toString(),
                        diagnostic.getLineNumber(),
                        hasKey ? keyed.group(1) : diagnostic.getCode(),
                        hasKey ? keyed.group(2) : message));
            }
        }
        findings.sort(Comparator.comparing(Finding::file).thenComparing(Finding::line));
        return new Judgement(findings, judged);
    }

    /** What a checker says. */
    record Judgement(List<Finding> findings, Set<Path> judged) {}

    /**
     * Something that is wrong.
     *
     * @param file empty if it is about no file
     * @param key the checker's name of the rule; the compiler's, where that complains
     */
    record Finding(String file, long line, String key, String message) {
        @Override
        public String toString() {
            return file + ":" + line + ": [" + key + "] " + message;
        }
    }
}
