package dev.gaugeblock.explore.jpf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Finds in one class file what Java PathFinder does not execute faithfully. Most of it does not fail there: it cuts
 * paths short or hides interleavings, and the answer is still "no errors detected". So the build has to find it.
 */
public final class JpfSubset extends ClassVisitor {
    /** One rule broken at one place. */
    public record Finding(String where, Rule rule, String what) {
        @Override
        public String toString() {
            return where + ": " + what + " [" + rule + ": " + rule.why + "]";
        }
    }

    /** What must not be, and why. */
    public enum Rule {
        CONCURRENT("java.util.concurrent is no scheduling point for JPF: interleavings are missed"),
        STREAM("JPF does not run java.util.stream; write a loop"),
        LAMBDA(
                "JPF names a lambda Outer$N as javac names nested classes, and runs the wrong body; write a named class"),
        RECORD_METHODS("a record's generated equals, hashCode and toString end JPF's path unseen; write all three"),
        PATTERN_SWITCH("a switch compiled to SwitchBootstraps ends JPF's path unseen"),
        INVOKEDYNAMIC("of invokedynamic, JPF is known to run string concatenation only"),
        NAMELESS_CLASS("anonymous and local classes, and the tables Outer$1 that javac makes for a switch over an enum,"
                + " collide with JPF's names for lambdas"),
        PRIVATE_IN_INTERFACE("JPF does not find private instance methods of interfaces"),
        MISSING_IN_JPF("JPF's class library lacks it"),
        CLOCK("a clock value that is kept in the state multiplies the states"),
        CHANCE("chance belongs to the engine, not to the code that it explores"),
        MUTABLE_STATIC("static state outlives a run and is shared by all threads: every access is a scheduling point"),
        NEVER_BREAK_NAME(
                "JPF never switches threads in *.*Locked and *.*Owned: only methods may end so, or races hide");

        private final String why;

        Rule(String why) {
            this.why = why;
        }
    }

    private static final Set<String> MISSING_CALLS = Set.of(
            "java/lang/String.strip",
            "java/lang/String.isBlank",
            "java/lang/String.formatted",
            "java/lang/String.join",
            "java/lang/String.format",
            "java/lang/StringBuilder.insert");

    private static final Set<String> CLOCK_CALLS =
            Set.of("java/lang/System.currentTimeMillis", "java/lang/System.nanoTime");

    private static final Map<String, Rule> BOOTSTRAPS = Map.of(
            "java/lang/invoke/LambdaMetafactory", Rule.LAMBDA,
            "java/lang/runtime/ObjectMethods", Rule.RECORD_METHODS,
            "java/lang/runtime/SwitchBootstraps", Rule.PATTERN_SWITCH);

    private static final String STRING_CONCAT = "java/lang/invoke/StringConcatFactory";

    private final List<Finding> findings = new ArrayList<>();
    private String className = "?";
    private boolean isInterface;

    private JpfSubset() {
        super(Opcodes.ASM9);
    }

    public static List<Finding> findings(byte[] classFile) {
        JpfSubset subset = new JpfSubset();
        new ClassReader(classFile).accept(subset, ClassReader.SKIP_FRAMES);
        return subset.findings;
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        className = name.replace('/', '.');
        isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
        for (String part : name.split("[/$]")) {
            if (part.endsWith("Locked") || part.endsWith("Owned")) {
                found(className, Rule.NEVER_BREAK_NAME, "the name " + part);
            }
            if (!part.isEmpty() && Character.isDigit(part.charAt(0))) {
                found(className, Rule.NAMELESS_CLASS, "the class file's name");
            }
        }
        type(className, superName);
        for (String each : interfaces) {
            type(className, each);
        }
    }

    @Override
    public void visitOuterClass(String owner, String name, String descriptor) {
        found(className, Rule.NAMELESS_CLASS, "lies inside a method of " + owner.replace('/', '.'));
    }

    @Override
    @SuppressWarnings("nullness:override.return") // ASM takes null for "nothing to visit".
    public @Nullable FieldVisitor visitField(
            int access, String name, String descriptor, String signature, Object value) {
        String where = className + "." + name;
        if ((access & Opcodes.ACC_STATIC) != 0 && (access & Opcodes.ACC_FINAL) == 0) {
            found(where, Rule.MUTABLE_STATIC, "a static field that is not final");
        }
        descriptor(where, descriptor);
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        String where = className + "." + name;
        if (isInterface && (access & Opcodes.ACC_PRIVATE) != 0 && (access & Opcodes.ACC_STATIC) == 0) {
            found(where, Rule.PRIVATE_IN_INTERFACE, "a private instance method in an interface");
        }
        descriptor(where, descriptor);
        if (exceptions != null) {
            for (String each : exceptions) {
                type(where, each);
            }
        }
        return new Body(where);
    }

    private void found(String where, Rule rule, String what) {
        findings.add(new Finding(where, rule, what));
    }

    /** A class or array type, as an instruction names it. */
    private void type(String where, String internalName) {
        if (internalName == null) { // Object has no superclass, and a finally block no type
            return;
        }
        if (internalName.startsWith("[")) {
            descriptor(where, internalName);
            return;
        }
        String name = internalName.replace('/', '.');
        if (internalName.startsWith("java/util/concurrent/")) {
            found(where, Rule.CONCURRENT, "uses " + name);
        } else if (internalName.startsWith("java/util/stream/")) {
            found(where, Rule.STREAM, "uses " + name);
        } else if (internalName.equals("java/lang/ThreadLocal")) {
            found(where, Rule.MISSING_IN_JPF, "uses " + name);
        } else if (internalName.equals("java/util/Random")) {
            found(where, Rule.CHANCE, "uses " + name);
        }
    }

    private void descriptor(String where, String descriptor) {
        type(where, Type.getType(descriptor));
    }

    private void type(String where, Type type) {
        switch (type.getSort()) {
            case Type.METHOD -> {
                type(where, type.getReturnType());
                for (Type each : type.getArgumentTypes()) {
                    type(where, each);
                }
            }
            case Type.ARRAY -> type(where, type.getElementType());
            case Type.OBJECT -> type(where, type.getInternalName());
            default -> {}
        }
    }

    /** The instructions of one method. */
    private final class Body extends MethodVisitor {
        private final String method;
        private String where;

        Body(String method) {
            super(Opcodes.ASM9);
            this.method = method;
            this.where = method;
        }

        @Override
        public void visitLineNumber(int line, Label start) {
            where = method + ", line " + line;
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            type(where, type);
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            descriptor(where, descriptor);
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
            type(where, type);
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof Type type) {
                type(where, type);
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            type(where, owner);
            descriptor(where, descriptor);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            type(where, owner);
            descriptor(where, descriptor);
            String called = owner + "." + name;
            if (MISSING_CALLS.contains(called)) {
                found(where, Rule.MISSING_IN_JPF, "calls " + called.replace('/', '.'));
            } else if (CLOCK_CALLS.contains(called)) {
                found(where, Rule.CLOCK, "calls " + called.replace('/', '.'));
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            descriptor(where, descriptor);
            String owner = bootstrap.getOwner();
            if (!owner.equals(STRING_CONCAT)) {
                found(
                        where,
                        BOOTSTRAPS.getOrDefault(owner, Rule.INVOKEDYNAMIC),
                        "invokedynamic of " + owner.replace('/', '.'));
            }
        }
    }
}
