package dev.gaugeblock.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.platform.commons.annotation.Testable;

/**
 * On a class: each litmus test that it names is a test of the project. All interleavings are explored, and one that is
 * wrong fails the test, with its steps as the message.
 *
 * <p>Only a test that holds passes. One that is violated, unexpected, or given up for want of budget fails; one that
 * the subject cannot do is aborted, with the reason; and the class fails if that is so of all of them. The words of the
 * attributes are those of the command {@code explore}.
 */
@Documented
@Testable
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface LitmusTests {
    /**
     * {@return folders with litmus files, files, or names of shipped tests; a relative one is looked for in the folder
     * that the tests run in, which is the project's with Maven and Gradle} Without any, and without {@link #text}, the
     * whole shipped suite.
     */
    String[] value() default {};

    /** {@return litmus tests as they would stand in files} */
    String[] text() default {};

    /**
     * {@return the name of the class of an allocator, as {@link Class#getName} has it, that implements
     * {@link dev.gaugeblock.api.Subject} or {@link dev.gaugeblock.api.FreeLists} and is on the class path of the tests;
     * without it, the reference is explored} It is a name since the audit loads that class, and those of the same jar
     * or folder, in a loader of its own: static fields there are not those that the test program sees.
     */
    String subject() default "";

    /**
     * {@return {@code contract}: what any correct allocator keeps to, the default for a {@link #subject}; {@code
     * linux}: also the sometimes, never, outcomes and known-bad of each test, the default for the reference}
     */
    String expect() default "";

    /** {@return {@code none}, {@code dpor} or {@code dpor+cache}; by default what the test says, else {@code dpor}} */
    String reduction() default "";

    /** {@return how other CPUs see what one writes: {@code sc}, sequentially consistent; there is no other yet} */
    String memory() default "sc";

    /**
     * {@return for each test, a number of executions, or a time as {@code 30s}, {@code 5m}, {@code 2h}; by default
     * there is no bound} A test that needs more fails.
     */
    String budget() default "";
}
