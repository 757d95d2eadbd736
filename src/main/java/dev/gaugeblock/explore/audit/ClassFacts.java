package dev.gaugeblock.explore.audit;

import dev.gaugeblock.machine.Ghost;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What the instrumenter must know of a class to judge what others do with it: its fields, and what of it is a ghost.
 */
final class ClassFacts extends ClassVisitor {
    private static final String GHOST = Type.getDescriptor(Ghost.class);

    private final Map<String, Integer> fields = new HashMap<>();
    private final Set<String> ghostFields = new HashSet<>();
    private final Set<String> ghostMethods = new HashSet<>();
    private String name = "";
    private @Nullable String superName;
    private boolean ghost;

    private ClassFacts() {
        super(Opcodes.ASM9);
    }

    static ClassFacts of(byte[] classFile) {
        ClassFacts facts = new ClassFacts();
        new ClassReader(classFile).accept(facts, ClassReader.SKIP_CODE);
        return facts;
    }

    String name() {
        return name;
    }

    @Nullable
    String superName() {
        return superName;
    }

    /** Access flags of a field that the class itself declares, or {@code null}. */
    @Nullable
    Integer accessOf(String field) {
        return fields.get(field);
    }

    /** Fields that may change. */
    int changingFields() {
        int changing = 0;
        for (int access : fields.values()) {
            changing += (access & Opcodes.ACC_FINAL) == 0 ? 1 : 0;
        }
        return changing;
    }

    boolean isGhostField(String field) {
        return ghost || ghostFields.contains(field);
    }

    boolean isGhostMethod(String method, String descriptor) {
        return ghost || ghostMethods.contains(method + descriptor);
    }

    @Override
    public void visit(int version, int access, String ownName, String signature, String ownSuper, String[] interfaces) {
        name = ownName;
        superName = ownSuper;
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        ghost |= descriptor.equals(GHOST);
        return super.visitAnnotation(descriptor, visible);
    }

    @Override
    public FieldVisitor visitField(int access, String field, String descriptor, String signature, Object value) {
        fields.put(field, access);
        return new FieldVisitor(Opcodes.ASM9) {
            @Override
            public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                if (annotation.equals(GHOST)) {
                    ghostFields.add(field);
                }
                return super.visitAnnotation(annotation, visible);
            }
        };
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, String signature, String[] exceptions) {
        return new MethodVisitor(Opcodes.ASM9) {
            @Override
            public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                if (annotation.equals(GHOST)) {
                    ghostMethods.add(method + descriptor);
                }
                return super.visitAnnotation(annotation, visible);
            }
        };
    }
}
