package dev.gaugeblock.course.grade;

import dev.gaugeblock.explore.subject.SourceCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;

/**
 * What the code of a submission may use: plain objects, {@code java.util}'s collections, the API and the simulated
 * machine. What could reach the grader, a file, another process or a thread is refused before anything runs. It is the
 * first of two walls; the process with its limits is the other.
 */
final class Permitted {
    /** Classes, by their internal names. */
    private static final String CLASSES = "java/lang/(Object|String|StringBuilder|CharSequence|Comparable|Iterable|Enum"
            + "|Record|Integer|Long|Short|Byte|Boolean|Character|Number|Math|Override|FunctionalInterface|SafeVarargs"
            + "|Deprecated|SuppressWarnings|System|Class|Cloneable|Throwable|[A-Za-z]*Exception|[A-Za-z]*Error|MatchException)"
            + "|java/lang/invoke/(LambdaMetafactory|StringConcatFactory|MethodHandles|MethodHandles\\$Lookup)"
            + "|java/lang/runtime/(ObjectMethods|SwitchBootstraps)"
            + "|java/util/(function|stream)/[A-Za-z$]+|java/util/[A-Z][A-Za-z$]*"
            + "|dev/gaugeblock/(api|machine)/[A-Za-z$]+|org/checkerframework/.*";

    private static final String REFUSED =
            "java/util/(Formatter|Scanner|ServiceLoader.*|Timer.*|Random|UUID|Properties|.*ResourceBundle.*|Date|Calendar|Base64.*)";

    /** Of classes of which not all may be used: the methods that may. */
    private static final Map<String, Set<String>> METHODS = Map.of(
            "java/lang/System", Set.of("arraycopy", "identityHashCode"),
            "java/lang/Class", Set.of("desiredAssertionStatus", "getName", "getSimpleName"),
            "java/lang/invoke/MethodHandles", Set.of());

    private static final int CLASS = 7;
    private static final int METHOD = 10;

    private Permitted() {}

    /** Empty if the sources below a folder compile, and use nothing else; or else what is wrong, for the student. */
    static String complaint(Path folder) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(each -> each.toString().endsWith(".java") && Files.isRegularFile(each))
                    .sorted()
                    .toList()) {
                sources.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        if (sources.isEmpty()) {
            return "there is no Java source in the folder " + folder.getFileName();
        }
        Map<String, byte[]> classes;
        try {
            classes = SourceCompiler.compile(sources, List.of());
        } catch (SourceCompiler.CompilationException e) {
            return "it does not compile: "
                    + String.valueOf(e.getMessage()).lines().limit(6).collect(Collectors.joining("; "));
        }
        Set<String> own =
                classes.keySet().stream().map(name -> name.replace('.', '/')).collect(Collectors.toSet());
        Set<String> foreign = new TreeSet<>();
        classes.forEach((name, file) -> foreign.addAll(foreign(new ClassReader(file), own)));
        return foreign.isEmpty()
                ? ""
                : "it uses " + String.join(", ", foreign)
                        + ": a submission may use java.util's collections, dev.gaugeblock.api and dev.gaugeblock.machine";
    }

    private static Set<String> foreign(ClassReader file, Set<String> own) {
        Set<String> found = new TreeSet<>();
        char[] buffer = new char[file.getMaxStringLength()];
        for (int i = 1; i < file.getItemCount(); i++) {
            int at = file.getItem(i);
            int tag = at == 0 ? 0 : file.readByte(at - 1);
            if (tag == CLASS) {
                String name = plain(file.readUTF8(at, buffer));
                boolean isFine =
                        own.contains(name) || name.length() == 1 || name.matches(CLASSES) && !name.matches(REFUSED);
                if (!isFine) {
                    found.add(name.replace('/', '.'));
                }
            } else if (tag == METHOD) {
                String owner = plain(file.readClass(at, buffer));
                String method = file.readUTF8(file.getItem(file.readUnsignedShort(at + 2)), buffer);
                Set<String> methods = METHODS.get(owner);
                if (methods != null && !methods.contains(method)) {
                    found.add(owner.replace('/', '.') + "." + method);
                }
            }
        }
        return found;
    }

    /** The class of an array's elements. */
    private static String plain(String name) {
        return name.startsWith("[") ? name.replaceFirst("^\\[+L?", "").replace(";", "") : name;
    }
}
