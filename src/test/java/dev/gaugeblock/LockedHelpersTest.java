package dev.gaugeblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.fixtures.jpf.UnlockedHelper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.TypePath;
import org.objectweb.asm.TypeReference;

/**
 * A private helper of what a lock guards may do without the ending ...Locked and its assertion: its receiver is
 * {@code @GuardSatisfied}, and only methods that have both call it, or other such helpers.
 */
class LockedHelpersTest {
    private static final List<String> GUARDED = List.of("mm", "highmem", "reclaim");
    private static final String GUARD_SATISFIED = "Lorg/checkerframework/checker/lock/qual/GuardSatisfied;";

    /** Helpers, and who calls each; both as "Class.method(descriptor)". */
    private final Set<String> helpers = new TreeSet<>();

    private final TreeMap<String, Set<String>> callers = new TreeMap<>();

    @Test
    void shouldBeCalledUnderTheLockAlone() throws IOException, URISyntaxException {
        Path root = ArchitectureTest.mainClasses().resolve("dev/gaugeblock");
        for (String each : GUARDED) {
            try (Stream<Path> files = Files.walk(root.resolve(each))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".class")).toList()) {
                    read(Files.readAllBytes(file));
                }
            }
        }
        assertEquals(List.of(), calledWithoutTheLock());
        assertTrue(
                helpers.stream().anyMatch(helper -> helper.startsWith("BuddyLists.expand(")),
                () -> "BuddyLists.expand is not among the helpers: " + helpers);
    }

    @Test
    void shouldFindACallerWithoutTheLock() throws IOException {
        try (var in = UnlockedHelper.class.getResourceAsStream("UnlockedHelper.class")) {
            read(in.readAllBytes());
        }
        assertEquals(
                List.of(
                        "UnlockedHelper.count()V calls UnlockedHelper.add()V, which has no assertion of its own",
                        "UnlockedHelper.lambda$later$0()V calls UnlockedHelper.add()V, which has no assertion of its own",
                        "nobody calls UnlockedHelper.unused()V"),
                calledWithoutTheLock());
    }

    private List<String> calledWithoutTheLock() {
        List<String> wrong = new ArrayList<>();
        for (String helper : helpers) {
            Set<String> of = callers.getOrDefault(helper, Set.of());
            if (of.isEmpty()) {
                wrong.add("nobody calls " + helper);
            }
            for (String caller : of) {
                String name = caller.substring(caller.indexOf('.') + 1, caller.indexOf('('));
                if (!helpers.contains(caller) && !name.endsWith("Locked")) {
                    wrong.add(caller + " calls " + helper + ", which has no assertion of its own");
                }
            }
        }
        return wrong;
    }

    private void read(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        String owner = simple(reader.getClassName());
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return new Body(owner + "." + name + descriptor, access);
                    }
                },
                ClassReader.SKIP_DEBUG);
    }

    private static String simple(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1);
    }

    /** Notes whether a method is such a helper, and whom it calls. */
    private final class Body extends MethodVisitor {
        private final String method;
        private final boolean isPrivate;

        Body(String method, int access) {
            super(Opcodes.ASM9);
            this.method = method;
            this.isPrivate = (access & Opcodes.ACC_PRIVATE) != 0;
        }

        @Override
        public AnnotationVisitor visitTypeAnnotation(int type, TypePath path, String descriptor, boolean visible) {
            boolean ofReceiver = new TypeReference(type).getSort() == TypeReference.METHOD_RECEIVER;
            String name = method.substring(0, method.indexOf('('));
            if (isPrivate && ofReceiver && descriptor.equals(GUARD_SATISFIED) && !name.endsWith("Locked")) {
                helpers.add(method);
            }
            return null;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            called(simple(owner) + "." + name + descriptor);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle handle) {
                    called(simple(handle.getOwner()) + "." + handle.getName() + handle.getDesc());
                }
            }
        }

        private void called(String target) {
            callers.computeIfAbsent(target, key -> new TreeSet<>()).add(method);
        }
    }
}
