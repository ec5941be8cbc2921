package dev.nla.train.config.setting;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares one setting on a record component; the component's name in snake_case is the key. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** The default {@link #value()} of a setting that the user has to give. */
    String REQUIRED = "(required)";

    /** The default as a user would write it; for an optional setting the word that stands for "not set". */
    String value() default REQUIRED;

    /** Allowed numbers as an interval such as {@code [0, 1)} or {@code (0, inf)}; empty when any number will do. */
    String range() default "";

    /** What the setting does, in one line. */
    String meaning();

    /** Whether a resumed run may have another value than it was started with. */
    boolean mayChange() default false;
}
