package dev.gaugeblock.explore.audit;

import dev.gaugeblock.machine.AtomicWord;
import dev.gaugeblock.machine.Semaphore;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.Tlb;
import dev.gaugeblock.machine.WaitQueue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Puts a call of {@link Hooks} before each instruction of a class file that touches data which tasks may share. */
final class Instrumenter {
    /** Where the class files come from. */
    interface Source {
        /** The class file, or {@code null} if the class is none of the explored code's. */
        byte @Nullable [] classFile(String internalName);
    }

    /** The packages of the explored code. */
    private static final List<String> EXPLORED = List.of(
            "dev/gaugeblock/machine/",
            "dev/gaugeblock/mm/",
            "dev/gaugeblock/highmem/",
            "dev/gaugeblock/reclaim/",
            "dev/gaugeblock/pagebuf/",
            "dev/gaugeblock/explore/harness/");

    /**
     * What is trusted instead: that a lock excludes, and that interrupts are off when they are; and another engine's
     * scheduler.
     */
    private static final List<String> TRUSTED = List.of(
            "dev/gaugeblock/machine/SpinLock",
            "dev/gaugeblock/machine/StoreBuffer",
            "dev/gaugeblock/machine/Interrupts",
            "dev/gaugeblock/machine/Scheduler",
            "dev/gaugeblock/machine/SequentialScheduler",
            "dev/gaugeblock/explore/harness/InvariantChecker",
            "dev/gaugeblock/explore/harness/InvariantCatalogue",
            "dev/gaugeblock/explore/harness/pathfinder/");

    /** The classes of {@code machine} whose fields change in announced steps alone. */
    static final Set<String> WORDS = Set.of(
            Type.getInternalName(SharedWord.class),
            Type.getInternalName(AtomicWord.class),
            Type.getInternalName(Semaphore.class),
            Type.getInternalName(WaitQueue.class),
            Type.getInternalName(Tlb.class));

    private final Sites sites;
    private final Source source;
    private final Map<String, @Nullable ClassFacts> facts = new HashMap<>();

    Instrumenter(Sites sites, Source source) {
        this.sites = sites;
        this.source = source;
    }

    /** Whether an object is a word of {@code machine}. */
    static boolean isWord(Object object) {
        return object instanceof SharedWord
                || object instanceof AtomicWord
                || object instanceof Semaphore
                || object instanceof WaitQueue
                || object instanceof Tlb;
    }

    /** Whether a class, by its internal name, is to be instrumented. */
    static boolean isExplored(String internalName) {
        for (String trusted : TRUSTED) {
            if (internalName.equals(trusted)
                    || internalName.startsWith(trusted + "$")
                    || trusted.endsWith("/") && internalName.startsWith(trusted)) {
                return false;
            }
        }
        for (String explored : EXPLORED) {
            if (internalName.startsWith(explored)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The class file with the calls.
     *
     * @throws UnauditableException if it does what cannot be audited
     */
    synchronized byte[] instrument(byte[] classFile) throws UnauditableException {
        ClassFacts own = ClassFacts.of(classFile);
        facts.put(own.name(), own);
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        try {
            reader.accept(new AuditedClass(writer, own), 0);
        } catch (Unauditable e) {
            throw new UnauditableException(e.why);
        }
        sites.instrumented(own.changingFields());
        return writer.toByteArray();
    }

    /** The facts about a class of the explored code, {@code null} for any other. */
    private @Nullable ClassFacts factsOf(String internalName) {
        if (!facts.containsKey(internalName)) {
            byte[] classFile = source.classFile(internalName);
            facts.put(internalName, classFile == null ? null : ClassFacts.of(classFile));
        }
        return facts.get(internalName);
    }

    /** The class that declares a field: the one that an instruction names, or one that it extends. */
    private @Nullable ClassFacts declares(String owner, String field) {
        ClassFacts at = factsOf(owner);
        while (at != null && at.accessOf(field) == null) {
            String above = at.superName();
            at = above == null ? null : factsOf(above);
        }
        return at;
    }

    /** Leaves a visitor, which may throw nothing that is checked. */
    private static final class Unauditable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String why;

        Unauditable(String why) {
            this.why = why;
        }
    }

    private final class AuditedClass extends ClassVisitor {
        private final ClassFacts own;

        AuditedClass(ClassVisitor next, ClassFacts own) {
            super(Opcodes.ASM9, next);
            this.own = own;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean inGhost = own.isGhostMethod(name, descriptor) || name.equals("<clinit>");
            return new AuditedMethod(next, new Context(own, name, access, inGhost));
        }
    }

    /** What a method's visitor asks for: the method that it is in, and numbers for the sites. */
    final class Context {
        final ClassFacts own;
        final String method;
        final int access;
        private final boolean inGhost;

        Context(ClassFacts own, String method, int access, boolean inGhost) {
            this.own = own;
            this.method = method;
            this.access = access;
            this.inGhost = inGhost;
        }

        /** The class that declares a field, {@code null} if it is none of ours. */
        @Nullable
        ClassFacts declaring(String owner, String field) {
            return declares(owner, field);
        }

        /** Whether a method is a ghost's that gives something back. */
        boolean givesGhost(String owner, String name, String called) {
            ClassFacts at = factsOf(owner);
            return !inGhost
                    && at != null
                    && at.isGhostMethod(name, called)
                    && !called.endsWith(")V")
                    && !name.equals("<init>");
        }

        /** Whether a class is one of the explored code's. */
        boolean isExplored(String owner) {
            return factsOf(owner) != null;
        }

        boolean isWord() {
            return WORDS.contains(own.name());
        }

        int site(int line, String target, boolean writes, boolean ghost, boolean ofWord) {
            boolean makes = method.equals("<init>");
            return sites.add(new Site(
                    own.name().replace('/', '.'), method, line, target, writes, makes, ghost, inGhost, ofWord));
        }

        /** Gives the class up. */
        RuntimeException unauditable(int line, String why) {
            return new Unauditable("line " + line + ": " + why);
        }
    }
}
