package dev.gaugeblock.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.platform.commons.annotation.Testable;

/**
 * On a class: each file of events that it names is a test of the project, judged by what any correct allocator keeps
 * to ({@code spec/events.md}). A file that breaks a rule fails with line, rule and blocks; so does one that cannot be
 * read, or that has nothing to judge.
 */
@Documented
@Testable
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ContractTraces {
    /**
     * {@return folders with {@code .jsonl} and {@code .jsonl.gz} files, or such files; a relative one is looked for in
     * the folder that the tests run in}
     */
    String[] value();
}
