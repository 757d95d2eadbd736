package dev.gaugeblock.explore.subject;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
 * Reads the class files of somebody's allocator: which of those at hand it needs, and what they do that goes past the
 * simulated machine, so that an explorer would neither see it nor be able to repeat it.
 */
final class SubjectScan {
    /** What is used, by the beginning of its name, and why that is no good. */
    private static final Map<String, String> FOREIGN = Map.of(
            "java/util/concurrent/", "the explorer does not see it: use the locks and words of dev.gaugeblock.machine",
            "java/lang/Thread", "the tasks of a litmus test are its only threads",
            "java/util/Timer", "the tasks of a litmus test are its only threads",
            "java/lang/Process", "an allocator starts none",
            "java/io/", "what an allocator does must not depend on files or streams",
            "java/net/", "what an allocator does must not depend on the network",
            "java/nio/", "what an allocator does must not depend on files",
            "java/util/Random", "an execution must be repeatable: it must not depend on chance",
            "java/time/", "an execution must be repeatable: it must not depend on the time");

    private static final Set<String> CLOCKS =
            Set.of("java/lang/System.nanoTime", "java/lang/System.currentTimeMillis", "java/lang/Math.random");
    private static final Set<String> MONITORS =
            Set.of("java/lang/Object.wait", "java/lang/Object.notify", "java/lang/Object.notifyAll");
    private static final String MONITOR = "the explorer does not see monitors: use dev.gaugeblock.machine.SpinLock";

    /** Tags in a class file's pool of constants. */
    private static final int CONSTANT_CLASS = 7;

    private static final int CONSTANT_NAME_AND_TYPE = 12;

    private final Map<String, byte[]> available;
    private final Map<String, byte[]> needed = new TreeMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Set<String> complaints = new TreeSet<>();

    private SubjectScan(Map<String, byte[]> available) {
        this.available = available;
    }

    /**
     * What an allocator needs of the classes at hand.
     *
     * @throws SubjectException if the class itself is not among them, or an invariant cannot be checked
     */
    static SubjectClasses of(String main, Map<String, byte[]> available) throws SubjectException {
        if (!available.containsKey(main)) {
            throw new SubjectException("there is no class " + main + " among " + available.size() + " classes");
        }
        SubjectScan scan = new SubjectScan(available);
        scan.need(main.replace('.', '/'));
        while (!scan.open.isEmpty()) {
            scan.read(scan.open.remove());
        }
        SubjectClasses found = new SubjectClasses(main, scan.needed, new ArrayList<>(scan.complaints));
        found.requireSoundInvariants();
        return found;
    }

    private void need(String internalName) {
        String name = internalName.replace('/', '.');
        byte[] bytes = available.get(name);
        if (bytes != null && needed.putIfAbsent(name, bytes) == null) {
            open.add(name);
        }
    }

    private void read(String name) throws SubjectException {
        try {
            ClassReader reader = new ClassReader(Objects.requireNonNull(needed.get(name), name));
            needAllNamed(reader);
            reader.accept(new Complaints(name), ClassReader.SKIP_FRAMES);
        } catch (IllegalArgumentException e) {
            throw new SubjectException("class " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The classes that a class file names, and those in the types of its fields and methods. */
    private void needAllNamed(ClassReader reader) {
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int item = 1; item < reader.getItemCount(); item++) {
            int offset = reader.getItem(item);
            int tag = offset == 0 ? 0 : reader.readByte(offset - 1);
            if (tag == CONSTANT_CLASS) {
                need(elementOf(reader.readUTF8(offset, buffer)));
            } else if (tag == CONSTANT_NAME_AND_TYPE) {
                needTypes(reader.readUTF8(offset + 2, buffer));
            }
        }
    }

    private void needTypes(String descriptor) {
        for (int at = descriptor.indexOf('L'); at >= 0; at = descriptor.indexOf('L', at + 1)) {
            int end = descriptor.indexOf(';', at);
            if (end > 0) {
                need(descriptor.substring(at + 1, end));
            }
        }
    }

    /** The class of an array's elements; of any other class, itself. */
    private static String elementOf(String name) {
        return name.startsWith("[") && name.endsWith(";")
                ? name.substring(name.lastIndexOf('[') + 2, name.length() - 1)
                : name;
    }

    private final class Complaints extends ClassVisitor {
        private final String type;

        Complaints(String type) {
            super(Opcodes.ASM9);
            this.type = type;
        }

        private void complain(int line, String what) {
            complaints.add("class " + type + (line > 0 ? ", line " + line : "") + ": " + what);
        }

        @Override
        @SuppressWarnings("nullness:override.return") // ASM takes null for "nothing to visit".
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, String signature, Object value) {
            needTypes(descriptor);
            boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
            if (isStatic && (access & (Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC)) == 0) {
                complain(
                        0,
                        "static field " + name + " would go from one execution into the next: make it a field of the"
                                + " object, or final");
            }
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                complain(0, "method " + name + " is synchronized: " + MONITOR);
            }
            return new Instructions(this);
        }
    }

    private static final class Instructions extends MethodVisitor {
        private final Complaints to;
        private int line;

        Instructions(Complaints to) {
            super(Opcodes.ASM9);
            this.to = to;
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.MONITORENTER) {
                to.complain(line, "synchronized: " + MONITOR);
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            String called = owner + "." + name;
            if (CLOCKS.contains(called)) {
                to.complain(line, shown(called) + ": an execution must be repeatable");
            } else if (MONITORS.contains(called)) {
                to.complain(line, shown(called) + ": " + MONITOR);
            } else {
                judge(owner, called);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle handle) {
                    judge(handle.getOwner(), handle.getOwner() + "." + handle.getName());
                }
            }
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.NEW) {
                judge(Type.getObjectType(type).getInternalName(), type);
            }
        }

        private void judge(String owner, String used) {
            FOREIGN.forEach((beginning, why) -> {
                if (owner.startsWith(beginning)) {
                    to.complain(line, shown(used) + ": " + why);
                }
            });
        }

        private static String shown(String internal) {
            return internal.replace('/', '.');
        }
    }
}
