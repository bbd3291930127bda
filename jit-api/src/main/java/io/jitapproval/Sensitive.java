package io.jitapproval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a parameter whose value is shown nowhere: not to approvers, not in a record, message, exception, metric or
 * {@code toString}. It is still part of what an approval is bound to, and a salted commitment in the record lets the
 * holder of the guard's commitment key prove later what it was.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Sensitive {}
