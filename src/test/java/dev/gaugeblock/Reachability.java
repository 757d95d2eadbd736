package dev.gaugeblock;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaFieldAccess.AccessType;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which classes and members can be reached from some roots: by calls, references and reads, by overriding what is
 * called, and by overriding what a library may call. A field that is only written is not reached.
 */
final class Reachability {
    private final Set<JavaClass> classes = new HashSet<>();
    private final Set<JavaMember> members = new HashSet<>();
    private final Deque<JavaMember> todo = new ArrayDeque<>();

    private Reachability() {}

    static Reachability from(JavaClasses all, Predicate<JavaMember> isRoot) {
        Reachability reachability = new Reachability();
        for (JavaClass each : all) {
            for (JavaMember member : each.getMembers()) {
                if (isRoot.test(member)) {
                    reachability.reach(member);
                }
            }
        }
        while (!reachability.todo.isEmpty()) {
            reachability.follow(reachability.todo.remove());
        }
        return reachability;
    }

    boolean reaches(JavaClass type) {
        return classes.contains(type);
    }

    boolean reaches(JavaMember member) {
        return members.contains(member);
    }

    private void reach(JavaMember member) {
        if (!isOurs(member.getOwner()) || !members.add(member)) {
            return;
        }
        todo.add(member);
        reach(member.getOwner());
        if (member instanceof JavaMethod method) {
            for (JavaClass sub : method.getOwner().getAllSubclasses()) {
                sub.tryGetMethod(method.getName(), names(method)).ifPresent(this::reach);
            }
        }
    }

    private static String[] names(JavaCodeUnit unit) {
        return unit.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith("dev.gaugeblock");
    }

    private void reach(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        if (!isOurs(element) || !classes.add(element)) {
            return;
        }
        element.getStaticInitializer().ifPresent(this::reach);
        for (JavaMethod method : element.getMethods()) {
            if (overridesALibrary(method)) {
                reach(method);
            }
        }
        element.getAllRawSuperclasses().forEach(this::reach);
        element.getAllRawInterfaces().forEach(this::reach);
        element.getEnclosingClass().ifPresent(this::reach);
        element.getAnnotations().forEach(each -> {
            reach(each.getRawType());
            each.getProperties().values().forEach(this::reachNamed);
        });
    }

    /** A class that an annotation names. */
    private void reachNamed(Object value) {
        if (value instanceof JavaClass type) {
            reach(type);
            type.tryGetConstructor().ifPresent(this::reach);
        } else if (value instanceof Object[] values) {
            for (Object each : values) {
                reachNamed(each);
            }
        }
    }

    private static boolean overridesALibrary(JavaMethod method) {
        Set<JavaClass> above = new HashSet<>(method.getOwner().getAllRawSuperclasses());
        above.addAll(method.getOwner().getAllRawInterfaces());
        return above.stream()
                .anyMatch(each -> !isOurs(each)
                        && each.tryGetMethod(method.getName(), names(method)).isPresent());
    }

    private void follow(JavaMember member) {
        member.getAllInvolvedRawTypes().forEach(this::reach);
        if (!(member instanceof JavaCodeUnit unit)) {
            return;
        }
        for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
            boolean writes = access instanceof JavaFieldAccess field && field.getAccessType() == AccessType.SET;
            reach(access.getTargetOwner());
            if (!writes) {
                target(access.getTarget());
            }
        }
        unit.getCodeUnitReferencesFromSelf().forEach(each -> target(each.getTarget()));
        unit.getReferencedClassObjects().forEach(each -> reach(each.getRawType()));
        unit.getInstanceofChecks().forEach(each -> reach(each.getRawType()));
    }

    private void target(AccessTarget target) {
        target.resolveMember().ifPresent(this::reach);
    }

    /**
     * What of some classes is not reached, by full names; what the compiler makes, and constants that it copies, aside.
     */
    Set<String> unreachedOf(JavaClasses candidates) {
        Set<String> dead = new TreeSet<>();
        for (JavaClass type : candidates) {
            if (!reaches(type) && !hasOnlyCopiedConstants(type)) {
                dead.add(type.getName());
                continue;
            }
            for (JavaMember member : type.getMembers()) {
                if (!reaches(member) && !isMadeByTheCompiler(member) && !isReadAsAField(member)) {
                    dead.add(member.getFullName());
                }
            }
        }
        return dead;
    }

    private static boolean hasOnlyCopiedConstants(JavaClass type) {
        return !type.getFields().isEmpty() && type.getMembers().stream().allMatch(Reachability::isMadeByTheCompiler);
    }

    /** An accessor of a record whose component is read past it. */
    private boolean isReadAsAField(JavaMember member) {
        return member.getOwner().isRecord()
                && member instanceof JavaMethod method
                && method.getRawParameterTypes().isEmpty()
                && method.getOwner()
                        .tryGetField(method.getName())
                        .filter(this::reaches)
                        .isPresent();
    }

    private static boolean isMadeByTheCompiler(JavaMember member) {
        boolean ofAnEnum =
                member.getOwner().isEnum() && Set.of("values", "valueOf").contains(member.getName());
        boolean hidden = member.getModifiers().contains(JavaModifier.SYNTHETIC);
        boolean noInstance = member.getName().equals("<init>")
                && member.getModifiers().contains(JavaModifier.PRIVATE)
                && ((JavaCodeUnit) member).getRawParameterTypes().isEmpty();
        return ofAnEnum || hidden || noInstance || isCopiedConstant(member);
    }

    /** Its readers have its value, and do not name it. */
    static boolean isCopiedConstant(JavaMember member) {
        if (!(member instanceof JavaField field)) {
            return false;
        }
        boolean fixed = field.getModifiers().containsAll(Set.of(JavaModifier.STATIC, JavaModifier.FINAL));
        return fixed && (field.getRawType().isPrimitive() || field.getRawType().isEquivalentTo(String.class));
    }
}
