package dev.gaugeblock.machine;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what a machine would not have: data that only invariants, messages and dumps read, and the methods that keep
 * them.
 *
 * <p>Tasks may change ghosts without a lock, as no task ever decides anything by them. So only methods that are ghosts
 * themselves may touch them while programs run, and they give nothing back; the audit holds both against the code
 * ({@code docs/audit.md}). Changes by several tasks must commute, as far as the invariants that read them can tell.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Ghost {
    /**
     * {@return on a field or class: who reads it, and why changes to it commute, in a sentence} A method needs no
     * reason.
     */
    String value() default "";
}
