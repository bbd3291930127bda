package io.jitapproval.walls.model;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** As many sequences as {@code -Dmodel.sequences} says, from the seed of {@code -Dmodel.seed}; says in the end which these were. */
final class Runs implements AroundPropertyHook {

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        PropertyAttributes attributes = context.attributes();
        Integer sequences = Integer.getInteger("model.sequences");
        if (sequences != null) {
            attributes.setTries(sequences);
        }
        String seed = System.getProperty("model.seed", "");
        if (!seed.isEmpty()) {
            attributes.setSeed(seed);
        }
        long begun = System.nanoTime();
        PropertyExecutionResult result = property.execute();
        long seconds = (System.nanoTime() - begun) / 1_000_000_000L;
        System.getLogger(Runs.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "model: " + result.countTries() + " sequences, " + result.status() + ", " + seconds
                                + " s; again with -Dmodel.seed="
                                + result.seed().orElse("?") + "; " + Check.tally());
        return result;
    }
}
