package io.jitapproval.walls.model;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutionResult.Status;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** The property must fail, for a reason of its own: the twin is found. Says after how many sequences. */
final class Found implements AroundPropertyHook {

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        PropertyExecutionResult result = property.execute();
        String told = result.throwable().map(Throwable::getMessage).orElse("");
        System.getLogger(Found.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        context.label() + ": found after " + result.countTries() + " sequences, seed "
                                + result.seed().orElse("?")
                                + (result.shrunkSample().isPresent() ? "\n" + told : ""));
        boolean found = result.status() == Status.FAILED
                && result.throwable().filter(AssertionError.class::isInstance).isPresent();
        return found
                ? result.mapToSuccessful()
                : result.mapToFailed(context.label() + " is not found in " + result.countTries() + " sequences: "
                        + result.throwable());
    }
}
