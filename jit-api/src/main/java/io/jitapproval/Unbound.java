package io.jitapproval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a parameter that is shown to approvers but is not part of what they approve: the call may be made again with
 * another value under the same approval. For notes, trace ids and the like; never for anything that changes what the
 * action does.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Unbound {}
