package dev.gaugeblock.explore.audit;

import org.checkerframework.checker.nullness.qual.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Instruments one method. Only instructions that leave the stack as it was are added, and no branches, so the frames of
 * the class file stay right.
 */
final class AuditedMethod extends MethodVisitor {
    private static final String HOOKS = Type.getInternalName(Hooks.class);
    private static final String OBJECT_AND_SITE = "(Ljava/lang/Object;I)V";

    private final Instrumenter.Context context;
    private final boolean isOwned;
    private int line;
    /** In a constructor: whether the object is not there yet, and how many others are being made meanwhile. */
    private boolean beforeSuper;

    private int making;

    AuditedMethod(MethodVisitor next, Instrumenter.Context context) {
        super(Opcodes.ASM9, next);
        this.context = context;
        this.beforeSuper = context.method.equals("<init>");
        this.isOwned = context.isWord() && context.method.endsWith("Owned") && !isStatic();
    }

    private boolean isStatic() {
        return (context.access & Opcodes.ACC_STATIC) != 0;
    }

    private void hook(String name, String descriptor) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, name, descriptor, false);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (isOwned) {
            super.visitVarInsn(Opcodes.ALOAD, 0);
            hook("enterOwned", "(Ljava/lang/Object;)V");
        }
    }

    @Override
    public void visitLineNumber(int newLine, Label start) {
        line = newLine;
        super.visitLineNumber(newLine, start);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        making += beforeSuper && opcode == Opcodes.NEW ? 1 : 0;
        super.visitTypeInsn(opcode, type);
        if (opcode == Opcodes.ANEWARRAY) {
            made();
        }
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        super.visitIntInsn(opcode, operand);
        if (opcode == Opcodes.NEWARRAY) {
            made();
        }
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        super.visitMultiANewArrayInsn(descriptor, dimensions);
        made();
    }

    /** What lies on the stack is new. */
    private void made() {
        super.visitInsn(Opcodes.DUP);
        hook("made", "(Ljava/lang/Object;)V");
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        ClassFacts declaring = context.declaring(owner, name);
        Integer access = declaring == null ? null : declaring.accessOf(name);
        if (declaring != null && access != null && (access & Opcodes.ACC_SYNTHETIC) == 0) {
            boolean ghost = declaring.isGhostField(name);
            boolean isFinal = (access & Opcodes.ACC_FINAL) != 0;
            boolean tooEarly = beforeSuper && opcode == Opcodes.PUTFIELD;
            if (ghost && opcode == Opcodes.PUTFIELD && descriptor.length() > 1) {
                super.visitInsn(Opcodes.DUP);
                hook("makeGhost", "(Ljava/lang/Object;)V");
            }
            if (!tooEarly && (ghost || !isFinal)) {
                String target = simple(declaring.name()) + "." + name;
                boolean writes = opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC;
                boolean ofWord = Instrumenter.WORDS.contains(declaring.name());
                field(opcode, descriptor, context.site(line, target, writes, ghost, ofWord));
            }
        }
        super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    private void field(int opcode, String descriptor, int site) {
        switch (opcode) {
            case Opcodes.GETFIELD -> {
                super.visitInsn(Opcodes.DUP);
                access("read", OBJECT_AND_SITE, site);
            }
            case Opcodes.PUTFIELD -> putField(Type.getType(descriptor).getSize() == 2, site);
            case Opcodes.GETSTATIC -> access("readStatic", "(I)V", site);
            default -> access("writeStatic", "(I)V", site);
        }
    }

    /** Copies the object from below the value. */
    private void putField(boolean wide, int site) {
        if (wide) {
            super.visitInsn(Opcodes.DUP2_X1);
            super.visitInsn(Opcodes.POP2);
            super.visitInsn(Opcodes.DUP_X2);
        } else {
            super.visitInsn(Opcodes.DUP2);
            super.visitInsn(Opcodes.POP);
        }
        access("write", OBJECT_AND_SITE, site);
    }

    private void access(String hook, String descriptor, int site) {
        super.visitLdcInsn(site);
        hook(hook, descriptor);
    }

    @Override
    public void visitInsn(int opcode) {
        String element = elementOf(opcode);
        if (element != null && opcode <= Opcodes.SALOAD) {
            super.visitInsn(Opcodes.DUP2);
            access("readElement", "(Ljava/lang/Object;II)V", site("an element of " + element + "[]", false));
        } else if (element != null) {
            boolean wide = opcode == Opcodes.LASTORE || opcode == Opcodes.DASTORE;
            super.visitInsn(wide ? Opcodes.DUP2_X2 : Opcodes.DUP_X2);
            super.visitInsn(wide ? Opcodes.POP2 : Opcodes.POP);
            super.visitInsn(wide ? Opcodes.DUP2_X2 : Opcodes.DUP2_X1);
            access("writeElement", "(Ljava/lang/Object;II)V", site("an element of " + element + "[]", true));
        } else if (isOwned && opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            super.visitVarInsn(Opcodes.ALOAD, 0);
            hook("exitOwned", "(Ljava/lang/Object;)V");
        }
        super.visitInsn(opcode);
    }

    private int site(String target, boolean writes) {
        return context.site(line, target, writes, false, context.isWord());
    }

    /** The elements that an instruction loads or stores, or {@code null} if it does neither. */
    private static @Nullable String elementOf(int opcode) {
        return switch (opcode) {
            case Opcodes.IALOAD, Opcodes.IASTORE -> "int";
            case Opcodes.LALOAD, Opcodes.LASTORE -> "long";
            case Opcodes.FALOAD, Opcodes.FASTORE -> "float";
            case Opcodes.DALOAD, Opcodes.DASTORE -> "double";
            case Opcodes.AALOAD, Opcodes.AASTORE -> "Object";
            case Opcodes.BALOAD, Opcodes.BASTORE -> "byte or boolean";
            case Opcodes.CALOAD, Opcodes.CASTORE -> "char";
            case Opcodes.SALOAD, Opcodes.SASTORE -> "short";
            default -> null;
        };
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (owner.startsWith("[")) {
            super.visitInsn(Opcodes.DUP);
            access("readArray", OBJECT_AND_SITE, site("every element of an array", false));
        } else if (context.isExplored(owner) || owner.startsWith("dev/gaugeblock/")) {
            ours(opcode, owner, name, descriptor);
        } else if (!library(opcode, owner, name, descriptor)) {
            return;
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (opcode == Opcodes.INVOKESPECIAL && name.equals("<init>")) {
            boolean ownObject = beforeSuper && making == 0;
            if (beforeSuper) {
                beforeSuper = making > 0;
                making--;
            }
            if (ownObject) {
                super.visitVarInsn(Opcodes.ALOAD, 0);
                hook("made", "(Ljava/lang/Object;)V");
            } else if (LibraryCalls.isCollection(owner)) {
                made();
            }
        }
    }

    private void ours(int opcode, String owner, String name, String descriptor) {
        boolean inMachine = context.own.name().startsWith("dev/gaugeblock/machine/");
        if (!inMachine && owner.equals("dev/gaugeblock/machine/Scheduler") && name.equals("beforeAccess")) {
            access("announces", "(I)V", site("beforeAccess, which is for words of machine alone", true));
        }
        if (context.givesGhost(owner, name, descriptor)) {
            access("asksGhost", "(I)V", site("what " + simple(owner) + "." + name + " gives back", false));
        }
    }

    /** Instruments a call of the library; says whether it is still to be made. */
    private boolean library(int opcode, String owner, String name, String descriptor) {
        LibraryCalls.Effect effect = LibraryCalls.effect(owner, name, descriptor);
        if (effect == null) {
            throw context.unauditable(
                    line, "nobody says what " + owner.replace('/', '.') + "." + name + descriptor + " touches");
        }
        int arguments = Type.getArgumentTypes(descriptor).length;
        switch (effect) {
            case NONE -> {}
            case READS -> receiver(arguments, "readCollection", site("a collection", false));
            case WRITES -> receiver(arguments, "writeCollection", site("a collection", true));
            case READS_ARGUMENT -> receiver(0, "readCollection", site("a collection", false));
            case WRITES_ARGUMENT -> receiver(0, "writeCollection", site("a collection", true));
            case WRITES_AND_READS_ARGUMENT -> {
                receiver(0, "readCollection", site("a collection", false));
                receiver(arguments, "writeCollection", site("a collection", true));
            }
            case READS_ARRAY -> receiver(1, "readArray", site("every element of an array", false));
            case COPIES_ARRAY -> {
                int from = site("an element of an array", false);
                int to = site("an element of an array", true);
                super.visitLdcInsn(from);
                super.visitLdcInsn(to);
                hook("copy", "(Ljava/lang/Object;ILjava/lang/Object;IIII)V");
                return false;
            }
        }
        return true;
    }

    /** Copies what stands below some arguments, each of one word, and hands it over. */
    private void receiver(int argumentsAbove, String hook, int site) {
        switch (argumentsAbove) {
            case 0 -> super.visitInsn(Opcodes.DUP);
            case 1 -> {
                super.visitInsn(Opcodes.DUP2);
                super.visitInsn(Opcodes.POP);
            }
            case 2 -> {
                super.visitInsn(Opcodes.DUP2_X1);
                super.visitInsn(Opcodes.POP2);
                super.visitInsn(Opcodes.DUP_X2);
            }
            default -> throw context.unauditable(line, "a call with " + argumentsAbove + " arguments");
        }
        access(hook, OBJECT_AND_SITE, site);
    }

    private static String simple(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1).replace('$', '.');
    }
}
