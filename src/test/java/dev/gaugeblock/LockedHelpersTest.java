package dev.gaugeblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.fixtures.jpf.SilentHelper;
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
    private static final String DISCREET = "dev/gaugeblock/machine/Discreet";
    private static final String TASK = "dev/gaugeblock/machine/Task";
    private static final String GUARD_SATISFIED = "Lorg/checkerframework/checker/lock/qual/GuardSatisfied;";

    /** Helpers, and who calls each; both as "Class.method(descriptor)". */
    private final Set<String> helpers = new TreeSet<>();

    private final TreeMap<String, Set<String>> callers = new TreeMap<>();

    /** Methods ...Locked of what is discreet that others can call, and how many; and those that do not say so. */
    private int telling;

    private final Set<String> silent = new TreeSet<>();
    /** Methods that say more or less often that they begin than that they end. */
    private final Set<String> uneven = new TreeSet<>();

    @Test
    void shouldSayWhatIsLookedIntoAndWhatIsLearned() throws IOException, URISyntaxException {
        shouldBeCalledUnderTheLockAlone();
        assertEquals(Set.of(), silent);
        assertEquals(Set.of(), uneven);
        assertTrue(telling > 12, telling + " methods look into what is discreet");
    }

    @Test
    void shouldFindAMethodThatDoesNotSayWhatItLooksInto() throws IOException {
        try (var in = SilentHelper.class.getResourceAsStream("SilentHelper.class")) {
            read(in.readAllBytes());
        }
        assertEquals(Set.of("SilentHelper.countLocked(Ldev/gaugeblock/machine/Task;)I"), silent);
        assertEquals(
                Set.of(
                        "SilentHelper.earlyLocked(Ldev/gaugeblock/machine/Task;)I",
                        "SilentHelper.endless(Ldev/gaugeblock/machine/Task;)V"),
                uneven);
    }

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
                    private boolean isDiscreet;

                    @Override
                    public void visit(
                            int version,
                            int access,
                            String name,
                            String signature,
                            String superName,
                            String[] interfaces) {
                        isDiscreet = List.of(interfaces).contains(DISCREET);
                    }

                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return new Body(owner + "." + name + descriptor, access, isDiscreet);
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
        private final boolean isLookingIn;
        /** Whether it has looked in, how often a method began so far, less how often one ended, and returns. */
        private boolean looks;

        private int under;
        private int returns;

        Body(String method, int access, boolean isDiscreet) {
            super(Opcodes.ASM9);
            this.method = method;
            this.isPrivate = (access & Opcodes.ACC_PRIVATE) != 0;
            boolean isReal = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_SYNTHETIC)) == 0;
            this.isLookingIn = isDiscreet
                    && isReal
                    && !isPrivate
                    && method.substring(0, method.indexOf('(')).endsWith("Locked");
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
                returns++;
                note(under != 0 || looks && returns > 1, uneven);
            }
        }

        @Override
        public void visitEnd() {
            telling += isLookingIn ? 1 : 0;
            note(isLookingIn && !looks, silent);
            note(under != 0, uneven);
        }

        private void note(boolean isWrong, Set<String> where) {
            if (isWrong) {
                where.add(method);
            }
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
            if (owner.equals(TASK)) {
                boolean begins = name.equals("asks") || name.equals("looksInto");
                looks |= begins;
                under += begins ? 1 : name.equals("learns") ? -1 : 0;
            }
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
