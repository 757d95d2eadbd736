package dev.gaugeblock.explore.audit;

import dev.gaugeblock.explore.execution.ExploringScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Classes in which each announcement of an access to a word can be left out: every place that calls a word. */
public final class LeavingOut {
    private static final Path CLASSES = Path.of("target/classes");
    private static final List<String> KERNEL = List.of("mm", "highmem", "reclaim", "pagebuf");
    private static final String SWITCH = Type.getInternalName(LeftOut.class);

    private final List<String> places = new ArrayList<>();
    private final Map<String, byte[]> classes = new HashMap<>();

    public LeavingOut() throws IOException {
        for (String kernel : KERNEL) {
            try (Stream<Path> files =
                    Files.list(CLASSES.resolve("dev/gaugeblock").resolve(kernel))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                        .sorted()
                        .toList()) {
                    change(Files.readAllBytes(file));
                }
            }
        }
        Path scheduler = CLASSES.resolve(Type.getInternalName(ExploringScheduler.class) + ".class");
        change(Files.readAllBytes(scheduler));
    }

    /** Each place, as a message names it; its index is its number. */
    public List<String> places() {
        return places;
    }

    /** The changed classes, by name. */
    public Map<String, byte[]> classes() {
        return classes;
    }

    private void change(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        String name = reader.getClassName().replace('/', '.');
        reader.accept(new Marked(writer, name), 0);
        classes.put(name, writer.toByteArray());
    }

    /** Whether a call may announce an access to a word. */
    private static boolean announces(String owner, String descriptor, String method) {
        String arguments = descriptor.substring(0, descriptor.indexOf(')'));
        boolean ofTask = arguments.contains("machine/Task;") || arguments.contains("machine/Waiter;");
        return Instrumenter.WORDS.contains(owner) && ofTask && !method.equals("<init>");
    }

    private final class Marked extends ClassVisitor {
        private final String type;

        Marked(ClassVisitor next, String type) {
            super(Opcodes.ASM9, next);
            this.type = type;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
            return type.equals(ExploringScheduler.class.getName())
                    ? new Asked(next, method, descriptor)
                    : new Calling(next, method);
        }

        /** Tells the switch of each call of a word. */
        private final class Calling extends MethodVisitor {
            private final String method;
            private int line;

            Calling(MethodVisitor next, String method) {
                super(Opcodes.ASM9, next);
                this.method = method;
            }

            @Override
            public void visitLineNumber(int number, Label start) {
                line = number;
                super.visitLineNumber(number, start);
            }

            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String called, String descriptor, boolean isInterface) {
                boolean announces = announces(owner, descriptor, called);
                if (announces) {
                    super.visitLdcInsn(places.size());
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, SWITCH, "enter", "(I)V", false);
                    places.add(type.substring("dev.gaugeblock.".length()) + "." + method + ":" + line + " "
                            + owner.substring(owner.lastIndexOf('/') + 1) + "." + called);
                }
                super.visitMethodInsn(opcode, owner, called, descriptor, isInterface);
                if (announces) {
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, SWITCH, "exit", "()V", false);
                }
            }
        }

        /** Has the explorer look at the switch before it stops. */
        private final class Asked extends MethodVisitor {
            private final boolean asked;

            Asked(MethodVisitor next, String method, String descriptor) {
                super(Opcodes.ASM9, next);
                asked = method.equals("beforeAccess") && Type.getArgumentTypes(descriptor).length == 4;
            }

            @Override
            public void visitCode() {
                super.visitCode();
                if (asked) {
                    Label goesOn = new Label();
                    super.visitVarInsn(Opcodes.ALOAD, 0);
                    super.visitFieldInsn(
                            Opcodes.GETFIELD, Type.getInternalName(ExploringScheduler.class), "running", "Z");
                    super.visitJumpInsn(Opcodes.IFEQ, goesOn);
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, SWITCH, "isLeftOut", "()Z", false);
                    super.visitJumpInsn(Opcodes.IFEQ, goesOn);
                    super.visitInsn(Opcodes.RETURN);
                    super.visitLabel(goesOn);
                    super.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
                }
            }
        }
    }
}
