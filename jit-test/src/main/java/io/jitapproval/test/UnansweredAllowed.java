package io.jitapproval.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Approval requests that are still pending, and on which nobody voted, do not fail this test, or the tests of this class. For
 * one test, {@link FakeApprover#staySilent()} says the same at the very place where it is meant.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface UnansweredAllowed {}
