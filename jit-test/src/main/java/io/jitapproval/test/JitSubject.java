package io.jitapproval.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who calls in a {@link JitTest}: the subject of annotated methods, and of attempts that name none. The nearest one counts: on
 * the method, on its class, on an enclosing class. Without any it is {@code user/ana} without roles.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface JitSubject {

    /**
     * The subject's type.
     *
     * @return the type; by default {@code user}
     */
    String type() default "user";

    /**
     * The subject's id.
     *
     * @return the id; by default {@code ana}
     */
    String id() default "ana";

    /**
     * What policy sees as {@code subject.roles}.
     *
     * @return the roles; by default none
     */
    String[] roles() default {};
}
