package dev.gaugeblock.report;

import dev.gaugeblock.report.result.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Where a method of ours stands in the sources, as its class file says. */
final class SourceLines {
    private static final String SOURCES = "src/main/java/";

    private SourceLines() {}

    /** The line of its first statement. */
    static Place of(Method method) {
        Class<?> type = method.getDeclaringClass();
        String name = type.getName().replace('.', '/');
        FirstLine first = new FirstLine(method);
        try (InputStream bytes = type.getResourceAsStream("/" + name + ".class")) {
            if (bytes == null) {
                throw new IllegalStateException("there is no class file of " + type);
            }
            new ClassReader(bytes).accept(first, ClassReader.SKIP_FRAMES);
        } catch (IOException e) {
            throw new UncheckedIOException("the class file of " + type, e);
        }
        return new Place(SOURCES + name + ".java", first.line);
    }

    /** Looks for the first line number of a method. */
    private static final class FirstLine extends ClassVisitor {
        private final String name;
        private final String descriptor;
        private int line;

        FirstLine(Method method) {
            super(Opcodes.ASM9);
            this.name = method.getName();
            this.descriptor = Type.getMethodDescriptor(method);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String visited, String type, String signature, String[] exceptions) {
            boolean isWanted = visited.equals(name) && type.equals(descriptor);
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitLineNumber(int number, Label start) {
                    if (isWanted && line == 0) {
                        line = number;
                    }
                }
            };
        }
    }
}
