package dev.gaugeblock;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Where each name of the kernel has its place: the class, method or field whose comment names it as
 * <code>{@code name}</code> in its first sentence. Later sentences may speak of others.
 */
final class KernelNames {
    /** What looks like a name of the kernel: {@code zone_watermark_ok}, {@code _count}. */
    private static final Pattern KERNEL_LIKE = Pattern.compile("_*[A-Za-z][A-Za-z0-9]*_\\w+|_+[a-z]\\w+");

    private final Map<String, Set<String>> places = new TreeMap<>();

    private KernelNames() {}

    /** Reads the sources below each of the folders. */
    static KernelNames in(List<Path> folders) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        KernelNames names = new KernelNames();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
            DocTrees comments = DocTrees.instance(task);
            for (CompilationUnitTree source : task.parse()) {
                String folder = source.getPackageName().toString().replaceFirst(".*\\.", "");
                names.new Members(comments, folder).scan(source, "");
            }
        }
        return names;
    }

    /** The members that claim a name, as {@code mm/Zone.lock} or {@code mm/Zonelist}; none if nobody does. */
    Set<String> placesOf(String name) {
        return places.getOrDefault(name, Set.of());
    }

    /** All names that somebody claims and that look like the kernel's. */
    Set<String> all() {
        Set<String> all = new TreeSet<>(places.keySet());
        all.removeIf(name -> !KERNEL_LIKE.matcher(name).matches());
        return all;
    }

    /** Walks over the members of a source; what it is given is the class that they are in, with a dot, or nothing. */
    private final class Members extends TreePathScanner<Void, String> {
        private final DocTrees comments;
        private final String folder;

        Members(DocTrees comments, String folder) {
            this.comments = comments;
            this.folder = folder;
        }

        @Override
        public Void visitClass(ClassTree tree, String outer) {
            String name = outer + tree.getSimpleName();
            claim(name);
            return super.visitClass(tree, name + ".");
        }

        @Override
        public Void visitMethod(MethodTree tree, String outer) {
            claim(tree.getName().contentEquals("<init>") ? withoutDot(outer) : outer + tree.getName());
            return null; // what is declared inside a method is no member
        }

        @Override
        public Void visitVariable(VariableTree tree, String outer) {
            if (getCurrentPath().getParentPath().getLeaf().getKind() != Tree.Kind.METHOD) {
                claim(outer + tree.getName());
            }
            return null;
        }

        private String withoutDot(String outer) {
            return outer.substring(0, outer.length() - 1);
        }

        private void claim(String member) {
            DocCommentTree comment = comments.getDocCommentTree(getCurrentPath());
            if (comment == null) {
                return;
            }
            for (DocTree part : comment.getFirstSentence()) {
                if (part.getKind() == DocTree.Kind.CODE) {
                    String name = ((LiteralTree) part).getBody().getBody().strip();
                    places.computeIfAbsent(name, key -> new TreeSet<>()).add(folder + "/" + member);
                }
            }
        }
    }
}
