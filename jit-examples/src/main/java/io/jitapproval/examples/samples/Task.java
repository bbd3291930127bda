package io.jitapproval.examples.samples;

import java.util.concurrent.CompletableFuture;

/**
 * A lazy type of somebody's own: nothing happens until it is run, and each run is a new one.
 *
 * @param <T> the result
 */
@FunctionalInterface
interface Task<T> {

    CompletableFuture<T> run();
}
