package io.jitapproval.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which policy a {@link JitTest} runs under: a resource of the class path, or a document written right here. The nearest one
 * counts: on the method, on its class, on an enclosing class. Without any it is the resource {@value JitTest#DEFAULT_POLICY},
 * or {@value JitTest#OTHER_DEFAULT_POLICY} if that is not there.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface JitPolicy {

    /**
     * The resource, without a leading slash.
     *
     * @return its name; empty if the document is written here
     */
    String value() default "";

    /**
     * The document itself.
     *
     * @return a policy in JSON or YAML; empty if a resource is named
     */
    String text() default "";
}
